"""Actions: what the sides agreed to do, and what one side proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook
from extract.rulebook.coordination import split_coordination


def find_actions(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Single actions of a sentence; features hold agreed or proposed, the value is the action's type."""
    actions: list[Mention] = []
    for phrase in find_by_rules(sentence, mentions, book, "actions", "actions"):
        for start, end in split_coordination(sentence, phrase.spans.get("action", (0, 0)), book, "actions"):
            while end > start and sentence.tokens[end - 1].shape == "p":
                end -= 1
            if end > start:
                kind = str(phrase.value.get("type") or _type(sentence, start, end, book))
                features = (str(phrase.value["status"]),)
                actions.append(replace(phrase, kind="action", start=start, end=end, features=features, value=kind))
    return actions


def _type(sentence: Sentence, start: int, end: int, book: Rulebook) -> str:
    norms = [token.norm for token in sentence.tokens[start:end]]
    hits = [hit for hit in book.lexicon.find(norms) if hit.name.kind == "action_verb"]
    return str(hits[0].name.value["type"]) if hits else "other"
