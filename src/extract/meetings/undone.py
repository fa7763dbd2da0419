"""A planned meeting that a later clause calls off or puts off: "They were to meet, but the talks were cancelled"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention
from extract.meetings.reading import Reading
from extract.meetings.template import UNDONE, Template

_BACK = 2  # sentences before the one that says so
_BESIDE = 3  # tokens between the words for the meeting and those that undo it


def call_off(templates: Sequence[Template], reading: Reading) -> None:
    """Give a plan the status that "the meeting was cancelled" gives to the meeting told last before it."""
    for number in range(len(reading.sentences)):
        for cue in reading.cues[number]:
            if cue.kind == "status" and cue.value["status"] in UNDONE and _of_plan(cue, reading):
                template = _told_before(cue, templates, reading)
                if template is not None and template.status == "planned":
                    template.status, template.status_span = str(cue.value["status"]), reading.span(cue)


def _of_plan(cue: Mention, reading: Reading) -> bool:
    """Whether a word for a meeting known by now stands beside, without sides: "the talks", not "the talks of A"."""
    # "The talks would not be easy" undoes nothing.
    first = cue.start if cue.value.get("acts_on") == "after" else cue.start - _BESIDE
    last = cue.end if cue.value.get("acts_on") == "before" else cue.end + _BESIDE
    if not reading.has_word("known_meeting", cue.sentence, first, last):
        return False
    near = [t for t in reading.triggers[cue.sentence] if cue.start - t.end <= _BESIDE and t.start - cue.end <= _BESIDE]
    return not any(t.parts.keys() - {"span"} for t in near)


def _told_before(cue: Mention, templates: Sequence[Template], reading: Reading) -> Template | None:
    """The meeting whose trigger stands nearest before the words."""
    first = max(cue.sentence - _BACK, 0)
    start, zone = reading.sentences[first].start, reading.sentences[cue.sentence].zone
    place = reading.span(cue).start
    near = [t for t in templates if start <= t.trigger.start < place and t.title == (zone == "title")]
    return max(near, key=lambda t: t.trigger.start, default=None)
