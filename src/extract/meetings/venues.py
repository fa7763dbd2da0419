"""Where a meeting took place, from the dateline, the host or the visit; and whether it was by video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extract.annotations import Mention
from extract.entities import Entity
from extract.meetings.circumstances import is_day
from extract.meetings.countries import host_country
from extract.meetings.place import here_place
from extract.meetings.reading import Reading
from extract.meetings.template import Place, Template, When


def find_here(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """Agencies write "A said here Monday" of a meeting that took place there and then."""
    if template.kind not in ("meeting", "visit", "signing") or template.status not in ("held", "ongoing"):
        return
    first = next((s.index for s in reading.sentences if s.zone == "body"), 0)
    for number in sorted({*template.sentences, first, max(min(template.sentences) - 1, 0)}):
        if number >= len(reading.sentences) or not _speaks(number, template.principals(), reading):
            continue
        for cue in reading.cues[number]:
            if cue.kind != "said_here" or _is_ahead(cue, reading):
                continue
            place = (
                _visited(template, templates)
                or here_place(reading, reading.span(cue))
                or _capital_of_host(template, reading, cue_span=reading.span(cue))
            )
            if place is not None and template.place is not None and _elsewhere(template.place, place):
                continue
            if place is not None and (template.place is None or template.place.city is None):
                template.place = place
            time = cue.part("time")
            if template.when is None and time is not None and is_day(time):
                template.when = When(time.value, reading.span(time), reading.words(time))


def _elsewhere(one: Place, other: Place) -> bool:
    """Whether two places lie in different countries: "arrived here after a visit to B" are two visits."""
    return one.country is not None and other.country is not None and one.country != other.country


def _is_ahead(cue: Mention, reading: Reading) -> bool:
    """Whether what is told of "here" is still to come ("will meet here on Saturday")."""
    start = getattr(getattr(cue.part("time"), "value", None), "start", None)
    return start is not None and reading.anchor is not None and start > reading.anchor


def place_of_building(template: Template, reading: Reading) -> None:
    """ "In his office", "at the ministry" is in the country of the host, else of the side named first, and in the city
    of the dateline where that is a city of the same country.
    """
    place = template.place
    if place is None or not place.name or place.city or place.country:
        return
    sides = [
        f
        for f in template.participants
        if f.involvement == "principal" and f.capacity != "guest" and not f.entity.visiting
    ]
    home = (reading.here or {}).get("country")
    host = min(
        sides,
        key=lambda f: (f.capacity != "host", home is not None and f.entity.country != home, f.span.start),
        default=None,
    )
    if host is not None and host.entity.country:
        here = reading.here if reading.here and reading.here.get("country") == host.entity.country else None
        city = here.get("city") if here else None
        template.place = replace(place, city=city, country=host.entity.country)


def place_of_visit(template: Template, templates: Sequence[Template], anchor: date | None) -> None:
    """A meeting held on a visit takes place where the visit goes: one told nearby, or the only one of the article."""
    place = template.place
    if template.kind != "meeting" or (place is not None and (place.city or place.mode or not place.name)):
        return
    people = [e for e in template.principals() if e.kind == "person"]
    visits = [v for v in templates if v.kind == "visit" and v.place is not None and any(v.has(e) for e in people)]
    if _is_of_tour(visits, template):
        visits = [v for v in visits if _is_host_country(v, template)]
    for visit in sorted(visits, key=lambda v: (not _is_host_country(v, template), _sentences_between(v, template))):
        if place is not None and visit.place is not None and place.country not in (None, visit.place.country):
            continue
        near = len(visits) == 1 or abs(min(visit.sentences) - min(template.sentences)) <= 6
        today = visit.when is not None and anchor is not None and visit.when.value.end == anchor
        if near and ((today and template.status == "planned") or visit.status in ("ongoing", template.status)):
            template.place = replace(visit.place, name=place.name) if place and visit.place else visit.place
            return


def _is_of_tour(visits: Sequence[Template], template: Template) -> bool:
    """Whether the nearest visits are stages of one tour, told in the same words."""
    away = [_sentences_between(visit, template) for visit in visits]
    triggers = [visit.trigger for visit, distance in zip(visits, away, strict=True) if distance == min(away)]
    return len(set(triggers)) < len(triggers)


def _is_host_country(visit: Template, template: Template) -> bool:
    """Whether the other side of a meeting is of the country that the visit goes to."""
    country = visit.place.country if visit.place is not None else None
    return any(e.country == country for e in template.principals() if not visit.has(e))


def _sentences_between(one: Template, other: Template) -> int:
    return min(abs(a - b) for a in one.sentences for b in other.sentences)


def find_mode(template: Template, reading: Reading) -> None:
    """A meeting beside whose trigger the text says so was held by video."""
    for number in sorted(template.sentences):
        for cue in reading.cues[number]:
            if cue.kind == "mode" and cue.value["mode"] == "virtual" and _beside_trigger(cue, template, reading):
                span = reading.span(cue)
                place = template.place or Place(reading.words(cue), span)
                template.place = replace(place, mode="virtual")
                return


def _beside_trigger(cue: Mention, template: Template, reading: Reading) -> bool:
    """Whether the cue is of how they met: near a trigger, and no part of a topic ("online fraud")."""
    if template.kind not in ("meeting", "conference") or any(
        t.start <= cue.start < t.end for t in reading.topics[cue.sentence]
    ):
        return False
    return any(t.start - 6 <= cue.end and cue.start <= t.end + 12 for t in reading.triggers[cue.sentence])


def _capital_of_host(template: Template, reading: Reading, cue_span: object) -> Place | None:
    """Without a dateline "here" is the capital of the one who is not visiting, else of the one named first."""
    sides = [e for e in template.principals() if e.country]
    visiting = [e for e in sides if e.visiting or _is(template, e, "guest")]
    hosts = [e for e in sides if e not in visiting]
    country = min(hosts, key=lambda e: e.first).country if hosts and template.kind != "visit" else None
    country = country or host_country(sides, reading)
    capital = reading.book.capital(str(country))
    return Place("here", cue_span, None, capital, country) if capital else None  # type: ignore[arg-type]


def _visited(template: Template, templates: Sequence[Template]) -> Place | None:
    """The city that one of the people is visiting, for what they do "here"."""
    for other in templates:
        under_way = other.kind == "visit" and other.status == "ongoing" and other is not template
        if not under_way or other.place is None or not other.place.city:
            continue
        if any(other.has(e) for e in template.principals() if e.kind == "person"):
            return other.place
    return None


def _speaks(sentence: int, people: Sequence[Entity], reading: Reading) -> bool:
    row = [m for m in reading.mentions[sentence] if m.kind in ("person", "office")]
    return any(reading.entities.entity(m) in people for m in row)


def _is(template: Template, entity: Entity, capacity: str) -> bool:
    return any(f.entity is entity and f.capacity == capacity for f in template.participants)
