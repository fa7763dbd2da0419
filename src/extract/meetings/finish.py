"""What a meeting inherits once all of the article is read: place and day from the visit or the dateline, mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from extract.annotations import Mention
from extract.entities import FORMER, Entity, country_of
from extract.meetings.arguments import here_place, is_day
from extract.meetings.reading import Reading
from extract.meetings.template import Place, Template, When
from extract.values.timex import Timex


def finish_templates(templates: Sequence[Template], reading: Reading) -> list[Template]:
    """Fill what is still open of each meeting from what holds for the whole article.

    Returns those that say enough: a visit of no known place and day is left out.
    """
    _infer_countries(templates, reading)
    _mark_visitors(templates)
    for template in templates:
        _said_here(template, templates, reading)
        _remarks(template, templates, reading)
        _mode(template, reading)
        _by_phone(template, reading)
        _same_day(template, templates)
    _released(templates, reading)
    _plans_lie_ahead(templates, reading)
    _status_by_day(templates, reading)
    _visits_go_on(templates, reading)
    _fall_with_the_visit(templates)
    for template in templates:
        _place_of_building(template, reading)
        if template.place is None or template.place.city is None:
            _place_of_visit(template, templates)
        if template.place is not None and template.place.country is None and template.place.city is None:
            template.place = None if template.place.mode is None else template.place
    return [t for t in templates if t.kind != "visit" or t.place is not None or t.when is not None]


def _mark_visitors(templates: Sequence[Template]) -> None:
    """The guest of a visit is a visitor in its meetings too."""
    for template in templates:
        if template.kind == "visit" and template.status != "cancelled":
            for filler in template.participants:
                filler.entity.visiting = filler.entity.visiting or filler.capacity == "guest"


def _infer_countries(templates: Sequence[Template], reading: Reading) -> None:
    """An official without a country serves the country that the article speaks of and that nobody else stands for.

    So does one whose country is only assumed, where the other side is sure to be of the same.
    """
    counted = Counter(code for row in reading.mentions for m in row if (code := _stands_for(m)))
    for template in templates:
        principals = [e for e in template.principals() if e.country]
        for person in [e for e in principals if e.assumed]:
            if len(principals) == 2 and any(e.country == person.country for e in principals if not e.assumed):
                person.country = None
        if template.kind == "visit" and template.place is not None:
            for person in [e for e in principals if e.assumed and e.country == template.place.country]:
                person.country = None
        _at_home(template)
        open_ones = [f.entity for f in template.participants if f.entity.kind == "person" and not f.entity.country]
        taken = {f.entity.country for f in template.participants if f.entity.country}
        goal = template.place.country if template.place is not None and template.kind == "visit" else None
        free = [code for code in counted if code not in taken and code != goal and counted[code] > 1]
        for person in open_ones:
            if free and any(role.position not in (None, FORMER) and not role.organization for role in person.roles):
                person.country = min(free, key=lambda code: (-counted[code], code))


def _at_home(template: Template) -> None:
    """Officials of no stated country are at home where a meeting takes place, unless a side is known to be."""
    place = template.place.country if template.place is not None and template.kind != "visit" else None
    if place is None or any(e.country == place for e in template.principals() if not e.assumed):
        return
    for person in (f.entity for f in template.participants if f.entity.kind == "person"):
        if person.assumed or person.country is None:
            if any(r.position not in (None, FORMER) and not r.country and not r.organization for r in person.roles):
                person.country = place


def _stands_for(mention: Mention) -> str | None:
    if mention.kind in ("country", "demonym") or (mention.kind == "city" and mention.has("capital")):
        return country_of(mention)
    return None


def _said_here(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """Agencies write "A said here Monday" of a meeting that took place there and then."""
    if template.kind not in ("meeting", "visit", "signing") or template.status not in ("held", "ongoing"):
        return
    first = next((s.index for s in reading.sentences if s.zone == "body"), 0)
    for number in sorted({*template.sentences, first, max(min(template.sentences) - 1, 0)}):
        if number >= len(reading.sentences) or not _speaks(number, template.principals(), reading):
            continue
        for cue in reading.cues[number]:
            if cue.kind != "said_here":
                continue
            place = (
                _visited(template, templates)
                or here_place(reading, reading.span(cue))
                or _capital_of_host(template, reading, cue_span=reading.span(cue))
            )
            if place is not None and (template.place is None or template.place.city is None):
                template.place = place
            time = cue.part("time")
            if template.when is None and time is not None and is_day(time):
                template.when = When(time.value, reading.span(time), reading.words(time))


def _place_of_building(template: Template, reading: Reading) -> None:
    """ "In his office", "at the ministry" is in the country of the host, else of the side named first, and in the city
    of the dateline where that is a city of the same country.
    """
    place = template.place
    if place is None or not place.name or place.city or place.country:
        return
    sides = [
        f for f in template.participants if f.involvement == "principal" and f.entity.country and not f.entity.visiting
    ]
    host = min(sides, key=lambda f: (f.capacity != "host", f.capacity == "guest", f.span.start), default=None)
    if host is not None:
        here = reading.here if reading.here and reading.here.get("country") == host.entity.country else None
        city = here.get("city") if here else None
        template.place = replace(place, city=city, country=host.entity.country)


def _by_phone(template: Template, reading: Reading) -> None:
    """Those who discuss something, without a word of meeting, call each other where a sentence on it says so."""
    if template.soft and template.kind == "meeting":
        cues = (cue for number in sorted(template.sentences) for cue in reading.cues[number] if cue.kind == "mode")
        if any(cue.value["mode"] == "phone" for cue in cues):
            template.kind = "call"


def _plans_lie_ahead(templates: Sequence[Template], reading: Reading) -> None:
    """A weekday on which something is planned is the next one, whatever the tense of its clause."""
    for template in templates:
        when, anchor = template.when, reading.anchor
        if template.status != "planned" or when is None or anchor is None or when.value.start is None:
            continue
        if when.value.start == when.value.end and 0 < (anchor - when.value.start).days < 7:
            day = when.value.start + timedelta(days=7)
            template.when = replace(when, value=Timex(when.value.type, day.isoformat(), start=day, end=day))


def _status_by_day(templates: Sequence[Template], reading: Reading) -> None:
    """What lies wholly before the day of publication is not planned; what lies wholly after it has not been held."""
    for template in templates:
        if reading.anchor is None or template.when is None or template.when.value.start is None:
            continue
        first, last = template.when.value.start, template.when.value.end or template.when.value.start
        if template.status == "planned" and last < reading.anchor:
            template.status = "held"
        elif template.status in ("held", "ongoing") and first > reading.anchor:
            template.status = "planned"


def _fall_with_the_visit(templates: Sequence[Template]) -> None:
    """What was planned for a visit that is put off or called off is so too."""
    for visit in templates:
        if visit.kind == "visit" and visit.status in ("postponed", "cancelled"):
            for other in templates:
                near = min(abs(a - b) for a in visit.sentences for b in other.sentences) <= 2
                if (
                    other.status == "planned"
                    and near
                    and any(visit.has(e) for e in other.principals() if e.kind == "person")
                ):
                    other.status, other.status_span = visit.status, visit.status_span


def _released(templates: Sequence[Template], reading: Reading) -> None:
    """The first meeting of a readout that names no day took place on the day of its release."""
    if reading.released is None or not templates or templates[0].when is not None or templates[0].status != "held":
        return
    day, span = reading.released
    value = Timex("DATE", day.isoformat(), start=day, end=day)
    templates[0].when = When(value, span, reading.text[span.start : span.end].strip())


def _remarks(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """What is said takes the day of its saying with it: "A said on Monday … He made the remarks in a meeting with B"."""
    for number in sorted(template.sentences):
        if template.when is not None or not any(cue.kind == "remarks" for cue in reading.cues[number]):
            continue
        for cue in [*reading.cues[number - 1], *reading.cues[max(number - 2, 0)]] if number else ():
            time = cue.part("time")
            if cue.kind in ("said_time", "said_here") and time is not None and is_day(time):
                template.when = When(time.value, reading.span(time, cue.rule), reading.words(time))
                return
        template.when = _visited_on(template, number, templates)


def _visited_on(template: Template, number: int, templates: Sequence[Template]) -> When | None:
    """The day of a visit told in the two sentences before, by one who takes part."""
    for other in templates:
        if other.kind == "visit" and other.when is not None and any(0 < number - s <= 2 for s in other.sentences):
            if any(other.has(e) for e in template.principals() if e.kind == "person"):
                return other.when
    return None


def _same_day(template: Template, templates: Sequence[Template]) -> None:
    """The day of the meeting before: "A met B on Monday … He also met C"."""
    if not template.same_day or template.when is not None or template.status != "held":
        return
    people = [e for e in template.principals() if e.kind == "person"]
    before = [
        t for t in templates if t.trigger.start < template.trigger.start and t.status == "held" and t.when is not None
    ]
    for other in reversed(before):
        if (
            template.sentence - max(s for s in other.sentences if s <= template.sentence or s == min(other.sentences))
            <= 2
        ) and any(other.has(e) for e in people):
            template.when = other.when
            return


def _speaks(sentence: int, people: Sequence[Entity], reading: Reading) -> bool:
    row = [m for m in reading.mentions[sentence] if m.kind in ("person", "office")]
    return any(reading.entities.entity(m) in people for m in row)


def _capital_of_host(template: Template, reading: Reading, cue_span: object) -> Place | None:
    """Without a dateline "here" is the capital of the one who is not visiting, else of the one named first."""
    sides = [e for e in template.principals() if e.country]
    visiting = [e for e in sides if e.visiting or _is(template, e, "guest")]
    hosts = [e for e in sides if e not in visiting]
    country = min(hosts, key=lambda e: e.first).country if hosts and template.kind != "visit" else None
    country = country or _host_country(sides, reading)
    capital = reading.book.capital(str(country))
    return Place("here", cue_span, None, capital, country) if capital else None  # type: ignore[arg-type]


def _host_country(guests: Sequence[Entity], reading: Reading) -> str | None:
    """The country that the article speaks of most beside the guests' own."""
    own = {guest.country for guest in guests}
    counted = Counter(code for row in reading.mentions for m in row if (code := _stands_for(m)) and code not in own)
    return min(counted, key=lambda code: (-counted[code], code)) if counted and own else None


