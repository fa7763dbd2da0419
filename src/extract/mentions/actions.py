"""Actions: what the sides agreed to do, and what one side proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook
from extract.rulebook.coordination import Range


def find_actions(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Single actions of a sentence; features hold agreed or proposed, the value is the action's type."""
    actions: list[Mention] = []
    for phrase in find_by_rules(sentence, mentions, book, "actions", "actions"):
        for start, end in _members(sentence, phrase, book):
            while end > start and sentence.tokens[end - 1].shape == "p":
                end -= 1
            if end > start:
                kind = str(phrase.value.get("type") or _type(sentence, start, end, book))
                features = (str(phrase.value["status"]),)
                actions.append(replace(phrase, kind="action", start=start, end=end, features=features, value=kind))
    return actions


def _members(sentence: Sentence, phrase: Mention, book: Rulebook) -> Iterator[Range]:
    """The clause, parted only where a comma or conjunction is followed by another verb of action."""
    start, end = phrase.spans.get("action", (0, 0))
    norms = [token.norm for token in sentence.tokens]
    marks = book.word_set("list_mark") | book.word_set("conjunction")
    verbs = {hit.start for hit in book.lexicon.find(norms) if hit.name.kind == "action_verb"}
    if phrase.value["status"] != "agreed":
        verbs = set()
    position = start
    for i in range(start + 1, end - 1):
        after = next((j for j in range(i, end) if norms[j] not in marks), end)
        if norms[i] in marks and norms[i - 1] not in marks and after in verbs:
            yield position, i
            position = after
    if end > position:
        yield position, end


def _type(sentence: Sentence, start: int, end: int, book: Rulebook) -> str:
    norms = [token.norm for token in sentence.tokens[start:end]]
    hits = [hit for hit in book.lexicon.find(norms) if hit.name.kind == "action_verb"]
    return str(hits[0].name.value["type"]) if hits else "other"
