"""When and where: the time and the place that stand beside a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.annotations import Mention, Span
from extract.meetings.reading import Reading
from extract.meetings.template import Place, When

_FAR = 30  # tokens between a trigger and its time or place
_NEAR = 10  # the same where the trigger only takes up a meeting


def find_when(trigger: Mention, reading: Reading) -> When | None:
    """The time nearest to a trigger in its clause; one at which something was said is none."""
    times = [m for m in reading.of_kind(trigger.sentence, "time") if is_day(m)]
    said = [c for c in reading.cues[trigger.sentence] if c.kind == "said_time" and not _overlaps(c, trigger)]
    told = {t.start for cue in said for t in cue.parts.get("time", ())}
    inside = {t.start for parts in trigger.parts.values() for t in parts if t.kind == "time"}
    free = [t for t in times if t.start not in told or t.start in inside]
    near = [t for t in free if t.start in inside or _is_tied(t, trigger, reading)]
    best = min(near, key=lambda t: (t.start not in inside, _distance(t, trigger, reading), t.start), default=None)
    best = best or _said_after(trigger, said, reading)
    return When(best.value, reading.span(best), reading.words(best)) if best else None


def _said_after(trigger: Mention, said: Sequence[Mention], reading: Reading) -> Mention | None:
    """The day on which something was said in or right after the talks: "said on Monday after talks with B"."""
    tokens = reading.sentences[trigger.sentence].tokens[max(trigger.start - 2, 0) : trigger.start]
    if trigger.value.get("refers") == "same" or reading.book.word_set("told_at").isdisjoint(t.norm for t in tokens):
        return None
    before = [time for cue in said if cue.end <= trigger.start for time in cue.parts.get("time", ()) if is_day(time)]
    return before[-1] if before else None


def is_day(time: Mention) -> bool:
    """Whether a time expression tells a day, week, month or year of the calendar, resolved or not."""
    value = getattr(time.value, "value", "")
    return (time.has("date") or time.has("time")) and not value.endswith("_REF") and value[:1] in "0123456789X"


def _is_tied(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """In the same clause as the trigger, near it, and no other trigger nearer."""
    start, end = gap(time, trigger)
    before = reading.sentences[trigger.sentence].tokens[max(time.start - 1, 0) : time.start]
    breaks = reading.book.word_set("clause_break")
    between = reading.sentences[trigger.sentence].tokens[start : end + 1]
    takes_place = reading.book.word_set("takes_place")  # "the session, which opens on Monday"
    broken = (a.norm in breaks and b.norm not in takes_place for a, b in pairwise(between))
    if any(broken) or (end - start == 1 and between[0].norm in breaks):
        return False
    if any(token.norm in reading.book.word_set("not_when") for token in before):
        return False
    far = _NEAR if trigger.value.get("refers") == "same" else _FAR
    return _distance(time, trigger, reading) <= far and not _other_between(time, trigger, reading)


def _other_between(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether the mention is nearer to another trigger, on the other side of it."""
    for other in reading.triggers[trigger.sentence]:
        if other is not trigger and other.value.get("refers") != "same":
            start, end = match_of(other)
            talks = other.value.get("kind") in ("meeting", "call")
            within = mention.kind == "time" and start <= mention.start and mention.end <= end
            if talks and within and not _is_nearer(mention, trigger, other, reading):
                return True
            if trigger.end <= other.start <= mention.start or mention.end <= other.end <= trigger.start:
                return True
            before, behind = other.end <= mention.start < trigger.start, trigger.end <= mention.start < other.start
            if mention.kind == "time" and (before or behind):
                parted = talks or _marked(mention, trigger, reading)
                if parted and _is_nearer(mention, other, trigger, reading):
                    return True
    return False


def _is_nearer(mention: Mention, one: Mention, other: Mention, reading: Reading) -> bool:
    return _distance(mention, one, reading) < _distance(mention, other, reading)


def _marked(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a comma or the like parts a mention from a trigger; one who arrives has talks on the same day."""
    start, end = gap(mention, trigger)
    marks = reading.book.word_set("clause_mark")
    return any(token.norm in marks for token in reading.sentences[trigger.sentence].tokens[start:end])


def match_of(trigger: Mention) -> tuple[int, int]:
    """The tokens from the first to the last slot of a trigger's match."""
    starts, ends = zip((trigger.start, trigger.end), *trigger.spans.values(), strict=True)
    return min(starts), max(ends)


def gap(one: Mention, other: Mention) -> tuple[int, int]:
    """The tokens between two mentions of a sentence, whichever comes first."""
    return (one.end, other.start) if one.end <= other.start else (other.end, one.start)


def _overlaps(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _before_time(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a day follows at once: the two say where and when something was signed, not what it is about."""
    if trigger.value.get("kind") != "signing":
        return False
    times = (m.start for m in reading.mentions[cue.sentence] if m.kind == "time")
    return any(0 <= start - cue.end <= 1 for start in times)


def _distance(mention: Mention, trigger: Mention, reading: Reading) -> int:
    """Tokens between, those of other mentions not counted."""
    start, end = gap(mention, trigger)
    covered = sum(m.end - m.start for m in reading.mentions[trigger.sentence] if start <= m.start and m.end <= end)
    return max(end - start - covered, 0)


def find_place(trigger: Mention, reading: Reading) -> Place | None:
    """The place that the rule of a trigger found, else the nearest; a call has none."""
    if trigger.value.get("kind") == "call":
        return None
    slot = trigger.part("venue")
    if slot is not None:
        return read_place(slot, reading, reading.span(slot, trigger.rule))
    covered = [*reading.topics[trigger.sentence], *reading.actions[trigger.sentence]]
    cues = [
        c
        for c in reading.cues[trigger.sentence]
        if c.kind in ("location", "said_here")
        and (_before_time(c, trigger, reading) or not any(_overlaps(c, t) for t in covered))
    ]
    near = [c for c in cues if _distance(c, trigger, reading) <= _FAR and not _other_between(c, trigger, reading)]
    near = [
        c
        for c in near
        if c.kind == "said_here" or c.start > trigger.start or c.start == 0 or _distance(c, trigger, reading) < 12
    ]
    for cue in sorted(near, key=lambda c: (_distance(c, trigger, reading), c.start)):
        place = _cue_place(cue, trigger, reading)
        if place is not None:
            return place
    return None


def _cue_place(cue: Mention, trigger: Mention, reading: Reading) -> Place | None:
    if cue.kind == "said_here":
        return here_place(reading, reading.span(cue))
    place = cue.part("place")
    if place is None and "building" in cue.spans:
        start, end = cue.spans["building"]
        name = reading.words(replace(cue, start=start, end=end))
        return Place(name, reading.span(cue), name)
    if place is None:
        return None
    if place.kind == "country" and _distance(cue, trigger, reading) > 8:
        return None
    return read_place(place, reading, reading.span(cue), cue.part("more"))


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
    if place.kind == "venue":
        return Place(text, span, value.get("name") or text, value.get("city"), country)
    if place.kind == "country":
        return Place(text, span, None, None, country)
    if place.kind == "demonym":
        capital = reading.book.capital(str(country))
        return Place(text, span, None, capital, country)
    return Place(text, span, None, value.get("name") or text, more.value.get("country") if more else country)
