"""The day of the news: a meeting that the article reports without a day took place on the day that its lead tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from extract.annotations import Mention
from extract.meetings.circumstances import is_day
from extract.meetings.reading import Reading
from extract.meetings.template import Template, When

_NEWS = timedelta(days=3)  # before publication
_KINDS = ("meeting", "call", "signing", "conference")
_BEFORE = 6  # tokens before a trigger in which a word says that it was earlier


def date_of_lead(templates: Sequence[Template], reading: Reading) -> None:
    """Give the day of the lead to what was held, is told of those whom the lead names, and names no day of its own."""
    when, lead = _lead_day(reading)
    if when is None:
        return
    for template in templates:
        open_yet = template.when is None and (template.kind in _KINDS or _heads_lead(template, lead, reading))
        undated = open_yet and template.status in ("held", "ongoing")
        if undated and _names(lead, template, reading) and not _is_recalled(template, lead, reading):
            template.when = when


def _heads_lead(template: Template, lead: int, reading: Reading) -> bool:
    """Whether only the headline tells of a visit, and the lead no other: it is what the lead reports."""
    visits = (trigger for trigger in reading.triggers[lead] if trigger.value.get("kind") == "visit")
    return all(reading.sentences[number].zone == "title" for number in template.sentences) and not any(visits)


def _lead_day(reading: Reading) -> tuple[When | None, int]:
    """The only day that the first sentence of the body tells, if it is one of the last days, and that sentence."""
    lead = next((s.index for s in reading.sentences if s.zone == "body"), None)
    if lead is None or reading.anchor is None:
        return None, 0
    said = [c for c in reading.cues[lead] if c.kind == "said_time"]
    days = [t for t in reading.of_kind(lead, "time") if is_day(t) and not any(c.start <= t.start < c.end for c in said)]
    told = {t.value.value.split("T")[0] for t in days}
    value = days[0].value if len(told) == 1 else None
    if value is None or value.start is None or value.start != value.end:
        return None, lead
    recent = timedelta(0) <= reading.anchor - value.start <= _NEWS
    if not recent or _ends_visit(lead, reading):
        return None, lead
    return When(value, reading.span(days[0]), reading.words(days[0])), lead


def _ends_visit(number: int, reading: Reading) -> bool:
    """Whether a sentence tells of the end of a visit, whose meetings were on several days."""
    visits = any(trigger.value.get("kind") == "visit" for trigger in reading.triggers[number])
    return visits and reading.has_word("stay_over", number)


def _names(number: int, template: Template, reading: Reading) -> bool:
    """Whether a sentence names somebody who takes part."""
    sides = template.principals()
    row = reading.of_kind(number, "person", "office", "organization")
    return number in template.sentences or any(reading.entities.entity(m) in sides for m in row)


def _is_recalled(template: Template, lead: int, reading: Reading) -> bool:
    """Whether a word beside the trigger, or another day in its sentence, says that it was not then."""
    for number in template.sentences:
        own = [t for t in reading.triggers[number] if reading.span(t) == template.trigger]
        if any(_is_earlier(trigger, reading) for trigger in own):
            return True
        if number != lead and any(is_day(t) for t in reading.of_kind(number, "time")):
            return True
    return False


def _is_earlier(trigger: Mention, reading: Reading) -> bool:
    """Whether a word or a tense beside a trigger says that it was before the news."""
    first, row = max(trigger.start - _BEFORE, 0), reading.cues[trigger.sentence]
    before = any(cue.kind == "earlier" and first <= cue.start < trigger.end for cue in row)
    return before or reading.has_word("recalled", trigger.sentence, first, trigger.end)


def date_of_visit_beside(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """Who came on a day met others then, where one sentence tells both: "A visited B on Monday and met C"."""
    if template.when is not None or template.kind != "meeting" or template.status != "held":
        return
    people = [e for e in template.principals() if e.kind == "person"]
    for visit in templates:
        told = visit.sentence == template.sentence and visit.trigger.start < template.trigger.start
        past = visit.kind == "visit" and visit.when is not None and visit.status in ("held", "ongoing")
        if told and past and any(visit.has(e) for e in people) and not _is_aside(visit, reading):
            template.when = visit.when
            return


def _is_aside(visit: Template, reading: Reading) -> bool:
    """Whether a visit is told in a relative clause: "A, who came on Monday, met B"."""
    own = [t for t in reading.triggers[visit.sentence] if reading.span(t) == visit.trigger]
    return any(reading.has_word("relative", visit.sentence, t.start - _BEFORE, t.start) for t in own)
