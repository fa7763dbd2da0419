"""The day of the news: a meeting that the article reports without a day took place on the day that its lead tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

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
    days = [t for t in reading.of_kind(lead, "time") if is_day(t)]
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
    over = reading.book.word_set("stay_over")
    visits = any(trigger.value.get("kind") == "visit" for trigger in reading.triggers[number])
    return visits and any(token.norm in over for token in reading.sentences[number].tokens)


def _names(number: int, template: Template, reading: Reading) -> bool:
    """Whether a sentence names somebody who takes part."""
    sides = template.principals()
    row = reading.of_kind(number, "person", "office", "organization")
    return number in template.sentences or any(reading.entities.entity(m) in sides for m in row)


def _is_recalled(template: Template, lead: int, reading: Reading) -> bool:
    """Whether a word beside the trigger, or another day in its sentence, says that it was not then."""
    words = reading.book.word_set("recalled")
    for number in template.sentences:
        for trigger in reading.triggers[number]:
            if reading.span(trigger) == template.trigger:
                tokens = reading.sentences[number].tokens[max(trigger.start - _BEFORE, 0) : trigger.end]
                if any(token.norm in words for token in tokens):
                    return True
    return any(
        number != lead and any(is_day(t) for t in reading.of_kind(number, "time")) for number in template.sentences
    )
