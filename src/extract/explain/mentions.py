"""Finds the mentions behind a span: those of every stage, and those inside them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Mention, Sentence, Span
from extract.meetings.reading import Reading


def all_mentions(reading: Reading, sentence: int) -> Iterator[Mention]:
    """What every stage found in a sentence."""
    for rows in (reading.mentions, reading.triggers, reading.cues, reading.topics, reading.actions):
        yield from rows[sentence]


def within(mention: Mention) -> Iterator[Mention]:
    """A mention and all inside it."""
    yield mention
    for parts in mention.parts.values():
        for part in parts:
            yield from within(part)


def sentence_at(reading: Reading, offset: int) -> Sentence | None:
    """The sentence in which an offset of the article lies."""
    return next((s for s in reading.sentences if s.start <= offset < s.end), None)


def mention_behind(reading: Reading, start: int, end: int, rule: str) -> Mention | None:
    """The smallest mention that a rule read and that covers a span."""
    sentence = sentence_at(reading, start)
    if sentence is None:
        return None
    found = (m for top in all_mentions(reading, sentence.index) for m in within(top) if m.rule == rule)
    covering = [m for m in found if _covers(reading.span(m), start, end)]
    return min(covering, key=lambda m: m.end - m.start, default=None)


def _covers(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


def slot_of(trigger: Mention, mention: Mention) -> str | None:
    """The slot of a trigger in which a mention stands."""
    for slot, parts in trigger.parts.items():
        if any((part.start, part.end) == (mention.start, mention.end) for part in parts):
            return slot
    return None
