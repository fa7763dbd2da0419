"""What stopped a participant: not read as one, known by another name, no side of a meeting, or left out later."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Mention
from extract.entities import Entity
from extract.explain.causes.shared import (
    article,
    lost_findings,
    no_trigger,
    path_of,
    read_as,
    refusal,
    represented,
    template_of,
    triggers_of,
)
from extract.explain.considered import quote
from extract.explain.inquiry import Finding, Inquiry, Place
from extract.explain.mentions import within

ACTORS = ("person", "office", "organization", "country", "city")
_STAGES = (("people", "name"), ("people", "person"), ("people", "office"), ("organizations", "organizations"))


def participant_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """What stopped the words of a place from being a participant."""
    mention = next((m for m in inquiry.top(place, inquiry.reading.mentions) if m.kind in ACTORS), None)
    if mention is None:
        yield from _unread(inquiry, place)
        return
    entity = inquiry.reading.entities.entity(mention)
    if not _holds(mention, place):
        yield from _cut(inquiry, place, mention)
        return
    if (mention.start, mention.end) != (place.start, place.end) and _part_at(mention, place) is not None:
        yield _inside(inquiry, place, mention, entity)
        return
    if entity is None:
        yield read_as(inquiry, mention, "somebody in particular")
        yield from lost_findings(inquiry, place, "people", "name", [mention])
        return
    yield from entity_causes(inquiry, place, mention, entity)


def _holds(mention: Mention, place: Place) -> bool:
    """Whether a mention has at least the words of the place."""
    return mention.start <= place.start and place.end <= mention.end


def _part_at(mention: Mention, place: Place) -> Mention | None:
    """The country or body inside a mention that has just the words of a place."""
    parts = (m for m in within(mention) if m.kind in ("country", "demonym", "city", "organization"))
    return next((m for m in parts if (m.start, m.end) == (place.start, place.end)), None)


def _inside(inquiry: Inquiry, place: Place, mention: Mention, entity: Entity | None) -> Finding:
    """The words name a country or body, but only in the name or office of somebody else."""
    whole = inquiry.reading.words(mention)
    says = f"“{inquiry.words(place)}” stands inside “{whole}”, which was read as {article(mention.kind)}"
    held = next((t for t in inquiry.templates if any(f.entity is entity for f in t.participants)), None)
    taken = f" and takes part in {path_of(inquiry, held)}" if held else ""
    return inquiry.finding("inside", says + taken, mention.rule)


def _cut(inquiry: Inquiry, place: Place, mention: Mention) -> Iterator[Finding]:
    """A rule read only some of the words."""
    read, wanted = inquiry.reading.words(mention), inquiry.words(place)
    says = f"of “{wanted}” only “{read}” was read as {article(mention.kind)}, by {mention.rule}"
    yield inquiry.finding("cut", says, mention.rule)
    yield from lost_findings(inquiry, place, "people", "name", [mention])
    rest = Place(place.sentence, max(mention.end - 1, place.start), place.end)
    yield from inquiry.near(rest, "people", "name", most=1, further=True)


def _unread(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """No rule made an actor of the words."""
    others = inquiry.over(place)
    words = inquiry.words(place)
    for other in others[:1]:
        yield read_as(inquiry, other, "a person, body or country")
    if not others:
        yield inquiry.finding("no-mention", f"no rule reads “{words}” as a person, office, body or country")
    if all(token.shape == "l" for token in place.sentence.tokens[place.start : place.end]):
        files = inquiry.sources.lists("title", "org_head", "body", "country")
        yield Finding("list", f"it has no capital letter, and no list of titles, bodies or countries has it: {files}")
    for stage, finds in _STAGES:
        yield from lost_findings(inquiry, place, stage, finds, others)
    nears = [f for stage, finds in _STAGES for f in inquiry.near(place, stage, finds, most=1) if f.code == "pattern"]
    yield from nears or [inquiry.nowhere(place, "people", "name")]


def entity_causes(inquiry: Inquiry, place: Place, mention: Mention, entity: Entity) -> Iterator[Finding]:
    """What stopped an entity that was read from taking part."""
    if inquiry.field == "participants" and entity.name.casefold() != inquiry.value.casefold():
        says = f"“{inquiry.reading.words(mention)}” is one of those called {quote([entity.name, *entity.aliases])}"
        yield inquiry.finding("other-name", f"{says}; the record has the first of these names", mention.rule)
    for template in inquiry.templates:
        if any(f.entity is entity for f in template.participants):
            says = f"it takes part in {path_of(inquiry, template)} as “{entity.name}”"
            yield inquiry.finding("present", says, entity.span.rule, entity.name)
            return
    left_out = list(represented(inquiry, entity))
    yield from left_out
    if left_out:
        return
    candidates = [d for d in inquiry.analysis.decisions if any(f.entity is entity for f in d.fillers)]
    if candidates:
        for decision in candidates:
            for trigger in triggers_of(inquiry, decision.template.sentence):
                if inquiry.reading.span(trigger) == decision.template.trigger:
                    yield from refusal(inquiry, trigger)
        return
    yield from _no_side(inquiry, place, entity)


def _no_side(inquiry: Inquiry, place: Place, entity: Entity) -> Iterator[Finding]:
    """The entity stands in no slot of any trigger."""
    sentences = sorted({key[0] for key, each in inquiry.reading.entities.of.items() if each is entity})
    with_triggers = [n for n in sentences if triggers_of(inquiry, n)]
    if not with_triggers:
        yield from no_trigger(inquiry, place)
        return
    number = place.sentence.index if place.sentence.index in with_triggers else with_triggers[0]
    for trigger in triggers_of(inquiry, number):
        yield _outside(inquiry, trigger, entity)
        yield from refusal(inquiry, trigger)
    mentions = [m for m in inquiry.reading.mentions[number] if inquiry.reading.entities.entity(m) is entity]
    for mention in mentions[:1]:
        at = Place(inquiry.reading.sentences[number], mention.start, mention.end)
        yield from lost_findings(inquiry, at, "triggers", "triggers", triggers_of(inquiry, number))
        yield from inquiry.near(at, "triggers", "triggers")


def _outside(inquiry: Inquiry, trigger: Mention, entity: Entity) -> Finding:
    """What a trigger took for its sides instead."""
    slots = {slot: [m for m in parts if m.kind in ACTORS] for slot, parts in trigger.parts.items()}
    sides = [f"{slot} “{inquiry.reading.words(m)}”" for slot, parts in slots.items() for m in parts]
    template = template_of(inquiry, trigger)
    joined = f" ({path_of(inquiry, template)})" if template else ""
    taken = f"its sides are {', '.join(sides)}" if sides else "it names no sides"
    says = f"“{entity.name}” stands in no slot of “{inquiry.reading.words(trigger)}”{joined}: {taken}"
    return inquiry.finding("no-side", says, trigger.rule)


def role_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """What stopped the words of a place from being the office of a participant."""
    office = next(iter(inquiry.over(place, "office")), None)
    words = inquiry.words(place)
    if office is None:
        if not inquiry.over(place, "title"):
            yield Finding("list", f"“{words}” holds no title that is listed in {inquiry.sources.lists('title')}")
        for other in inquiry.over(place)[:1]:
            yield read_as(inquiry, other, "an office")
        yield from inquiry.near(place, "people", "office")
        return
    holder = _holder(inquiry, place)
    if holder is None:
        yield inquiry.finding(
            "no-holder", f"“{inquiry.reading.words(office)}” is an office, and nobody holds it", office.rule
        )
        yield from inquiry.near(place, "people", "person")
        return
    titles = quote([role.title for role in holder.roles]) or "none"
    says = f"“{inquiry.reading.words(office)}” is read as an office of “{holder.name}”, whose offices are {titles}"
    yield inquiry.finding("role", says, office.rule)
    mention = next(m for m in inquiry.top(place, inquiry.reading.mentions) if m.kind in ACTORS)
    yield from entity_causes(inquiry, place, mention, holder)


def _holder(inquiry: Inquiry, place: Place) -> Entity | None:
    for mention in inquiry.top(place, inquiry.reading.mentions):
        entity = inquiry.reading.entities.entity(mention)
        if entity is not None and entity.kind == "person":
            return entity
    return None
