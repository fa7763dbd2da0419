"""Actions: what the sides agreed to do, and what one side proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook
from extract.rulebook.complement import find_complements
from extract.rulebook.coordination import Range, find_cuts
from extract.rulebook.view import View


def find_actions(
    sentence: Sentence, mentions: Sequence[Mention], book: Rulebook, view: View | None = None
) -> list[Mention]:
    """Single actions of a sentence; features hold agreed or proposed, the value is the action's type."""
    actions: list[Mention] = []
    for phrase, span in find_complements(sentence, mentions, book, "actions", "action", view):
        for part in _members(sentence, span, mentions, phrase, book):
            start, end = _trim(sentence, *_before_circumstances(sentence, part, mentions, phrase, book))
            if end > start and not _says_nothing(sentence, start, end, book):
                kind = str(phrase.value.get("type") or _type(sentence, start, end, book))
                features = (str(phrase.value["status"]),)
                actions.append(replace(phrase, kind="action", start=start, end=end, features=features, value=kind))
    return actions


def _members(
    sentence: Sentence, span: Range, mentions: Sequence[Mention], phrase: Mention, book: Rulebook
) -> Iterator[Range]:
    """The deeds of a clause; what one side proposes in one breath stays together."""
    cuts = find_cuts(sentence, span, mentions, book, "actions", "parting")
    if phrase.value["status"] == "agreed" and phrase.value.get("type") != "sign":
        cuts = sorted([*cuts, *find_cuts(sentence, span, mentions, book, "actions", "joint")])
    position, end = span
    for left, right in cuts:
        if left == position + 1:
            continue  # a verb alone shares what the next one has
        if left > position:
            yield position, left
        position = max(position, right)
    if end > position:
        yield position, end


def _before_circumstances(
    sentence: Sentence, part: Range, mentions: Sequence[Mention], phrase: Mention, book: Rulebook
) -> Range:
    """A document without the place and the day of its signing."""
    if phrase.value.get("type") != "sign":
        return part
    cuts = find_cuts(sentence, part, mentions, book, "actions", "circumstance")
    return part[0], min([part[1], *(left for left, _ in cuts)])


def _trim(sentence: Sentence, start: int, end: int) -> Range:
    """Leave out punctuation at the edges, quotation marks only where they are no pair."""
    tokens = sentence.tokens
    while start < end and tokens[start].shape == "p" and not _opens(sentence, start, end):
        start += 1
    while end > start and tokens[end - 1].shape == "p" and not _opens(sentence, start, end):
        end -= 1
    return start, end


def _opens(sentence: Sentence, start: int, end: int) -> bool:
    """Whether quotation marks or brackets in the phrase come in pairs and stand at one of its edges."""
    marks = [token.norm for token in sentence.tokens[start:end]]
    edges = {marks[0], marks[-1]}
    return bool(edges & set('"“”()')) and marks.count('"') % 2 == 0 and marks.count("(") == marks.count(")")


def _says_nothing(sentence: Sentence, start: int, end: int, book: Rulebook) -> bool:
    """Whether all words are of the kind that says nothing of a deed ("do so")."""
    empty = book.word_set("empty_action")
    return all(token.shape == "p" or token.norm in empty for token in sentence.tokens[start:end])


def _type(sentence: Sentence, start: int, end: int, book: Rulebook) -> str:
    norms = [token.norm for token in sentence.tokens[start:end]]
    hits = [hit for hit in book.lexicon.find(norms) if hit.name.kind == "action_verb"]
    return str(hits[0].name.value["type"]) if hits else "other"
