"""When: the time that stands beside a trigger, and what stands between the two."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention
from extract.meetings.reading import Reading
from extract.meetings.template import UNDONE, When

_SEASON = 92  # days
FAR = 30  # tokens between a trigger and its time or place
_BESIDE = 3  # the same where nothing says that it took place then
_OPENING = 4  # tokens with which a sentence opens
_TAKING = 6  # tokens with which a clause opens that says when something takes place ("that had been set for Monday")
_TOLD = 4  # tokens between whom something was told and when
_NEAR = 20  # the same where the trigger only takes up a meeting and the sentence says that it took place then


def find_when(trigger: Mention, reading: Reading) -> When | None:
    """The time nearest to a trigger in its clause; one at which something was said is none."""
    times = [m for m in reading.of_kind(trigger.sentence, "time") if is_day(m)]
    said = [c for c in reading.cues[trigger.sentence] if c.kind == "said_time" and not overlap(c, trigger)]
    told = {t.start for cue in said for t in cue.parts.get("time", ())}
    inside = {t.start for parts in trigger.parts.values() for t in parts if t.kind == "time"}
    deeds = [a for a in reading.actions[trigger.sentence] if not overlap(a, trigger) and a.value != "sign"]
    told |= {t.start for t in times if any(a.start <= t.start < a.end for a in deeds)}
    told |= {t.start for t in times if _is_of_undoing(t, trigger, reading)}
    free = [t for t in times if t.start not in told or t.start in inside]
    near = [t for t in free if t.start in inside or _is_tied(t, trigger, reading)]
    near = [t for t in near if t.start in inside or beside_telling(t, trigger)]

    def rank(time: Mention) -> tuple[bool, bool, bool, int, int]:
        told = _of_clause_before(time, trigger, reading)
        hour = ":" in str(getattr(time.value, "value", ""))  # of the clock: its day may be named beside it
        return (time.start not in inside, told, hour, distance(time, trigger, reading), time.start)

    best = min(near, key=rank, default=None)
    best = best or _said_after(trigger, said, reading)
    return When(best.value, reading.span(best), reading.words(best)) if best else None


def _is_of_undoing(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time before the verb says when a meeting was called off: "on Monday postponed the talks"."""
    cues = (c for c in reading.cues[trigger.sentence] if c.kind == "status" and c.value["status"] in UNDONE)
    active = [c for c in cues if "acts_on" not in c.value and c.end <= trigger.start]
    return any(0 <= c.start - time.end <= 1 for c in active)


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
    behind = reading.sentences[trigger.sentence].tokens[time.end : time.end + 1]
    if _is_of_day_part(time, reading) or any(t.norm in reading.book.word_set("day_event") for t in behind):
        before = ()  # "on the afternoon of Monday", "at a Monday ceremony"
    breaks = reading.book.word_set("clause_break")
    between = reading.sentences[trigger.sentence].tokens[start : end + 1]
    takes_place = reading.book.word_set("takes_place")  # "the session, which opens on Monday"
    past = _relative_end(time, trigger, reading)  # "met B, who is on a visit, on Monday"
    if time.end <= trigger.start and any(t.norm in reading.book.word_set("at_which") for t in between[:2]):
        past = start + 2  # "in April, when A met B"
    first = max(past, start)
    rest = between[first - start :]
    told_behind = time.end <= trigger.start  # "ended a visit on Monday during which he held talks"
    actors = {m.start for m in reading.of_kind(trigger.sentence, "pronoun", "person", "office") if told_behind}
    broken = (
        a.norm in breaks
        and (first + i + 1 in actors or takes_place.isdisjoint(b.norm for b in rest[i + 1 : i + _TAKING]))
        for i, a in enumerate(rest[:-1])
    )
    if _shut_in_relative(time, trigger, reading) or any(broken) or (end - start == 1 and between[0].norm in breaks):
        return False
    if any(token.norm in reading.book.word_set("not_when") for token in before) and not _names_day(
        time, trigger, reading
    ):
        return False
    if is_of_other_event(time, trigger, reading):
        return False
    if _is_told_behind(time, trigger, reading):
        return False
    if _of_other_verb(time, trigger, reading) or _in_relative_before(time, trigger, reading):
        return False
    far = FAR
    if trigger.value.get("refers") == "same":
        far = _NEAR if any(t.norm in takes_place for t in between) else _BESIDE
    elif getattr(time.value, "days", 0) > _SEASON:  # few meetings are said to have been in a year
        far = _BESIDE
    return distance(time, trigger, reading) <= far and not other_between(time, trigger, reading)


