"""When a meeting took place, from the sentences around it, the readout, or its being planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from extract.meetings.circumstances import is_day
from extract.meetings.reading import Reading
from extract.meetings.template import UNDONE, Template, When
from extract.values.timex import Timex

_NEARER = 3  # days
_HEAD = 3  # tokens with which a sentence opens, or which stand before the word for a meeting


def date_of_release(templates: Sequence[Template], reading: Reading) -> None:
    """The first meeting of a readout that names no day took place on the day of its release."""
    if reading.released is None or not templates or templates[0].when is not None or templates[0].status != "held":
        return
    day, span = reading.released
    value = Timex("DATE", day.isoformat(), start=day, end=day)
    templates[0].when = When(value, span, reading.text[span.start : span.end].strip())


def date_of_remarks(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """What is said takes the day of its saying with it: "A said on Monday … He made the remarks to B"."""
    for number in sorted(template.sentences):
        remarks = any(cue.kind == "remarks" for cue in reading.cues[number])
        if template.when is not None or not (remarks or _opens(template, number, reading)):
            continue
        near = [cue for place in range(number, max(number - 3, -1), -1) for cue in reading.cues[place]]
        for cue in (c for c in near if remarks or _speaks(c.sentence, template, reading)):
            time = cue.part("time")
            if cue.kind in ("said_time", "said_here", "said_on") and time is not None and is_day(time):
                template.when = When(time.value, reading.span(time, cue.rule), reading.words(time))
                return
        if remarks:
            template.when = _visited_on(template, number, templates)


def _opens(template: Template, number: int, reading: Reading) -> bool:
    """Whether the meeting is told as where or after which things were said: "In a meeting with B, he said …"."""
    words = reading.book.word_set("told_at")
    heads = [t for t in reading.triggers[number] if reading.span(t) == template.trigger]
    tokens = reading.sentences[number].tokens
    before = (tokens[0 if t.start <= _HEAD else t.start - _HEAD : t.start] for t in heads)
    if template.kind == "visit":  # "after a visit to B" tells of another day
        words = words - reading.book.word_set("before_or_after")
    return template.status == "held" and any(not words.isdisjoint(token.norm for token in row) for row in before)


def _speaks(number: int, template: Template, reading: Reading) -> bool:
    """Whether a sentence names somebody who takes part."""
    people = [e for e in template.principals() if e.kind == "person"]
    return any(reading.entities.entity(m) in people for m in reading.of_kind(number, "person", "office"))


def _visited_on(template: Template, number: int, templates: Sequence[Template]) -> When | None:
    """The day of a visit told in the two sentences before, by one who takes part."""
    for other in templates:
        told = other.kind == "visit" and any(0 < number - s <= 2 for s in other.sentences)
        if told and other.when is not None and any(other.has(e) for e in template.principals() if e.kind == "person"):
            return other.when
    return None


def date_of_meeting_before(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """The day of the meeting before: "A met B on Monday … He also met C"."""
    if not template.same_day or template.when is not None or template.status != "held":
        return
    people = [e for e in template.principals() if e.kind == "person"]
    before = [
        t for t in templates if t.trigger.start < template.trigger.start and t.status == "held" and t.when is not None
    ]
    for other in reversed([t for t in before if not _lies_ahead(t, reading)]):
        if (
            template.sentence - max(s for s in other.sentences if s <= template.sentence or s == min(other.sentences))
            <= 2
        ) and any(other.has(e) for e in people):
            template.when = other.when
            return


def _lies_ahead(template: Template, reading: Reading) -> bool:
    """Whether the day of a meeting comes after that of publication."""
    start = template.when.value.start if template.when is not None else None
    return start is not None and reading.anchor is not None and start > reading.anchor


def date_of_that_day(template: Template, templates: Sequence[Template], reading: Reading) -> None:
    """ "Later in the day" is the day of the meeting told before, else the day of publication."""
    same = template.when is not None and template.when.value.value.startswith("XXXX-XX-XX")
    if not same and (template.when is not None or not template.that_day):
        return
    days = [t.when for t in templates if t.when is not None and t.trigger.start < template.trigger.start]
    known = [when for when in days if when.value.start is not None and when.value.start == when.value.end]
    cues = (c for number in sorted(template.sentences) for c in reading.cues[number] if c.kind == "that_day")
    cue = next(cues, None)
    if not (known or reading.anchor):
        return
    value = known[-1].value if known else Timex("DATE", str(reading.anchor), start=reading.anchor, end=reading.anchor)
    if same and template.when is not None:
        template.when = replace(template.when, value=value)
    elif cue is not None:
        template.when = When(value, reading.span(cue), reading.words(cue))


def put_plans_ahead(templates: Sequence[Template], reading: Reading) -> None:
    """A weekday on which something is planned is the next one, whatever the tense of its clause."""
    for template in templates:
        when, anchor = template.when, reading.anchor
        undone = template.status in UNDONE
        if not (undone or template.status == "planned") or when is None or anchor is None or when.value.start is None:
            continue
        if counts_from_today(when, reading) or _is_purpose(template, reading) or _is_of_past(template, templates):
            continue
        if any(letter.isdigit() for letter in when.text):  # "May 8" is no weekday
            continue
        least = _NEARER if undone else 0  # what did not come off was set for the nearer of two Mondays
        late = (when.value.start - anchor).days
        step = 7 if least < -late < 7 else -7 if undone and _NEARER < late < 7 else 0
        if step and when.value.start == when.value.end:
            day = when.value.start + timedelta(days=step)
            template.when = replace(when, value=Timex(when.value.type, day.isoformat(), start=day, end=day))


def _is_of_past(template: Template, templates: Sequence[Template]) -> bool:
    """Whether the same words tell the day of what has begun: "came on Monday on a visit, during which he meets B"."""
    span = template.when.span if template.when is not None else None
    return any(t.when is not None and t.when.span == span and t.status in ("held", "ongoing") for t in templates)


def counts_from_today(when: When, reading: Reading) -> bool:
    """Whether a word such as "tomorrow" tells the day: that of writing may lie some days before that of publication."""
    words = {t.norm for s in reading.sentences for t in s.tokens if when.span.start <= t.start < when.span.end}
    return not words.isdisjoint(reading.book.word_set("deictic"))


def _is_purpose(template: Template, reading: Reading) -> bool:
    """Whether only an infinitive says that it is planned ("flew to Rome on Monday to meet B"): its day may be past."""
    span = template.status_span
    words = reading.text[span.start : span.end].split() if span is not None else []
    return bool(words) and words[0].lower() in reading.book.word_set("purpose_mark")
