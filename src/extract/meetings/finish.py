"""What a meeting inherits once all of the article is read: countries, place and day; and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extract.entities import shared_office
from extract.meetings.circumstances import match_of
from extract.meetings.countries import infer_countries, mark_visitors
from extract.meetings.days import (
    counts_from_today,
    date_of_meeting_before,
    date_of_release,
    date_of_remarks,
    date_of_that_day,
    put_plans_ahead,
)
from extract.meetings.lead import date_of_lead, date_of_visit_beside
from extract.meetings.naming import leave_out_groups, name_by_country
from extract.meetings.reading import Reading
from extract.meetings.status import NO_MEETING, OF_STATE, SPORT
from extract.meetings.template import Template
from extract.meetings.undone import call_off
from extract.meetings.venues import find_here, find_mode, place_of_building, place_of_visit
from extract.values.timex import Timex

_MANY = 3  # sentences with a word of sport

_BESIDE = 5  # tokens beside a visit in which a word says that it is over


def finish_templates(templates: Sequence[Template], reading: Reading) -> list[Template]:
    """Fill what is still open of each meeting from what holds for the whole article.

    Returns those that say enough: a visit of no known place and day is left out.
    """
    infer_countries(templates, reading)
    mark_visitors(templates)
    _counterparts(templates)
    for template in templates:
        if template.borrowed and _contradicts(template, reading):
            template.when = None  # what only takes up the meeting told of another day
        find_here(template, templates, reading)
        date_of_remarks(template, templates, reading)
        find_mode(template, reading)
        _by_phone(template, reading)
        date_of_that_day(template, templates, reading)
        date_of_meeting_before(template, templates, reading)
        date_of_visit_beside(template, templates, reading)
    date_of_release(templates, reading)
    date_of_lead(templates, reading)
    call_off(templates, reading)
    put_plans_ahead(templates, reading)
    _status_by_day(templates, reading)
    _visits_go_on(templates, reading)
    _fall_with_the_visit(templates)
    for template in templates:
        place_of_building(template, reading)
        if template.place is None or template.place.city is None:
            place_of_visit(template, templates, reading.anchor)
        if template.place is not None and template.place.country is None and template.place.city is None:
            template.place = None if template.place.mode is None else template.place
        if template.kind == "call":
            template.place = None
    name_by_country(templates, reading)
    leave_out_groups(templates)
    templates = [t for t in templates if _is_of_state(t) or not _is_on_sport(reading)]
    return [t for t in templates if t.kind != "visit" or t.place is not None or t.when is not None]


def _is_of_state(template: Template) -> bool:
    """Whether somebody who takes part holds an office of a state."""
    sides = (e for e in template.principals() if e.kind in ("person", "office"))
    return any(role.position in OF_STATE for e in sides for role in e.roles)


def _is_on_sport(reading: Reading) -> bool:
    """Whether an article is about sport: its headline has a word of sport, or several of its sentences."""
    cues = ([c.value for c in row if c.kind == "status" and "on" not in c.value] for row in reading.cues)
    words = [not {NO_MEETING, SPORT}.isdisjoint(value["status"] for value in row) for row in cues]
    titles = (s.index for s in reading.sentences if s.zone == "title")
    return any(words[n] for n in titles) or sum(words) >= _MANY


def _counterparts(templates: Sequence[Template]) -> None:
    """Who is met as "his counterpart" holds the office of the other side."""
    for template in templates:
        people = [f.entity for f in template.participants if f.involvement == "principal" and f.entity.kind == "person"]
        models = [role for e in people if (role := shared_office(e)) and not role.counterpart]
        for person in people:
            if models and person.roles and all(role.counterpart for role in person.roles):
                model = models[0]
                person.roles[:] = [replace(r, position=model.position, ministry=model.ministry) for r in person.roles]


def _by_phone(template: Template, reading: Reading) -> None:
    """Those who discuss something, without a word of meeting, call each other where a sentence on it says so."""
    if template.soft and template.kind == "meeting":
        cues = (cue for number in sorted(template.sentences) for cue in reading.cues[number] if cue.kind == "mode")
        if any(cue.value["mode"] == "phone" for cue in cues):
            template.kind = "call"


def _contradicts(template: Template, reading: Reading) -> bool:
    """Whether what is told as past has a day after publication, or what is planned one before it."""
    value = template.when.value if template.when is not None else None
    if value is None or value.start is None or reading.anchor is None:
        return False
    if template.status == "planned":
        return (value.end or value.start) < reading.anchor
    return template.status in ("held", "ongoing") and value.start > reading.anchor


def _status_by_day(templates: Sequence[Template], reading: Reading) -> None:
    """What lies wholly before the day of publication is not planned; what lies wholly after it has not been held."""
    for template in templates:
        if reading.anchor is None or template.when is None or template.when.value.start is None:
            continue
        first, last = template.when.value.start, template.when.value.end or template.when.value.start
        if template.status == "planned" and last < reading.anchor and not counts_from_today(template.when, reading):
            template.status = "held"
        elif template.status == "held" and first > reading.anchor and _is_told_as_past(template, reading):
            template.when = None  # the day of something else
        elif template.status in ("held", "ongoing") and first > reading.anchor:
            template.status = "planned"
        elif template.status == "ongoing" and template.kind in ("meeting", "call") and first == last < reading.anchor:
            template.status = "held"


def _fall_with_the_visit(templates: Sequence[Template]) -> None:
    """What was planned for a visit that is put off or called off is so too."""
    for visit in templates:
        if visit.kind == "visit" and visit.status in ("postponed", "cancelled"):
            for other in templates:
                near = min(abs(a - b) for a in visit.sentences for b in other.sentences) <= 2
                if (
                    other.status == "planned"
                    and near
                    and not _on_other_days(other, visit)
                    and any(visit.has(e) for e in other.principals() if e.kind == "person")
                ):
                    other.status, other.status_span = visit.status, visit.status_span


def _is_told_as_past(template: Template, reading: Reading) -> bool:
    """Whether the trigger is a verb in a past form ("met")."""
    words = reading.text[template.trigger.start : template.trigger.end].lower()
    return words in reading.book.word_set("past_trigger")


def _on_other_days(one: Template, other: Template) -> bool:
    """Whether both have days, and not one in common."""
    if one.when is None or other.when is None or one.when.span == other.when.span:
        return False
    a, b = one.when.value, other.when.value
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.end < b.start or b.end < a.start


def _is_over(value: Timex, anchor: date) -> bool:
    """Whether a stretch of days ended before the day of publication; the one day of an arrival says nothing."""
    return value.end is not None and value.start != value.end and value.end < anchor


def _visits_go_on(templates: Sequence[Template], reading: Reading) -> None:
    """A visit of these days that nothing shows to be over goes on."""
    for template in templates:
        if template.kind != "visit" or template.status != "held" or reading.anchor is None:
            continue
        if template.when is not None and (
            template.when.value.end is None or (reading.anchor - template.when.value.end).days > 2
        ):
            continue
        if template.when is not None and _is_over(template.when.value, reading.anchor):
            continue
        stages = [t for t in templates if t.trigger == template.trigger and t.kind == "visit"]
        if template.when is None and len(stages) > 1:  # "travelled to B and C" tells of what is done
            continue
        if not any(_is_ended(number, reading) for number in template.sentences):
            template.status = "ongoing"


def _is_ended(number: int, reading: Reading) -> bool:
    """Whether a word beside a visit says that it is over ("wound up a visit"), or that something came after it."""
    visits = [match_of(t) for t in reading.triggers[number] if t.value.get("kind") == "visit"]
    return any(
        reading.has_word("visit_over", number, start - _BESIDE, end + _BESIDE)
        or reading.has_word("over_after", number, start - _BESIDE, start)
        or any(cue.kind == "earlier" and start - _BESIDE <= cue.start < end for cue in reading.cues[number])
        for start, end in visits or [(0, len(reading.sentences[number].tokens))]
    )
