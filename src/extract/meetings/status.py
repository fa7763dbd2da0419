"""The status of a meeting, from the cues around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention
from extract.meetings.reading import Reading
from extract.meetings.template import UNDONE

WISH = "wish"
NO_MEETING = "none"  # sport and the like, wherever in the sentence its word stands
SPORT = "sport"  # a word that says what an article is about, and nothing of its sentence
_BEFORE, _AFTER = 6, 4
_ASIDE = 12  # tokens of an aside between commas
OF_STATE = frozenset(
    {"head_of_state", "royal", "head_of_government", "minister", "deputy_minister", "ambassador", "governor", "speaker"}
)
# Of several cues the one that undoes most decides.
_ORDER = (NO_MEETING, "cancelled", "postponed", WISH, "planned", "ongoing")


def resolve_status(trigger: Mention, reading: Reading) -> tuple[str, Mention | None]:
    """The status that the cues near a trigger give it, and the deciding cue; "held" where there is none.

    A cue acts within its clause: up to six words before the trigger, or after what a noun governs; not across another
    trigger or the start of another clause.
    """
    zone = reading.sentences[trigger.sentence].zone
    near = [c for c in reading.cues[trigger.sentence] if c.kind == "status" and c.value.get("zone", zone) == zone]
    cues = [cue for cue in near if _acts_on(cue, trigger, reading)]
    for status in _ORDER:
        for cue in cues:
            if cue.value["status"] == status:
                return status, cue
    if trigger.value.get("bare") and (before := _joined_to(trigger, reading)) is not None:
        return resolve_status(before, reading)
    given = trigger.value.get("status")
    return (str(given), trigger) if given else ("held", None)


def _joined_to(trigger: Mention, reading: Reading) -> Mention | None:
    """The trigger before, to which another noun is joined: "will come for a meeting with B and talks with C"."""
    before = [t for t in reading.triggers[trigger.sentence] if t.end <= trigger.start]
    joined = reading.has_word("conjunction", trigger.sentence, trigger.start - 2, trigger.start + 1)
    return before[-1] if before and joined and trigger.start - before[-1].end <= _ASIDE else None


def _acts_on(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    overlaps = cue.start < trigger.end and trigger.start < cue.end
    if cue.value["status"] == NO_MEETING:
        if "on" in cue.value:
            return _is_private(cue, trigger)
        return overlaps if cue.value.get("sure") else not _has_official(trigger)
    if overlaps:
        return True
    if cue.value.get("acts_on", _side(cue, trigger)) != _side(cue, trigger):
        return False
    if cue.end <= trigger.start:
        if cue.value["status"] == WISH and _told_in(cue, trigger, reading):
            return False
        return _distance(reading, trigger, cue.end, trigger.start) <= _BEFORE and not _parted(
            reading, trigger, cue.end, trigger.start
        )
    if cue.value["status"] == WISH or _is_verb(trigger, reading):
        return False
    if cue.value["status"] == "ongoing" and _of_stay(cue, trigger, reading):
        return False
    slots = [start for start, _ in trigger.spans.values() if start >= trigger.end]
    if slots and trigger.end <= cue.start and cue.end <= min(slots):  # "the meeting will be chaired by A and B"
        return cue.start - trigger.end <= _AFTER and not _parted(reading, trigger, trigger.end, cue.start)
    start = max([trigger.end, *(end for _, end in trigger.spans.values())])
    if cue.value["status"] in UNDONE:
        start = _behind_aside(start, trigger, reading)
        if (
            cue.value.get("whole") and 0 <= cue.start - start <= _ASIDE
        ):  # "the visit that was set for Monday was put off"
            return not any(start <= o.start and o.end <= cue.start for o in reading.triggers[trigger.sentence])
    said = reading.has_word("that_clause", trigger.sentence, start, cue.start)  # "said on a visit to B that it will …"
    return 0 <= cue.start - start <= _AFTER and not said and not _parted(reading, trigger, start, cue.start)


def _side(cue: Mention, trigger: Mention) -> str:
    """On which side of a cue a trigger stands: a verb acts on what comes after it, a passive on what comes before."""
    return "after" if cue.end <= trigger.start else "before"


def _behind_aside(start: int, trigger: Mention, reading: Reading) -> int:
    """Where the clause goes on behind an aside between commas: "the visit, first set for Monday, was put off"."""
    tokens, marks = reading.sentences[trigger.sentence].tokens, reading.book.word_set("relative_close")
    opened = start < len(tokens) and tokens[start].norm in marks
    closed = (i for i in range(start + 1, min(start + _ASIDE, len(tokens))) if tokens[i].norm in marks)
    return next(closed, start - 1) + 1 if opened else start


def _of_stay(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether what goes on is told of one of the sides: "received B, who is on a visit"."""
    return reading.has_word("relative", trigger.sentence, trigger.end, cue.start + 1)


def _is_private(cue: Mention, trigger: Mention) -> bool:
    """Whether a word speaks against any visit of its sentence (a treatment), or against the guest in whose words it
    stands (troops).
    """
    if cue.value["on"] == "visit":
        return bool(trigger.value.get("kind") == "visit")
    return any(m.start <= cue.start < m.end and m.kind != "person" for m in trigger.parts.get("guest", ()))


def _has_official(trigger: Mention) -> bool:
    """Whether one of those who meet holds a state's office; then it is no match, whatever else is told of sport."""
    actors = (m for parts in trigger.parts.values() for m in parts if m.kind in ("person", "office"))
    heads = (role.part("head") for actor in actors for role in actor.parts.get("role", ()))
    return any(head is not None and head.value.get("position") in OF_STATE for head in heads)


def _told_in(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether the wish was told in the talks: "called for trade during a meeting with B"."""
    return reading.has_word("wish_mark", trigger.sentence, cue.end, trigger.start)


def _is_verb(trigger: Mention, reading: Reading) -> bool:
    """Whether its subject, and not its owner, stands before it; then what follows its object is another clause."""
    if reading.has_word("gen", trigger.sentence, trigger.start - 3, trigger.start):
        return False
    subjects = [span for slot, span in trigger.spans.items() if slot in ("a", "host", "guest", "both", "participants")]
    return any(end <= trigger.start for _, end in subjects)


def _distance(reading: Reading, trigger: Mention, start: int, end: int) -> int:
    """Words in between; times, places and those whom the trigger names as its sides do not count."""
    row = [m for m in reading.mentions[trigger.sentence] if m.kind in ("time", "city", "venue")]
    sides = [m for parts in trigger.parts.values() for m in parts if m.kind in ("person", "office")]
    return end - start - sum(m.end - m.start for m in [*row, *sides] if start <= m.start and m.end <= end)


def _parted(reading: Reading, trigger: Mention, start: int, end: int) -> bool:
    others: Sequence[Mention] = [o for o in reading.triggers[trigger.sentence] if not o.value.get("subject")]
    tokens = reading.sentences[trigger.sentence].tokens[start:end]
    marks = reading.book.word_set("clause_break") | reading.book.word_set("clause_mark")
    return any(start <= o.start and o.end <= end for o in others) or any(token.norm in marks for token in tokens)
