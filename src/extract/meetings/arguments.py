"""Who, where and when: attaches arguments to each trigger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.annotations import Mention, Span
from extract.entities import Entity, country_of
from extract.meetings.reading import Reading
from extract.meetings.status import resolve_status
from extract.meetings.template import Filler, Place, Template, When

ACTORS = ("person", "office", "organization", "country", "pronoun", "group")
_SLOTS = {  # slot of a rule: involvement, capacity
    "a": ("principal", None),
    "b": ("principal", None),
    "both": ("principal", None),
    "participants": ("principal", None),
    "host": ("principal", "host"),
    "guest": ("principal", "guest"),
    "leader": ("principal", None),
    "attendee": ("attendee", None),
}
_FAR = 30  # tokens between a trigger and its time or place
_NEAR = 6  # the same where the trigger only takes up a meeting


def fill_templates(reading: Reading) -> list[Template]:
    """One template a trigger, body first and the headline last, each with what its own sentence says."""
    order = sorted(range(len(reading.sentences)), key=lambda i: (reading.sentences[i].zone == "title", i))
    templates = []
    focus: Entity | None = None
    for number in order:
        for trigger in reading.triggers[number]:
            templates.extend(_part(_fill(trigger, reading, focus), trigger, reading))
        focus = _subject_person(number, reading) or focus
    return templates


def _fill(trigger: Mention, reading: Reading, focus: Entity | None) -> Template:
    status, cue = resolve_status(trigger, reading)
    template = Template(str(trigger.value.get("kind", "")), trigger.sentence, reading.span(trigger))
    template.refers = trigger.value.get("refers") == "same"
    template.soft = bool(trigger.value.get("soft"))
    template.weak = trigger.value.get("needs") == "two_countries"
    template.same_day = _has_word(trigger, reading, reading.book.word_set("same_day"))
    template.title = reading.sentences[trigger.sentence].zone == "title"
    template.status, template.status_span = status, reading.span(cue) if cue else None
    template.sentences.add(trigger.sentence)
    for filler in _participants(trigger, reading, focus):
        template.add(filler)
    if trigger.value.get("takes") == "all":
        for filler in _all_around(trigger, reading):
            template.add(filler)
    elif not template.refers:
        _add_subject(template, trigger, reading, focus)
    template.when = _when(trigger, reading)
    template.place = _place(trigger, reading)
    return template


def _part(template: Template, trigger: Mention, reading: Reading) -> list[Template]:
    """A meeting with B and one with C, where "A met separately with B and C"."""
    others = [m for m in trigger.parts.get("b", ()) if m.kind in ("person", "office", "organization")]
    if len(others) < 2 or not _has_word(trigger, reading, reading.book.word_set("separately")):
        return [template]
    guests = [reading.entities.entity(m) for m in others]
    each = [guest for guest in guests if guest is not None]
    first = [f for f in template.participants if all(f.entity is not guest for guest in each)]
    return [
        replace(template, participants=[*first, filler], sentences=set(template.sentences))
        for filler in template.participants
        if any(filler.entity is guest for guest in each)
    ]


def _has_word(trigger: Mention, reading: Reading, words: frozenset[str]) -> bool:
    """Whether a word of a class stands among the words that the trigger's rule matched."""
    tokens = reading.sentences[trigger.sentence].tokens
    start, end = _match_of(trigger)
    return not words.isdisjoint(token.norm for token in tokens[start:end])


# ---- who ----


def _participants(trigger: Mention, reading: Reading, focus: Entity | None) -> Iterator[Filler]:
    side = country_of(trigger.part("side"))
    for slot, (involvement, capacity) in _SLOTS.items():
        for mention in trigger.parts.get(slot, ()):
            if mention.kind in ACTORS or (mention.kind == "city" and mention.has("capital")):
                entity = _referent(mention, reading, focus)
                if entity is not None:
                    if side and entity.kind == "person" and not any(role.country for role in entity.roles):
                        entity.country, entity.assumed = side, False
                    yield Filler(entity, reading.span(mention), involvement, capacity)


def _all_around(trigger: Mention, reading: Reading) -> Iterator[Filler]:
    """Everybody in the sentence, where the rule says so; a speaker ("…, he said") is no side."""
    for mention in reading.of_kind(trigger.sentence, "person", "country", "organization"):
        entity = reading.entities.entity(mention)
        if entity is not None:
            yield Filler(entity, reading.span(mention))


def _referent(mention: Mention, reading: Reading, focus: Entity | None) -> Entity | None:
    if mention.kind == "pronoun":
        return (_subject_before(mention, reading) or focus) if mention.has("one") else None
    return reading.entities.entity(mention)


def _subject_before(pronoun: Mention, reading: Reading) -> Entity | None:
    """The person that the same sentence has as its subject before the pronoun ("A said he met B")."""
    for mention in reading.mentions[pronoun.sentence]:
        if mention.end <= pronoun.start and mention.kind in ("person", "office") and _can_be_subject(mention, reading):
            entity = reading.entities.entity(mention)
            if entity is not None and entity.kind == "person":
                return entity
    return None


def _add_subject(template: Template, trigger: Mention, reading: Reading, focus: Entity | None) -> None:
    """The side that the rule's own slots leave open: the subject of the sentence, else who was spoken of."""
    if any(slot in trigger.parts for slot in ("both", "participants")):
        return
    principals = template.principals()
    if not principals and not trigger.value.get("subject"):
        return
    several = len(principals) >= 2 and set(trigger.parts) != {"b"}
    if several or (template.kind in ("visit", "conference", "signing") and principals):
        return
    if "a" in trigger.spans and "b" in trigger.spans:
        return
    entity, span = _subject(trigger, reading)
    if entity is None and focus is not None:
        entity, span = focus, reading.span(trigger)
    if entity is not None and span is not None and not template.has(entity):
        template.add(Filler(entity, span, capacity="guest" if template.kind == "visit" else None))