def _is(template: Template, entity: Entity, capacity: str) -> bool:
    return any(f.entity is entity and f.capacity == capacity for f in template.participants)


def _beside_trigger(cue: Mention, template: Template, reading: Reading) -> bool:
    """Whether the cue is of how they met: near a trigger, and no part of a topic ("online fraud")."""
    if template.kind not in ("meeting", "conference") or any(
        t.start <= cue.start < t.end for t in reading.topics[cue.sentence]
    ):
        return False
    return any(t.start - 6 <= cue.end and cue.start <= t.end + 12 for t in reading.triggers[cue.sentence])


def _mode(template: Template, reading: Reading) -> None:
    for number in sorted(template.sentences):
        for cue in reading.cues[number]:
            if cue.kind == "mode" and cue.value["mode"] == "virtual" and _beside_trigger(cue, template, reading):
                span = reading.span(cue)
                place = template.place or Place(reading.words(cue), span)
                template.place = replace(place, mode="virtual")
                return


def _visited(template: Template, templates: Sequence[Template]) -> Place | None:
    """The city that one of the people is visiting, for what they do "here"."""
    for other in templates:
        if other.kind == "visit" and other is not template and other.place is not None and other.place.city:
            if other.status == "ongoing" and any(other.has(e) for e in template.principals() if e.kind == "person"):
                return other.place
    return None


def _visits_go_on(templates: Sequence[Template], reading: Reading) -> None:
    """A visit of these days that nothing shows to be over goes on."""
    over = reading.book.word_set("visit_over")
    for template in templates:
        if template.kind != "visit" or template.status != "held" or reading.anchor is None:
            continue
        if template.when is not None and (
            template.when.value.end is None or (reading.anchor - template.when.value.end).days > 2
        ):
            continue
        words = {token.norm for number in template.sentences for token in reading.sentences[number].tokens}
        if words.isdisjoint(over):
            template.status = "ongoing"


def _place_of_visit(template: Template, templates: Sequence[Template]) -> None:
    """A meeting held on a visit takes place where the visit goes: one told nearby, or the only one of the article."""
    if template.kind != "meeting" or template.place is not None:
        return
    people = [e for e in template.principals() if e.kind == "person"]
    visits = [v for v in templates if v.kind == "visit" and v.place is not None and any(v.has(e) for e in people)]
    for visit in visits:
        near = len(visits) == 1 or abs(min(visit.sentences) - min(template.sentences)) <= 6
        if near and visit.status in ("ongoing", template.status):
            template.place = visit.place
            return
