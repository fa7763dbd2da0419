"""A meeting being filled: the template and its slots."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.annotations import Span
from extract.entities import Entity
from extract.values.timex import Timex

UNDONE = ("cancelled", "postponed")  # the statuses of what does not take place, or not then


@dataclass(frozen=True, slots=True)
class Filler:
    """One participant: who, as what, and the words that say so."""

    entity: Entity
    span: Span
    involvement: str = "principal"
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: name of the building, city, country; `mode` in_person, virtual or phone."""

    text: str
    span: Span
    name: str | None = None
    city: str | None = None
    country: str | None = None
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A time tied to the meeting: its value, and the words and the rule that say so."""

    value: Timex
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A topic or an action: its words, taxonomy id or action type, and who is party to it."""

    text: str
    span: Span
    value: str | None = None
    parties: tuple[str, ...] = ()


@dataclass(slots=True)
class Template:
    """One meeting, as far as the article told of it."""

    kind: str
    sentence: int
    trigger: Span
    rank: int = 0
    refers: bool = False
    weak: bool = False
    same_day: bool = False
    further: bool = False
    soft: bool = False
    title: bool = False
    over: bool = False
    passing: bool = False
    pair: bool = False
    session: bool = False
    alone: str = ""
    envoy: bool = False
    borrowed: bool = False
    open: bool = True
    bare: bool = False
    by_office: bool = False
    unnamed: bool = False
    that_day: bool = False
    participants: list[Filler] = field(default_factory=list)
    status: str = "held"
    status_span: Span | None = None
    when: When | None = None
    place: Place | None = None
    topics: list[Phrase] = field(default_factory=list)
    agreed: list[Phrase] = field(default_factory=list)
    proposed: list[Phrase] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)

    def principals(self) -> list[Entity]:
        """Who takes part as one of the sides."""
        return [filler.entity for filler in self.participants if filler.involvement == "principal"]

    def has(self, entity: Entity) -> bool:
        """Whether somebody takes part, a country also through a person or body that stands for it."""
        return any(
            f.entity is entity or (entity.kind == "country" and f.entity.country == entity.country)
            for f in self.participants
        )

    def add(self, filler: Filler) -> None:
        """Add a participant once; a principal stays one."""
        for place, known in enumerate(self.participants):
            if known.entity is filler.entity:
                if known.capacity is None and filler.capacity:
                    self.participants[place] = Filler(known.entity, known.span, known.involvement, filler.capacity)
                return
        self.participants.append(filler)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a candidate, and who took part in it when that was decided.

    `outcome` is kept, wish, taken-up or same (`into` another), no-antecedent, few-sides, unsure, represented (`fillers`
    are those left out), or few-sides-left.
    """

    template: Template
    outcome: str
    fillers: tuple[Filler, ...]
    into: Template | None = None
