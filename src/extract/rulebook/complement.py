"""What stands after, before or inside the words that a rule finds: the rest of their clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import read_mention
from extract.rulebook.book import Rulebook
from extract.rulebook.view import Match, View, build_view

Range = tuple[int, int]
_QUOTES = frozenset('"“”')


def find_complements(
    sentence: Sentence,
    mentions: Sequence[Mention],
    book: Rulebook,
    stage: str,
    slot: str,
    view: View | None = None,
) -> list[tuple[Mention, Range]]:
    """Each match of a stage's rules with the range of tokens that it speaks of; the ranges do not overlap.

    A rule that fills `slot` says itself what it speaks of; one that sets `reads: before` speaks of its subject; any
    other of what follows, up to the first `stop` or to the next match that a conjunction joins to it, unless that
    says itself what it speaks of and has less priority. `view` is the
    view of the sentence with `mentions`, where it is at hand.
    """
    grammar = book.grammar(stage, stage)
    if not grammar.rules:
        return []
    view = view or build_view(sentence, mentions)
    matches = grammar.find(view)
    if not matches:
        return []
    stops = sorted((m.span("cut") or (m.start,))[0] for m in book.grammar(stage, "stop").find(view))
    found = [(match, _range(match, matches, stops, slot, sentence, book)) for match in matches]
    return [(read_mention(match, view, stage), span) for match, span in _select(found)]


def _range(
    match: Match, matches: Sequence[Match], stops: Sequence[int], slot: str, sentence: Sentence, book: Rulebook
) -> Range:
    span = match.span(slot)
    end = len(sentence.tokens)
    if match.rule.set.get("reads") == "before":
        first = span[0] if span else _subject_start(match.start, sentence, book)
        return first, match.start
    start = span[0] if span else match.end
    if span and match.rule.set.get("reads") != "after":
        return span
    frames = (m for m in matches if m.start > start and (m.rule.priority >= match.rule.priority or not m.span(slot)))
    joined = (cut for frame in frames if (cut := _joint(frame.start, start, sentence, book)))
    return start, min([*(stop for stop in stops if stop >= start), *joined, end])


def _joint(frame: int, start: int, sentence: Sentence, book: Rulebook) -> int | None:
    """Where a conjunction or comma joins the words at `frame` to what stands before, if one does."""
    norms = [token.norm for token in sentence.tokens]
    between, marks = book.word_set("frame_lead"), book.word_set("list_mark") | book.word_set("conjunction")
    cut = frame
    while cut > start and norms[cut - 1] in between:
        cut -= 1
    joint = cut
    while joint > start and norms[joint - 1] in marks:
        joint -= 1
    return joint if joint < cut and joint > start else None


def _subject_start(end: int, sentence: Sentence, book: Rulebook) -> int:
    """After the last mark or word that a subject does not run over, quotation marks among them."""
    marks = book.word_set("list_break")
    tokens = sentence.tokens
    return next((i + 1 for i in range(end - 1, -1, -1) if tokens[i].norm in marks or tokens[i].norm in _QUOTES), 0)


def _select(found: Sequence[tuple[Match, Range]]) -> Iterator[tuple[Match, Range]]:
    """The earliest first: a later verb inside what a match speaks of is part of it."""
    taken: set[int] = set()
    for match, (start, end) in sorted(found, key=lambda f: (-f[0].rule.priority, f[0].start, -f[0].end, f[0].rule.id)):
        if end > start and taken.isdisjoint(range(start, end)) and match.start not in taken:
            taken.update(range(start, end))
            yield match, (start, end)


def inner_view(sentence: Sentence, mentions: Sequence[Mention], start: int, end: int) -> View:
    """The view of a part of a sentence, as if it were one of its own."""
    part = replace(sentence, tokens=sentence.tokens[start:end])
    within = (m for m in mentions if start <= m.start and m.end <= end)
    inner = [replace(m, start=m.start - start, end=m.end - start) for m in within]
    return build_view(part, inner)
