"""The status of a meeting, from the cues around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention
from extract.meetings.reading import Reading

WISH = "wish"
_BEFORE, _AFTER = 7, 6
# Of several cues the one that undoes most decides.
_ORDER = ("cancelled", "postponed", WISH, "planned", "ongoing")


def resolve_status(trigger: Mention, reading: Reading) -> tuple[str, Mention | None]:
    """The status that the cues near a trigger give it, and the deciding cue; "held" where there is none.

    A cue acts within its clause: up to seven words before the trigger or six after it, not across another trigger.
    """
    cues = [cue for cue in reading.cues[trigger.sentence] if cue.kind == "status" and _acts_on(cue, trigger, reading)]
    for status in _ORDER:
        for cue in cues:
            if cue.value["status"] == status:
                return status, cue
    given = trigger.value.get("status")
    return (str(given), trigger) if given else ("held", None)


def _acts_on(cue: Mention, trigger: Mention, reading: Reading) -> bool:
    if cue.start < trigger.end and trigger.start < cue.end:
        return True
    start, end = (cue.end, trigger.start) if cue.end <= trigger.start else (trigger.end, cue.start)
    if cue.end <= trigger.start and end - start > _BEFORE + _actors_between(trigger, reading, start, end):
        return False
    if cue.start >= trigger.end and (end - start > _AFTER or cue.value["status"] in (WISH, "ongoing")):
        return False
    return not _parted(reading, trigger, start, end)


def _actors_between(trigger: Mention, reading: Reading, start: int, end: int) -> int:
    """Words of mentions in between, which do not count for the distance."""
    return sum(m.end - m.start for m in reading.mentions[trigger.sentence] if start <= m.start and m.end <= end)


def _parted(reading: Reading, trigger: Mention, start: int, end: int) -> bool:
    others: Sequence[Mention] = reading.triggers[trigger.sentence]
    tokens = reading.sentences[trigger.sentence].tokens[start:end]
    marks = reading.book.word_set("clause_mark")
    return any(start <= o.start and o.end <= end for o in others) or any(token.norm in marks for token in tokens)
