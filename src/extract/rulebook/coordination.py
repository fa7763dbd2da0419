"""Splits a coordination into its members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook
from extract.rulebook.complement import inner_view
from extract.rulebook.view import View

Range = tuple[int, int]


def split_coordination(
    sentence: Sentence, span: Range, mentions: Sequence[Mention], book: Rulebook, stage: str
) -> Iterator[Range]:
    """The members of a coordination, in their order.

    The `parting` rules of the stage part it always (";", "as well as", "including"). Between those, commas make a
    list, whose last conjunction parts it too, unless a `whole` rule finds that the list is one matter (places,
    adjectives before one noun); where there is no list, the `joint` rules find conjunctions that part.
    """
    start, end = span
    view = inner_view(sentence, mentions, start, end)
    kept = _tokens(view, book, stage, start) | _bracketed(sentence, start, end)
    position = start
    for left, right in find_cuts(sentence, span, mentions, book, stage, "parting"):
        if left >= position and left not in kept:
            yield from _list(sentence, (position, left), mentions, kept, book, stage)
            position = right
    yield from _list(sentence, (position, end), mentions, kept, book, stage)


def _tokens(view: View, book: Rulebook, stage: str, start: int) -> set[int]:
    """Tokens of lists that are one matter."""
    found = book.grammar(stage, "whole").find(view)
    return {i for match in found for i in range(start + match.start, start + match.end)}


def find_cuts(
    sentence: Sentence, span: Range, mentions: Sequence[Mention], book: Rulebook, stage: str, finds: str
) -> list[Range]:
    """Where the rules of one kind part a phrase: the tokens to leave out, in their order.

    The `joint` rules have help from the stage's settings: a conjunction parts before the words of `split_before`.
    """
    start, end = span
    matches = book.grammar(stage, finds).find(inner_view(sentence, mentions, start, end))
    spans = [match.span("cut") or (match.start, match.end) for match in matches]
    found = {(start + left, start + right) for left, right in spans}
    openers = frozenset(book.settings(stage).get("split_before", [])) if finds == "joint" else frozenset()
    for i in range(start + 1, end - 1):
        if sentence.tokens[i].norm in book.word_set("conjunction") and sentence.tokens[i + 1].norm in openers:
            found.add((i, i + 1))
    return sorted(found)


def _list(
    sentence: Sentence, span: Range, mentions: Sequence[Mention], kept: set[int], book: Rulebook, stage: str
) -> Iterator[Range]:
    """The members of a list with commas, else of a phrase that a conjunction joins."""
    start, end = span
    norms = [token.norm for token in sentence.tokens]
    commas = [i for i in range(start, end) if norms[i] in book.word_set("list_mark") and i not in kept]
    if book.settings(stage).get("split_everywhere"):
        cuts = sorted((i, i + 1) for i in {*commas, *_joints(sentence, span, mentions, kept, book, stage)})
    elif commas:
        rest = (commas[-1] + 1, end)
        last = _last(norms, *rest, kept, book)
        joints = find_cuts(sentence, rest, mentions, book, stage, "joint") if len(last) > 1 else []
        joints = [cut for cut in joints if cut[0] not in kept]
        cuts = [*((i, i + 1) for i in commas), *(joints or ((i, i + 1) for i in last[:1]))]
    else:
        cuts = find_cuts(sentence, span, mentions, book, stage, "joint")
        cuts = [cut for cut in cuts if cut[0] not in kept]
    position = start
    for left, right in [*cuts, (end, end)]:
        while position < left and norms[position] in book.word_set("conjunction"):
            position += 1
        if left > position:
            yield position, left
        position = max(position, right)


def _joints(
    sentence: Sentence, span: Range, mentions: Sequence[Mention], kept: set[int], book: Rulebook, stage: str
) -> Iterator[int]:
    """Every conjunction, for languages that repeat it in lists, but before what still belongs to the words before.

    That is words of a form in `joined` (adjectives, nouns with a pronoun) and mentions of the `joined_kinds` (places).
    """
    settings = book.settings(stage)
    joined = _forms(tuple(settings.get("joined", ())))
    places = {m.start for m in mentions if m.kind in settings.get("joined_kinds", ())}
    for i in range(span[0] + 1, span[1] - 1):
        parts = sentence.tokens[i].norm in book.word_set("conjunction") and i not in kept and i + 1 not in places
        if parts and not joined.fullmatch(sentence.tokens[i + 1].norm) and not _is_lone(sentence, i + 1, span[1], book):
            yield i


def _is_lone(sentence: Sentence, start: int, end: int, book: Rulebook) -> bool:
    """Whether the next member is one word that names no topic of its own: "in the region and the world"."""
    edges = book.word_set("list_mark") | book.word_set("conjunction")
    if start + 1 < end and sentence.tokens[start + 1].norm not in edges:
        return False
    hits = book.lexicon.find([sentence.tokens[start].norm])
    return not any(hit.name.kind == "topic" for hit in hits)


@lru_cache(maxsize=8)
def _forms(expressions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(expressions) or r"(?!)")


def _last(norms: Sequence[str], start: int, end: int, kept: set[int], book: Rulebook) -> list[int]:
    """The conjunctions before the last member, or inside it; none where one stands right after the last comma."""
    found = [i for i in range(start, end) if norms[i] in book.word_set("conjunction") and i not in kept]
    return found if found and found[0] > start else []


def _bracketed(sentence: Sentence, start: int, end: int) -> set[int]:
    """Tokens inside round brackets or quotation marks that open and close within the span."""
    inside: set[int] = set()
    opened: dict[str, int] = {}
    for i in range(start, end):
        norm = sentence.tokens[i].norm
        if norm in opened:
            inside.update(range(opened.pop(norm), i + 1))
        elif norm in _CLOSERS:
            opened[_CLOSERS[norm]] = i
    return inside


_CLOSERS = {"(": ")", "“": "”", '"': '"', "«": "»"}