def _of_other_verb(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time stands with a verb of its own, to which the trigger is joined: "began in April and will end in the
    visit of A".
    """
    if time.start <= _OPENING or time.end > match_of(trigger)[0]:
        return False
    earlier = any(t.end <= time.start for t in reading.triggers[trigger.sentence])
    return not earlier and reading.has_word("clause_and", trigger.sentence, time.end, match_of(trigger)[0])


def _names_day(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time says which talks ("since Monday's talks"), or for when they are planned ("set for Monday")."""
    tokens = reading.sentences[time.sentence].tokens
    start, end = time.end, trigger.start
    own = start <= end and all(token.norm in reading.book.word_set("gen") for token in tokens[start:end])
    return own or reading.has_word("fixed_for", time.sentence, time.start - 2, time.start - 1)


def is_of_other_event(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time is that of what a meeting comes before or after: "talks ahead of the vote on Monday", "left on
    Monday after a visit to B".
    """
    joints, tokens = reading.book.word_set("before_or_after"), reading.sentences[time.sentence].tokens
    if time.start >= trigger.end:
        found = [i for i in range(trigger.end, time.start) if tokens[i].norm in joints]
        return bool(found) and not any(
            t.start > found[0] for t in reading.triggers[time.sentence] if t.end <= time.start
        )
    beside = tokens[max(match_of(trigger)[0] - _BESIDE, time.end, 0) : trigger.start]
    if any(token.norm in reading.book.word_set("still_ahead") for token in beside):
        return True  # "arrived on Monday ahead of talks with B"
    return trigger.value.get("kind") in ("visit", "conference") and any(token.norm in joints for token in beside)


def _is_told_behind(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time stands in what somebody says behind the trigger: "after talks with B, A said that in June …"."""
    tokens = reading.sentences[trigger.sentence].tokens[match_of(trigger)[1] : time.start]
    words, place = reading.book.word_set("saying"), reading.book.word_set("takes_place")
    said = [i for i, token in enumerate(tokens) if token.norm in words]
    return bool(said) and not any(token.norm in place for token in tokens[said[-1] :])


def beside_telling(mention: Mention, trigger: Mention) -> bool:
    """Not in what somebody told another, which has its own times and places: "the talks in Rome in May, A told B"."""
    if trigger.value.get("needs") != "two_countries" or trigger.value.get("soft"):
        return True
    start, end = match_of(trigger)
    return start <= mention.start <= end + _TOLD


def _is_of_day_part(time: Mention, reading: Reading) -> bool:
    """Whether the time says of which day a part is ("the afternoon of March 4")."""
    tokens = reading.sentences[time.sentence].tokens[max(time.start - 2, 0) : time.start]
    own, parts = reading.book.word_set("own_of"), reading.book.word_set("day_part")
    return len(tokens) == 2 and tokens[1].norm in own and tokens[0].norm in parts


def other_between(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether the mention is nearer to another trigger, on the other side of it."""
    for other in reading.triggers[trigger.sentence]:
        if other is not trigger and other.value.get("refers") != "same":
            start, end = match_of(other)
            if trigger.end <= mention.start < other.start and _leads_to(trigger, other, mention, reading):
                continue
            talks = other.value.get("kind") in ("meeting", "call")
            within = mention.kind == "time" and start <= mention.start and mention.end <= end
            if talks and within and not _is_nearer(mention, trigger, other, reading):
                return True
            if trigger.end <= other.start <= mention.start and other.start < _relative_end(mention, trigger, reading):
                continue
            if trigger.end <= other.start <= mention.start or mention.end <= other.end <= trigger.start:
                return True
            before, behind = other.end <= mention.start < trigger.start, trigger.end <= mention.start < other.start
            if behind and _of_clause_before(mention, other, reading):
                continue
            # "left here on Monday to attend the meeting", "came on Monday on a tour that will take him to B"
            taken_up = trigger.value.get("refers") == "same" or bool(trigger.value.get("onward"))
            if (mention.kind == "time" or taken_up) and (before or behind):
                parted = talks or taken_up or _marked(mention, trigger, reading)
                if parted and _is_nearer(mention, other, trigger, reading):
                    return True
    return False


def _leads_to(visit: Mention, talks: Mention, time: Mention, reading: Reading) -> bool:
    """Whether the time between a visit and the talks that it is for is of both: "comes on Monday for talks with B"."""
    aims = reading.book.word_set("aim_mark")
    tokens = reading.sentences[time.sentence].tokens[time.end : talks.start]
    toward = time.kind == "time" and visit.value.get("kind") == "visit" and bool(tokens) and tokens[0].norm in aims
    return toward and not _marked(time, visit, reading)


def _of_clause_before(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time closes the clause of an earlier trigger, to which one is joined: "came on Monday and met B"."""
    joints = reading.book.word_set("clause_joint")
    tokens = reading.sentences[trigger.sentence].tokens
    if time.end > trigger.start or joints.isdisjoint(t.norm for t in tokens[time.end : trigger.start]):
        return False
    before = [t for t in reading.triggers[trigger.sentence] if t is not trigger and t.end <= time.start]
    apart = reading.book.word_set("clause_and")
    return any(apart.isdisjoint(token.norm for token in tokens[match_of(t)[1] : time.start]) for t in before)


def _relative_end(mention: Mention, trigger: Mention, reading: Reading) -> int:
    """Where a relative clause with a trigger of its own ends that stands between a trigger and a mention; 0 if none.

    It ends at a comma ("met B, who came to say farewell, in Rome"); one that only tells of a stay ends with the place
    of the stay ("received B who is on a visit to Peru on Monday").
    """
    tokens = reading.sentences[trigger.sentence].tokens
    opens = _opening(trigger.end, mention.start, trigger, reading)
    if opens is None:
        return 0
    marks, stays = reading.book.word_set("relative_close"), reading.book.word_set("relative_stay")
    closed = [i for i in range(opens + 2, mention.start) if tokens[i].norm in marks]
    if closed:
        return closed[-1] + 1
    inner = [t for t in reading.triggers[trigger.sentence] if t.start > opens and t.value.get("kind") == "visit"]
    stay = not stays.isdisjoint(t.norm for t in tokens[opens + 1 : opens + 4])
    return max(match_of(t)[1] for t in inner) if inner and stay and inner[0].end <= mention.start else 0


def _opening(start: int, end: int, trigger: Mention, reading: Reading) -> int | None:
    """Where the first relative clause between two places of a sentence opens."""
    words = reading.book.word_set("relative")
    tokens = reading.sentences[trigger.sentence].tokens
    return next((i for i in range(start, end) if tokens[i].norm in words), None)


def _in_relative_before(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a time stands in a relative clause that ends before the trigger: "A, who came on Monday, met B"."""
    tokens = reading.sentences[trigger.sentence].tokens
    words, marks = reading.book.word_set("relative"), reading.book.word_set("relative_close")
    opens = [i for i in range(max(time.start - FAR, 0), time.start) if tokens[i].norm in words]
    if not opens or time.end > trigger.start:
        return False
    inside = not any(tokens[i].norm in marks for i in range(opens[-1], time.start))
    return inside and any(tokens[i].norm in marks for i in range(time.end, trigger.start))


def _shut_in_relative(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a trigger stands in a relative clause that ends before the time, which then is of the main clause."""
    if time.start < trigger.end:
        return False
    main = [t for t in reading.triggers[trigger.sentence] if t.value.get("refers") != "same" and t.end <= trigger.start]
    for other in main[:1]:
        opens = _opening(other.end, trigger.start, trigger, reading)
        if opens is not None and trigger.end <= _relative_end(time, other, reading) <= time.start:
            return True
    return False


def _is_nearer(mention: Mention, one: Mention, other: Mention, reading: Reading) -> bool:
    return distance(mention, one, reading) < distance(mention, other, reading)


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


def overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def distance(mention: Mention, trigger: Mention, reading: Reading) -> int:
    """Tokens between, those of other mentions not counted."""
    start, end = gap(mention, trigger)
    covered = sum(m.end - m.start for m in reading.mentions[trigger.sentence] if start <= m.start and m.end <= end)
    return max(end - start - covered, 0)
