"""Where: the place that stands beside a trigger, that of a building or a body, and what "here" means."""

from __future__ import annotations

from dataclasses import replace

from extract.annotations import Mention, Span
from extract.entities import country_of
from extract.meetings.circumstances import (
    FAR,
    beside_telling,
    distance,
    is_of_other_event,
    other_between,
    overlap,
)
from extract.meetings.reading import Reading
from extract.meetings.template import Place


def find_place(trigger: Mention, reading: Reading) -> Place | None:
    """The place that the rule of a trigger found, else the nearest; a call has none."""
    if trigger.value.get("kind") == "call":
        return None
    slot = trigger.part("venue")
    if slot is not None:
        return read_place(slot, reading, reading.span(slot, trigger.rule))
    deeds = [a for a in reading.actions[trigger.sentence] if not overlap(a, trigger)]  # "agreed to meet in B"
    covered = [*reading.topics[trigger.sentence], *deeds]
    cues = [
        c
        for c in reading.cues[trigger.sentence]
        if c.kind in ("location", "said_here")
        and (_before_time(c, trigger, reading) or not any(overlap(c, t) for t in covered))
    ]
    cues = [c for c in cues if beside_telling(c, trigger) and not _of_clause_apart(c, trigger, reading)]
    cues = [c for c in cues if c.kind == "said_here" or not is_of_other_event(c, trigger, reading)]
    near = [c for c in cues if distance(c, trigger, reading) <= FAR and not other_between(c, trigger, reading)]
    near = [
        c
        for c in near
        if c.kind == "said_here" or c.start > trigger.start or c.start == 0 or distance(c, trigger, reading) < 12
    ]
    framing = [c for c in cues if c.kind == "location" and c.start <= 1 and _joined(trigger, reading)]
    ordered = [*sorted(near, key=lambda c: (distance(c, trigger, reading), c.start)), *framing]
    places = [place for cue in ordered if (place := _cue_place(cue, trigger, reading)) is not None]
    known = next((place for place in places if place.city or place.country), None)
    cities = (place for place in places if place.city and known is not None and place.country == known.country)
    known = next(cities, known)  # "to C in the east of B": the city, not its country
    if known is None or known is places[0]:
        return known or next(iter(places), None)
    return replace(known, name=known.name or places[0].name)  # "here at the palace": the building is that of the city


def _of_clause_apart(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a place stands with another verb, before the clause of the trigger: "toured B after he had met C"."""
    return reading.has_word("clause_apart", trigger.sentence, cue.end, trigger.start)


def _joined(trigger: Mention, reading: Reading) -> bool:
    """Whether a clause goes on under the place that opens its sentence: "In B, A met C, while D met E"."""
    return reading.has_word("frame_join", trigger.sentence, trigger.start - 2, trigger.start)


def _cue_place(cue: Mention, trigger: Mention, reading: Reading) -> Place | None:
    if cue.kind == "said_here":
        return here_place(reading, reading.span(cue))
    place, body = cue.part("place"), cue.part("organization")
    if body is not None:
        return _body_place(body, reading, reading.span(cue))
    if place is None and "building" in cue.spans:
        start, end = cue.spans["building"]
        name = reading.words(replace(cue, start=start, end=end))
        return Place(name, reading.span(cue), name)
    if place is None and "town" in cue.spans:
        start, end = cue.spans["town"]
        name, more = reading.words(replace(cue, start=start, end=end)), cue.part("more") or cue.part("of")
        return Place(name, reading.span(cue), None, name, country_of(more)) if more else None
    if place is None:
        return None
    if place.kind == "country" and distance(cue, trigger, reading) > 8:
        return None
    if cue.value.get("capital"):
        place = replace(place, kind="demonym")
    return read_place(place, reading, reading.span(cue), cue.part("more"))


def _body_place(body: Mention, reading: Reading, span: Span) -> Place | None:
    """Where a body has its seat, as everybody knows, or at home, in the city of the dateline if that lies there."""
    seat, text = body.value.get("seated_in"), reading.words(body)
    if seat is not None:
        return Place(text, span, None, *seat)
    if not (body.has("ministry") or body.has("parliament")):
        return None
    country, here = country_of(body), reading.here or {}
    city = here.get("city") if country and here.get("country") == country else None
    return Place(text, span, text, city, country)


def here_place(reading: Reading, span: Span) -> Place | None:
    """What "here" means: the place of the dateline."""
    if reading.here is None:
        return None
    city = reading.here.get("city")
    return Place(reading.text[span.start : span.end], span, None, city, reading.here.get("country"))


def read_place(place: Mention, reading: Reading, span: Span, more: Mention | None = None) -> Place:
    """A city, building or country as a venue."""
    value = place.value
    text = reading.words(place)
    country = value.get("country") or (more.value.get("country") if more else None)
    span = Span(reading.span(place).start, max(span.end, reading.span(place).end), span.rule)
    if place.kind == "venue" and more is not None and more.kind == "city":  # "in the palace in B": B wins
        return Place(text, span, text, more.value.get("name"), more.value.get("country"))
    if place.kind == "venue":
        return Place(text, span, value.get("name") or text, value.get("city"), country)
    if place.kind == "demonym" or (place.kind == "country" and _of_capital(place, reading)):
        return Place(text, span, None, reading.book.capital(str(country)), country)
    if place.kind == "country":
        state = None if reading.book.capital(str(country)) else text  # a city that is a state has no other capital
        return Place(text, span, None, state, country)
    city = str(value.get("name") or text)
    city = text if text.startswith(f"{city}, ") else city  # the city with its district
    return Place(text, span, None, city, more.value.get("country") if more else country)


def _of_capital(place: Mention, reading: Reading) -> bool:
    """Whether the word before a country makes it its capital: "the capital of B"."""
    return reading.has_word("capital_word", place.sentence, place.start - 1, place.start)


def _before_time(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a day follows at once: the two say where and when something was signed, not what it is about."""
    if trigger.value.get("kind") != "signing":
        return False
    times = (m.start for m in reading.mentions[cue.sentence] if m.kind == "time")
    return any(0 <= start - cue.end <= 1 for start in times)
