"""What an explanation holds: every value of a record with the words and the rules behind it. Plain and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from extract.article import Article
from extract.schema import Record
from extract.text import Block

# Kinds of value with the letter that marks each where colour cannot.
LETTERS = {
    "meeting": "M",
    "status": "S",
    "date": "D",
    "venue": "V",
    "participant": "P",
    "role": "R",
    "topic": "T",
    "agreed": "A",
    "proposed": "Q",
}


@dataclass(frozen=True, slots=True)
class Support:
    """Words of the article that stand behind a value, the rule that read them, and where that rule is written."""

    start: int
    end: int
    words: str
    rule: str
    where: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record: its path in it, its kind (see LETTERS), how it reads, and what it rests on."""

    path: str
    kind: str
    text: str
    details: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """The values of one meeting, in the order of the record."""

    path: str
    heading: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Considered:
    """A meeting or participant that was considered and did not enter the record as such, and why."""

    outcome: str
    sentence: str
    support: Support
    into: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One article with its record, explained."""

    article: Article
    record: Record
    title: str | None
    language: str | None
    blocks: tuple[Block, ...]
    meetings: tuple[MeetingValues, ...]
    considered: tuple[Considered, ...]
