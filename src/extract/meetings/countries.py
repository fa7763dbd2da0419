"""Which country each side stands for, where its office names none and the whole article tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from extract.annotations import Mention
from extract.entities import FORMER, Entity, country_of, has_office, is_vacant
from extract.meetings.reading import Reading
from extract.meetings.template import Template

_SOLE = frozenset({"head_of_state", "head_of_government"})


def infer_countries(templates: Sequence[Template], reading: Reading) -> None:
    """An official without a country serves the country that the article speaks of and that nobody else stands for.

    So does one whose country is only assumed, where the other side is sure to be of the same.
    """
    counted = _countries_named(reading)
    goals = _goals(templates)
    refused: dict[int, str | None] = {}
    for template in templates:
        principals = [e for e in template.principals() if e.country]
        for person in [e for e in principals if e.assumed]:
            if _meets_own(person, principals):
                refused[person.number] = person.country
                person.country = None
        for person in [e for e in principals if e.assumed and (e.number, e.country) in goals]:
            person.country = None
        _at_home(template, goals, reading)
        open_ones = [e for e in template.principals() if e.kind == "person" and not e.country]
        taken = {f.entity.country for f in template.participants if f.entity.country}
        goal = template.place.country if template.place is not None and template.kind == "visit" else None
        free = [code for code in counted if code not in taken and code != goal and counted[code] > 1]
        for person in open_ones:
            own = [
                code
                for code in free
                if refused.get(person.number) != code
                and has_office(code, person, reading.book)
                and is_vacant(person, code, reading.entities)
            ]
            if own and any(role.position not in (None, FORMER) and not role.organization for role in person.roles):
                person.country = min(own, key=lambda code: (-counted[code], code))
            elif not set(counted) - taken:  # the article speaks of no other country: all are at home
                person.country = refused.get(person.number)


def _goals(templates: Sequence[Template]) -> set[tuple[int, str | None]]:
    """Who visits which country; nobody visits the own."""
    visits = ((t, t.place) for t in templates if t.kind == "visit")
    return {(f.entity.number, place.country) for t, place in visits if place is not None for f in t.participants}


def _meets_own(person: Entity, principals: Sequence[Entity]) -> bool:
    """Whether all others who take part for sure are of the country that somebody is only assumed to be of."""
    sure = {e.country for e in principals if not e.assumed}
    several = len(principals) == 2 or sum(not e.assumed for e in principals) == 1
    return several and sure == {person.country}


def mark_visitors(templates: Sequence[Template]) -> None:
    """The guest of a visit is a visitor in its meetings too."""
    for template in templates:
        if template.kind == "visit" and template.status != "cancelled":
            for filler in template.participants:
                filler.entity.visiting = filler.entity.visiting or filler.capacity == "guest"


def _at_home(template: Template, goals: Collection[tuple[int, str | None]], reading: Reading) -> None:
    """Officials of no stated country are at home where a meeting is, of the sides only if none is known to be.

    Not so beside a gathering of many, or where international bodies sit.
    """
    place = template.place.country if template.place is not None and template.kind != "visit" else None
    seat = template.place is not None and template.place.city in reading.book.offices.get("seats", ())
    aside = reading.book.word_set("aside_word")
    beside = any(not aside.isdisjoint(t.norm for t in reading.sentences[n].tokens) for n in template.sentences)
    if place is None or seat or beside or _are_rivals(template):
        return
    hosted = any(e.country == place for e in template.principals() if not e.assumed)
    home = reading.book.settings("people").get("home")  # whose officials reports name without their country
    abroad = home is not None and place not in home
    leader = min((f.span for f in template.participants if f.involvement == "principal"), default=None)
    for filler in template.participants:
        person = filler.entity
        if (abroad and filler.span == leader) or (person.number, place) in goals:  # the own minister, abroad
            continue
        if person.kind != "person" or (hosted and (filler.involvement == "principal" or person.country)):
            continue
        in_office = any(r.position not in (None, FORMER) and not r.country and not r.organization for r in person.roles)
        open_yet = person.country is None or (person.assumed and reading.here is None)
        if in_office and open_yet and has_office(place, person, reading.book):
            person.country = place


def _are_rivals(template: Template) -> bool:
    """Whether two of whom no country is told hold an office that a country has but once: one of them is a guest."""
    sides = (e for e in template.principals() if e.kind == "person" and e.country is None)
    held = [role.position for e in sides for role in e.roles[:1] if role.position in _SOLE]
    return len(held) > len(set(held))


def _countries_named(reading: Reading) -> Counter[str]:
    """How often the article speaks of each country, also inside the offices of its people."""
    inside = (
        part
        for row in reading.mentions
        for m in row
        for role in m.parts.get("role", ())
        for part in role.parts.get("country", ())
    )
    spoken_of = Counter(code for row in reading.mentions for m in row if (code := _stands_for(m)))
    return spoken_of + Counter(code for part in inside if (code := _stands_for(part)))


def _stands_for(mention: Mention) -> str | None:
    if mention.kind in ("country", "demonym") or (mention.kind == "city" and mention.has("capital")):
        return country_of(mention)
    return None


def host_country(guests: Sequence[Entity], reading: Reading) -> str | None:
    """The country that the article speaks of most beside the guests' own."""
    own = {guest.country for guest in guests}
    counted = _countries_named(reading)
    others = [code for code in counted if code not in own]
    return min(others, key=lambda code: (-counted[code], code)) if others and own else None
