"""What stopped a date or a venue: not read, resolved otherwise, tied to another meeting, or told of something else."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Mention
from extract.explain.causes.shared import (
    article,
    listed,
    lost_findings,
    no_trigger,
    path_of,
    read_as,
    refusal,
    template_of,
    triggers_of,
)
from extract.explain.inquiry import Finding, Inquiry, Place
from extract.meetings.circumstances import is_day
from extract.values.timex import Timex

PLACES = ("city", "country", "venue", "demonym")
_NAMES = ("city", "venue", "country")


def date_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """What stopped a time expression from being the date of a meeting."""
    time = next((m for m in inquiry.over(place, "time")), None)
    if time is None:
        yield inquiry.finding("no-mention", f"no rule on time reads “{inquiry.words(place)}”")
        for other in inquiry.over(place)[:1]:
            yield read_as(inquiry, other, "a time")
        yield from inquiry.near(place, "times", "times")
        return
    words = inquiry.reading.words(time)
    if isinstance(time.value, Timex):
        yield inquiry.finding("resolved", f"“{words}” resolves to {time.value.value}{_anchor(inquiry)}", time.rule)
    if not is_day(time):
        yield inquiry.finding("no-day", f"“{words}” tells no day, week, month or year of the calendar", time.rule)
        return
    if not triggers_of(inquiry, place.sentence.index):
        yield from no_trigger(inquiry, place)
        return
    for trigger in triggers_of(inquiry, place.sentence.index):
        yield from _untied(inquiry, time, trigger)


def _anchor(inquiry: Inquiry) -> str:
    published = inquiry.analysis.article.published
    return f", counted from {published}" if published else "; the article gives no date to count from"


def _untied(inquiry: Inquiry, time: Mention, trigger: Mention) -> Iterator[Finding]:
    """Why a time does not belong to a trigger of its sentence."""
    reading = inquiry.reading
    words, event = reading.words(time), reading.words(trigger)
    for cue in reading.cues[trigger.sentence]:
        told = [part.start for part in cue.parts.get("time", ())]
        if cue.kind == "said_time" and time.start in told:
            says = f"“{words}” is when something was said, not when “{event}” took place: “{reading.words(cue)}”"
            yield inquiry.finding("said-time", says, cue.rule)
            return
    refused = list(refusal(inquiry, trigger))
    yield from refused
    template = template_of(inquiry, trigger)
    if template is not None and template.when is not None and template.when.span != reading.span(time):
        span = template.when.span
        path = path_of(inquiry, template)
        says = f"{path} has its date from “{template.when.text}”, nearer to its trigger or told first"
        yield inquiry.finding("other-time", says, span.rule, template.when.text)
    yield from _between(inquiry, time, trigger)
    if not refused and template is not None and template.when is None:
        yield inquiry.finding(
            "untied", f"“{words}” is not tied to “{event}” ({path_of(inquiry, template)})", trigger.rule
        )


def _between(inquiry: Inquiry, mention: Mention, trigger: Mention) -> Iterator[Finding]:
    """What parts a time or place from a trigger: a break of the clause, a word before it, another trigger."""
    reading = inquiry.reading
    tokens = reading.sentences[trigger.sentence].tokens
    forward = trigger.end <= mention.start
    start, end = (trigger.end, mention.start) if forward else (mention.end, trigger.start)
    event, words = reading.words(trigger), reading.words(mention)
    breaks = reading.book.word_set("clause_break")
    broken = next((token for token in tokens[start:end] if token.norm in breaks), None)
    if broken is not None:
        yield Finding("clause-break", f"“{broken.text}” parts “{words}” from “{event}”: another clause begins there")
    before = tokens[mention.start - 1] if mention.start else None
    if before is not None and before.norm in reading.book.word_set("not_when"):
        yield Finding("not-when", f"“{before.text}” before “{words}” says that it is not the day of the event")
    for other in reading.triggers[trigger.sentence]:
        if other is not trigger and start <= other.start and other.end <= end:
            says = f"“{reading.words(other)}” stands between “{words}” and “{event}”"
            yield inquiry.finding("other-trigger", says, other.rule)


def venue_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """What stopped the name of a place from being a venue."""
    mention = next((m for m in inquiry.over(place, *PLACES)), None)
    if mention is None:
        yield from _no_place(inquiry, place)
        return
    cues = [c for c in inquiry.top(place, inquiry.reading.cues) if c.kind in ("location", "said_here")]
    if not cues:
        words = inquiry.reading.words(mention)
        says = f"“{words}” is {article(mention.kind)}, and no rule says that something took place there"
        yield inquiry.finding("no-cue", says, mention.rule, words)
        yield from inquiry.near(place, "cues", "location")
    if not triggers_of(inquiry, place.sentence.index):
        yield from no_trigger(inquiry, place)
        return
    for trigger in triggers_of(inquiry, place.sentence.index):
        yield from _elsewhere(inquiry, mention, trigger, bool(cues))


def _no_place(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    words = inquiry.words(place)
    if not listed(inquiry, place, *_NAMES):
        yield Finding("list", f"“{words}” is in no list of places: {inquiry.sources.lists(*_NAMES)}")
    for other in inquiry.over(place)[:1]:
        yield read_as(inquiry, other, "a place")
    else:
        if listed(inquiry, place, *_NAMES) and not inquiry.over(place):
            says = f"“{words}” is listed as a place, but counts only with a capital and apart from other names"
            yield Finding("written", says)
    kept = inquiry.over(place)
    yield from lost_findings(inquiry, place, "people", "name", kept)


def _elsewhere(inquiry: Inquiry, mention: Mention, trigger: Mention, tied: bool) -> Iterator[Finding]:
    """Why the meeting of a trigger has another venue, or none."""
    yield from refusal(inquiry, trigger)
    template = template_of(inquiry, trigger)
    if template is None:
        return
    path, words = path_of(inquiry, template), inquiry.reading.words(mention)
    if template.place is not None:
        span = template.place.span
        yield inquiry.finding("other-place", f"{path} has its venue from “{template.place.text}”", span.rule)
    elif tied:
        rows = [*inquiry.reading.topics[trigger.sentence], *inquiry.reading.actions[trigger.sentence]]
        inside = next((m for m in rows if m.start <= mention.start and mention.end <= m.end), None)
        if inside is not None:
            says = f"“{words}” stands inside what was talked about: “{inquiry.reading.words(inside)}”"
            yield inquiry.finding("inside-topic", says, inside.rule)
        event = inquiry.reading.words(trigger)
        yield inquiry.finding(
            "untied", f"“{words}” is too far from “{event}” ({path}), or nearer to another", trigger.rule
        )
    yield from _between(inquiry, mention, trigger)
