"""Whom an article follows from meeting to meeting: the other side where only one is named."""

from __future__ import annotations

from collections.abc import Sequence

from extract.entities import Entity
from extract.meetings.reading import Reading
from extract.meetings.template import Filler, Template

_TALKS = frozenset({"meeting", "call"})
_OFTEN = 3  # sentences that speak of the person
_SEVERAL = 2  # others whom somebody meets who goes from talks to talks


def complete_sides(templates: Sequence[Template], reading: Reading) -> None:
    """Add the visitor, or the person spoken of all along, to talks of which only one side is named.

    "During the meeting with the agency, the delegation was briefed" is a meeting of the one whom the report follows.
    """
    _heads_of_delegations(templates, reading)
    visitor = _visitor(templates)
    person = visitor or _followed(templates, reading)
    if person is None:
        return
    told = visitor is not None or _goes_round(person, templates)
    for template in (t for t in templates if told or t.open):
        sides = template.principals()
        closed = template.refers or template.title or template.pair or template.alone or template.weak
        if template.kind not in _TALKS or closed or len(sides) != 1:
            continue
        abroad = sides[0].country is None or sides[0].country != person.country or person.assumed
        if abroad and not template.has(person):
            template.add(Filler(person, person.span))


def _goes_round(person: Entity, templates: Sequence[Template]) -> bool:
    """Whether an article tells of several talks of a person, or of the person's side, each with somebody else."""
    others: set[int] = set()
    for template in (t for t in templates if t.kind in _TALKS and not t.title and len(t.principals()) > 1):
        sides = template.principals()
        own = [e for e in sides if e is person or (e.kind != "person" and e.country and e.country == person.country)]
        if own:
            others.update(e.number for e in sides if e not in own)
    return len(others) >= _SEVERAL


def _heads_of_delegations(templates: Sequence[Template], reading: Reading) -> None:
    """Those who head the delegations of two countries take part in the talks of which only the countries are named."""
    words = reading.book.word_set("delegation_word")
    people = [e for e in reading.entities.all if e.kind == "person" and e.country]
    leading = _leading(reading)
    heads = [e for e in people if any(not words.isdisjoint(role.title.lower().split()) for role in e.roles)]
    heads += [e for e in people if e.number in leading and e not in heads]
    for template in templates:
        if template.kind not in _TALKS or template.title:
            continue
        for head in heads:
            sides = template.principals()
            named = any(e.kind == "person" and e.country == head.country for e in sides)
            stand_ins = [e for e in sides if e.kind in ("country", "office") or e.government]
            if not named and any(e.country == head.country for e in stand_ins):
                template.add(Filler(head, head.span))


def _leading(reading: Reading) -> set[int]:
    """Those of whom the article says that they lead a delegation."""
    led = (m for row in reading.mentions for m in row if m.kind == "person" and "group" in m.spans)
    return {entity.number for m in led if (entity := reading.entities.entity(m)) is not None}


def _visitor(templates: Sequence[Template]) -> Entity | None:
    """The guest of the visits of the article, if it is one."""
    people = _guests(templates)
    return people[0] if len(people) == 1 else None


def _guests(templates: Sequence[Template]) -> list[Entity]:
    guests = [f.entity for t in templates if t.kind == "visit" for f in t.participants if f.capacity == "guest"]
    return list({e.number: e for e in guests if e.kind == "person" and e.roles}.values())


def _followed(templates: Sequence[Template], reading: Reading) -> Entity | None:
    """The one official that most sentences speak of, where nobody is on a visit."""
    spoken_of: dict[int, set[int]] = {}
    for (sentence, _, _), entity in reading.entities.of.items():
        spoken_of.setdefault(entity.number, set()).add(sentence)
    officials = [e for e in reading.entities.all if e.kind == "person" and e.roles]
    counts = sorted(((len(spoken_of.get(e.number, ())), e.number) for e in officials), reverse=True)
    if _guests(templates) or not counts or counts[0][0] < _OFTEN or (len(counts) > 1 and counts[1][0] == counts[0][0]):
        return None
    return next(e for e in officials if e.number == counts[0][1])