def _subject(trigger: Mention, reading: Reading) -> tuple[Entity | None, Span | None]:
    row = [m for m in reading.mentions[trigger.sentence] if m.kind in ("person", "office", "organization", "country")]
    inside = {(m.start, m.end) for parts in trigger.parts.values() for m in parts}
    free = [m for m in row if (m.start, m.end) not in inside and _can_be_subject(m, reading)]
    before = [m for m in free if m.end <= trigger.start]
    people = [m for m in before if m.kind in ("person", "office")]
    after = [m for m in free if m.start >= trigger.end and m.kind in ("person", "office")]
    for mention in [*_actor_before(trigger, reading), *people[:1], *after[:1], *before[:1]]:
        return reading.entities.entity(mention), reading.span(mention)
    return None, None


def _actor_before(trigger: Mention, reading: Reading) -> list[Mention]:
    """Who acts in the trigger just before in the sentence: "A visited Rome, where he met B"."""
    others = [
        t for t in reading.triggers[trigger.sentence] if t.start < trigger.start and t.value.get("kind") == "visit"
    ]
    found = [m for t in others[-1:] for m in t.parts.get("guest", ())]
    inside = {m.start for parts in trigger.parts.values() for m in parts}
    return [m for m in found[:1] if m.start not in inside and m.end <= trigger.start]


def _can_be_subject(mention: Mention, reading: Reading) -> bool:
    """Not after a preposition and no genitive."""
    tokens = reading.sentences[mention.sentence].tokens
    before = tokens[mention.start - 1].norm if mention.start else ""
    after = tokens[mention.end].norm if mention.end < len(tokens) else ""
    return before not in reading.book.word_set("preposition") and after not in reading.book.word_set("gen")


def _subject_person(sentence: int, reading: Reading) -> Entity | None:
    """The person whom a sentence speaks of first, for the pronouns of the next."""
    for mention in reading.mentions[sentence]:
        if mention.kind in ("person", "office") and _can_be_subject(mention, reading):
            entity = reading.entities.entity(mention)
            if entity is not None and entity.kind == "person":
                return entity
    return None


# ---- when ----


def _when(trigger: Mention, reading: Reading) -> When | None:
    times = [m for m in reading.of_kind(trigger.sentence, "time") if is_day(m)]
    said = [c for c in reading.cues[trigger.sentence] if c.kind == "said_time" and not _overlaps(c, trigger)]
    told = {t.start for cue in said for t in cue.parts.get("time", ())}
    inside = {t.start for parts in trigger.parts.values() for t in parts if t.kind == "time"}
    free = [t for t in times if t.start not in told or t.start in inside]
    near = [t for t in free if t.start in inside or _is_tied(t, trigger, reading)]
    best = min(near, key=lambda t: (t.start not in inside, _distance(t, trigger, reading), t.start), default=None)
    return When(best.value, reading.span(best), reading.words(best)) if best else None


def is_day(time: Mention) -> bool:
    """Whether a time expression tells a day, week, month or year of the calendar, resolved or not."""
    value = getattr(time.value, "value", "")
    return (time.has("date") or time.has("time")) and not value.endswith("_REF") and value[:1] in "0123456789X"


def _is_tied(time: Mention, trigger: Mention, reading: Reading) -> bool:
    """In the same clause as the trigger, near it, and no other trigger nearer."""
    start, end = (time.end, trigger.start) if time.end <= trigger.start else (trigger.end, time.start)
    before = reading.sentences[trigger.sentence].tokens[max(time.start - 1, 0) : time.start]
    breaks = reading.book.word_set("clause_break")
    if any(token.norm in breaks for token in reading.sentences[trigger.sentence].tokens[start:end]):
        return False
    if any(token.norm in reading.book.word_set("not_when") for token in before):
        return False
    far = _NEAR if trigger.value.get("refers") == "same" else _FAR
    return _distance(time, trigger, reading) <= far and not _other_between(time, trigger, reading)


def _overlaps(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _distance(mention: Mention, trigger: Mention, reading: Reading) -> int:
    """Tokens between, those of other mentions not counted."""
    start, end = (mention.end, trigger.start) if mention.end <= trigger.start else (trigger.end, mention.start)
    covered = sum(m.end - m.start for m in reading.mentions[trigger.sentence] if start <= m.start and m.end <= end)
    return max(end - start - covered, 0)


def _match_of(trigger: Mention) -> tuple[int, int]:
    """The tokens from the first to the last slot of a trigger's match."""
    starts, ends = zip((trigger.start, trigger.end), *trigger.spans.values(), strict=True)
    return min(starts), max(ends)


def _other_between(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether the mention is nearer to another trigger, on the other side of it."""
    for other in reading.triggers[trigger.sentence]:
        if other is not trigger and other.value.get("refers") != "same":
            start, end = _match_of(other)
            talks = other.value.get("kind") in ("meeting", "call")
            if talks and mention.kind == "time" and start <= mention.start and mention.end <= end:
                return True
            if trigger.end <= other.start <= mention.start or mention.end <= other.end <= trigger.start:
                return True
    return False


# ---- where ----


def _place(trigger: Mention, reading: Reading) -> Place | None:
    if trigger.value.get("kind") == "call":
        return None
    slot = trigger.part("venue")
    if slot is not None:
        return read_place(slot, reading, reading.span(slot, trigger.rule))
    covered = [*reading.topics[trigger.sentence], *reading.actions[trigger.sentence]]
    cues = [
        c
        for c in reading.cues[trigger.sentence]
        if c.kind in ("location", "said_here") and not any(_overlaps(c, t) for t in covered)
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
