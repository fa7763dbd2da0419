"""What stopped a status, a kind or a meeting as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Mention
from extract.explain.causes.shared import article, lost_findings, no_trigger, path_of, refusal, template_of, triggers_of
from extract.explain.inquiry import Finding, Inquiry, Place


def _all_triggers(inquiry: Inquiry) -> Iterator[Mention]:
    for row in inquiry.reading.triggers:
        for trigger in row:
            template = template_of(inquiry, trigger)
            asked = inquiry.meeting is None or (template is not None and template is inquiry.templates[inquiry.meeting])
            if asked:
                yield trigger


def _at(inquiry: Inquiry, trigger: Mention) -> Place:
    return Place(inquiry.reading.sentences[trigger.sentence], trigger.start, trigger.end)


def status_causes(inquiry: Inquiry) -> Iterator[Finding]:
    """Why no meeting has a status: no cue for it, a cue that does not reach the trigger, or one that outweighs it."""
    for trigger in _all_triggers(inquiry):
        yield from refusal(inquiry, trigger)
        template = template_of(inquiry, trigger)
        if template is None:
            continue
        path, event = path_of(inquiry, template), inquiry.reading.words(trigger)
        cues = [c for c in inquiry.reading.cues[trigger.sentence] if c.kind == "status"]
        wanted = [c for c in cues if c.value.get("status") == inquiry.value]
        if template.status_span is not None:
            span = template.status_span
            decided = inquiry.reading.text[span.start : span.end]
            yield inquiry.finding("other-cue", f"{path} is {template.status} by the cue “{decided}”", span.rule)
        for cue in wanted:
            says = f"“{inquiry.reading.words(cue)}” does not reach “{event}”: too far, in another clause, or outweighed"
            yield inquiry.finding("cue-out-of-reach", says, cue.rule)
        if not wanted:
            yield inquiry.finding(
                "no-cue", f"no cue for {inquiry.value!r} stands in the sentence of “{event}” ({path})"
            )
            yield from _near_cues(inquiry)


def _near_cues(inquiry: Inquiry) -> Iterator[Finding]:
    for rule in inquiry.reading.book.rules:
        if rule.finds == "status" and rule.set.get("status") == inquiry.value:
            yield inquiry.finding("rule", f"{rule.id} lists the words that would say so: {rule.about}", rule.id)


def kind_causes(inquiry: Inquiry) -> Iterator[Finding]:
    """Why no meeting is of a kind: what the triggers say, and the nearest trigger rules of that kind."""
    rules = [r for r in inquiry.reading.book.rules if r.set.get("kind") == inquiry.value]
    if not rules:
        yield Finding("list", f"no trigger rule is of kind {inquiry.value!r}")
        return
    for trigger in _all_triggers(inquiry):
        kind = trigger.value.get("kind")
        if kind == inquiry.value:
            yield from refusal(inquiry, trigger)
        if not kind or kind == inquiry.value:
            continue
        said = f"“{inquiry.reading.words(trigger)}” announces {article(str(kind))}"
        yield inquiry.finding("other-kind", said, trigger.rule)
        nears = [n for rule in rules for n in inquiry.near(_at(inquiry, trigger), "triggers", "triggers", 1, rule.id)]
        yield from nears[:2]


def meeting_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """Why the words of a place announce no meeting of the record."""
    triggers = inquiry.top(place, inquiry.reading.triggers)
    if not triggers:
        yield from no_trigger(inquiry, place)
        yield from lost_findings(inquiry, place, "triggers", "triggers", triggers_of(inquiry, place.sentence.index))
        return
    for trigger in triggers:
        refused = list(refusal(inquiry, trigger))
        yield from refused
        template = template_of(inquiry, trigger)
        if template is not None:
            says = f"“{inquiry.reading.words(trigger)}” belongs to {path_of(inquiry, template)}"
            yield inquiry.finding("present", says, trigger.rule)
