"""One template a trigger, with its arguments: who takes part, and when and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.annotations import Mention
from extract.entities import FORMER, Entity, country_of, key_of
from extract.meetings.circumstances import find_when, gap, match_of
from extract.meetings.place import find_place, read_place
from extract.meetings.reading import Reading
from extract.meetings.status import resolve_status
from extract.meetings.subject import beside, find_subject, subject_before, subject_person
from extract.meetings.template import Filler, Template

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


_HIGHNESSES = frozenset({"royal", "head_of_state", "deputy_head_of_state"})
_MEETERS = frozenset({"a", "b", "both", "host", "guest"})


def _names_its_sides(trigger: Mention) -> bool:
    """Whether whoever stands beside the trigger meets somebody, and does not only say or discuss something."""
    plain = not trigger.value.get("soft") and trigger.value.get("needs") != "two_countries"
    return plain and trigger.value.get("kind") in ("meeting", "call") and trigger.value.get("refers") != "same"


_HEAD = 3  # tokens with which a sentence opens
_BEHIND = 6  # tokens behind a match: "met A and B in two separate meetings"


def fill_templates(reading: Reading) -> list[Template]:
    """One template a trigger, body first and the headline last, each with what its own sentence says."""
    order = sorted(range(len(reading.sentences)), key=lambda i: (reading.sentences[i].zone == "title", i))
    templates = []
    focus: Entity | None = None
    for number in order:
        for trigger in reading.triggers[number]:
            for template in _part(_fill(trigger, reading, focus), trigger, reading):
                templates.extend(_stages(template, trigger, reading))
        focus = subject_person(number, reading) or focus
    return templates


def _fill(trigger: Mention, reading: Reading, focus: Entity | None) -> Template:
    status, cue = resolve_status(trigger, reading)
    template = Template(str(trigger.value.get("kind", "")), trigger.sentence, reading.span(trigger))
    template.refers = trigger.value.get("refers") == "same"
    template.pair = trigger.value.get("needs") == "two"
    template.envoy = trigger.value.get("needs") == "envoy"
    template.session = bool(trigger.value.get("session"))
    template.alone = str(trigger.value.get("alone", ""))
    template.by_office = bool(trigger.value.get("by_office"))
    template.passing = bool(trigger.value.get("passing"))
    template.soft = bool(trigger.value.get("soft"))
    template.weak = trigger.value.get("needs") == "two_countries" and not _in_talks(trigger, reading)
    template.same_day = _has_word(trigger, reading, reading.book.word_set("same_day"))
    template.further = any(cue.kind == "further" and cue.end <= trigger.end for cue in reading.cues[trigger.sentence])
    template.over = template.refers and _is_over(trigger, reading)
    template.that_day = any(cue.kind == "that_day" for cue in reading.cues[trigger.sentence])
    template.title = reading.sentences[trigger.sentence].zone == "title"
    template.open = _leaves_open(trigger, reading)
    template.bare = bool(trigger.value.get("bare")) and not _told_at(trigger, reading)
    template.status, template.status_span = status, reading.span(cue) if cue else None
    template.sentences.add(trigger.sentence)
    for filler in _participants(trigger, reading, focus):
        template.add(filler)
    if trigger.value.get("takes") == "all":
        for filler in _all_around(trigger, reading):
            template.add(filler)
    elif not template.refers:
        crowd = any(m.has("crowd") for parts in trigger.parts.values() for m in parts)
        _add_subject(template, trigger, reading, None if crowd else focus)
    template.when = find_when(trigger, reading)
    template.place = find_place(trigger, reading)
    return template


def _part(template: Template, trigger: Mention, reading: Reading) -> list[Template]:
    """A meeting with B and one with C, where "A met separately with B and C"."""
    met = trigger.parts.get("b") or trigger.parts.get("guest") or ()
    others = [m for m in met if m.kind in ("person", "office", "organization") and not m.has("plural")]
    others = others or [m for m in met if m.kind == "country"]  # "with their counterparts of B and C"
    guests = [reading.entities.entity(m) for m in others]
    each = [guest for guest in guests if guest is not None]
    if len(others) < 2 or not (
        _has_word(trigger, reading, reading.book.word_set("separately"), _BEHIND)
        or (_has_word(trigger, reading, reading.book.word_set("one_by_one")) and _are_of_several_countries(each))
    ):
        return [template]
    listed = [reading.entities.entity(m) for m in met]
    first = [f for f in template.participants if all(f.entity is not guest for guest in listed)]
    return [
        replace(template, participants=[*first, filler], sentences=set(template.sentences))
        for filler in template.participants
        if any(filler.entity is guest for guest in each)
    ]


def _are_of_several_countries(met: Sequence[Entity]) -> bool:
    """Whether each stands for another country, or for none: a premier and his minister are met at one time."""
    countries = [entity.country for entity in met if entity.country]
    return len(countries) > 1 and len(set(countries)) == len(countries)


def _stages(template: Template, trigger: Mention, reading: Reading) -> list[Template]:
    """A visit to each country of a tour: "will visit B, C and D"."""
    stages = {str(country_of(m)): m for m in reversed(trigger.parts.get("venue", ())) if m.kind in ("country", "city")}
    if template.kind != "visit" or len(stages) < 2:
        return [template]
    places = [read_place(m, reading, reading.span(m, trigger.rule)) for m in reversed(stages.values())]
    return [
        replace(template, place=place, participants=list(template.participants), sentences=set(template.sentences))
        for place in places
    ]


def _has_word(trigger: Mention, reading: Reading, words: frozenset[str], behind: int = 0) -> bool:
    """Whether a word of a class stands among the words that the trigger's rule matched, or right behind them."""
    tokens = reading.sentences[trigger.sentence].tokens
    start, end = match_of(trigger)
    return not words.isdisjoint(token.norm for token in tokens[start : end + behind])


def _is_over(trigger: Mention, reading: Reading) -> bool:
    """Whether the sentence tells what came after the meeting that it refers to, and not what is still to come."""
    plans = any(cue.kind == "status" and cue.value["status"] == "planned" for cue in reading.cues[trigger.sentence])
    return not plans and reading.has_word("over_after", trigger.sentence, trigger.start - 2, trigger.start)


def _in_talks(trigger: Mention, reading: Reading) -> bool:
    """Whether the sentence itself says that it was in talks: "A and B discussed trade during a phone call"."""
    words = reading.book.word_set("told_at")
    tokens = reading.sentences[trigger.sentence].tokens
    talks = [
        t for t in reading.triggers[trigger.sentence] if t.value.get("refers") == "same" and t.start >= trigger.end
    ]
    return any(not words.isdisjoint(x.norm for x in tokens[max(t.start - 1, 0) : t.start]) for t in talks)


def _participants(trigger: Mention, reading: Reading, focus: Entity | None) -> Iterator[Filler]:
    side = country_of(trigger.part("side"))
    named = [reading.entities.entity(m) for slot in _SLOTS for m in trigger.parts.get(slot, ())]
    for slot, (involvement, capacity) in _SLOTS.items():
        for mention in trigger.parts.get(slot, ()):
            if slot == "both" and mention.has("sides"):
                yield from _joined(mention, reading)
                continue
            if mention.kind in ACTORS or (mention.kind == "city" and mention.has("capital")):
                if (
                    _is_goal(mention, trigger, reading)
                    or _owns(mention, trigger, reading)
                    or _is_superior(mention, trigger)
                    or _is_aside(mention, reading)
                    or _is_of_city(mention, reading)
                    or (mention.has("crowd") and not _is_met_alone(slot, trigger, reading))
                ):
                    continue
                if slot == "a" and _in_clause_before(mention, trigger, reading):
                    continue
                mention = _joined_subject(mention, slot, trigger, reading)
                entity = _referent(mention, reading, focus, named)
                if entity is None and slot in _MEETERS and _names_its_sides(trigger):
                    entity = reading.entities.hinted.get((mention.sentence, mention.start, mention.end))
                for member in _members(mention, reading) if entity is None else ():
                    yield Filler(member, member.span, involvement, capacity)
                if entity is not None:
                    if side and entity.kind == "person" and not any(role.country for role in entity.roles):
                        entity.country, entity.assumed = side, False
                    leader = _leader(mention, reading)
                    if leader is not None and leader is not entity:
                        yield Filler(leader, reading.span(mention), involvement, capacity)
                        involvement = "attendee"
                    yield Filler(entity, reading.span(mention), involvement, capacity)


def _joined(pair: Mention, reading: Reading) -> list[Filler]:
    """The countries that one word joins, or the name of a body: "the Iran-Japan talks"."""
    return [Filler(country, country.span) for country in reading.entities.pairs.get(key_of(pair), ())]


def _joined_subject(mention: Mention, slot: str, trigger: Mention, reading: Reading) -> Mention:
    """Who acts, where the actor next to a verb is whom another was just met with: "X met Y, held talks with Z"."""
    relative = reading.has_word("relative", trigger.sentence, mention.end, trigger.start)  # "met Y, who visits B"
    if slot not in ("a", "host", "guest") or mention.start >= trigger.start or relative:
        return mention
    for other in (t for t in reading.triggers[trigger.sentence] if t.end <= mention.start):
        met = {m.start for m in other.parts.get("b", ())}
        before = [m for m in other.parts.get("a", ()) if m.end <= other.start]
        if mention.start in met and before and trigger.start - mention.end <= 4:
            return before[0]
    return mention


def _all_around(trigger: Mention, reading: Reading) -> Iterator[Filler]:
    """Everybody in the sentence, where the rule says so; a speaker ("…, he said") is no side."""
    for mention in reading.of_kind(trigger.sentence, "person", "country", "organization"):
        entity = reading.entities.entity(mention)
        if entity is not None:
            yield Filler(entity, reading.span(mention))


def _is_goal(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a country is where another trigger's visit goes ("will visit Japan to hold talks with B"), no side."""
    visits = (t for t in reading.triggers[trigger.sentence] if t is not trigger and t.value.get("kind") == "visit")
    goals = {(m.start, m.end) for visit in visits for m in visit.parts.get("venue", ())}
    return mention.kind in ("country", "city") and (mention.start, mention.end) in goals


def _in_clause_before(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a country belongs to another clause: "landed in the north of Egypt, and held talks"."""
    listed = max((m.end for m in trigger.parts.get("a", ()) if m.end <= trigger.start), default=mention.end)
    tokens = reading.sentences[trigger.sentence].tokens[listed : trigger.start]
    words = reading.book.word_set("conjunction")
    return mention.kind == "country" and any(token.norm in words for token in tokens)


def _members(group: Mention, reading: Reading) -> list[Entity]:
    """Those whom the next sentences name of officials in the plural: "received five ambassadors. They are A of B …"."""
    heads = [head for role in group.parts.get("role", ()) for head in role.parts.get("head", ())]
    positions = {head.value.get("position") for head in heads if head.has("plural")} - {None, FORMER}
    found: list[Entity] = []
    for number in range(group.sentence + 1, len(reading.sentences)) if positions else ():
        listed = reading.sentences[number].tokens[0].norm == "-"
        if number > group.sentence + 2 and not listed:
            break
        for mention in reading.of_kind(number, "person"):
            entity = reading.entities.entity(mention)
            if entity is not None and (listed or positions & {role.position for role in entity.roles}):
                found.append(entity)
    return found if len(found) > 1 else []


def _leader(mention: Mention, reading: Reading) -> Entity | None:
    """Whom somebody accompanies: "Minister A, accompanied by B, met C" is a meeting of A."""
    leader = mention.part("leader")
    if (
        leader is None
        or leader.kind != "person"
        or reading.has_word("gen", leader.sentence, leader.end, leader.end + 1)
    ):
        return None  # "President A's envoy B" met C without A
    return reading.entities.entity(leader)


def _is_superior(person: Mention, trigger: Mention) -> bool:
    """Whether somebody only says whose the other is: "the envoy of President A" in "President A's envoy B met C"."""
    others = (m for parts in trigger.parts.values() for m in parts)
    return any((head := m.part("superior")) is not None and head.start == person.start for m in others)


def _is_aside(body: Mention, reading: Reading) -> bool:
    """Whether it stands in brackets, or is a body beside whose session somebody meets ("on the sidelines of X")."""
    words, before = reading.book.word_set("aside_word"), reading.sentences[body.sentence].tokens[: body.start]
    if before[-1:] and before[-1].norm == "(":
        return body.kind == "organization" or body.has("bare")
    return body.kind == "organization" and any(t.norm in words for t in before[-8:])


def _is_of_city(mention: Mention, reading: Reading) -> bool:
    """Whether a country only says where a city before it lies ("in Riga, Latvia")."""
    if mention.kind != "country":
        return False
    marks = reading.book.word_set("relative_close")
    parted = mention.start > 1 and reading.sentences[mention.sentence].tokens[mention.start - 1].norm in marks
    cities = [m for m in reading.of_kind(mention.sentence, "city") if m.end == mention.start - 1]
    return parted and any(country_of(city) == country_of(mention) for city in cities)


def _is_met_alone(slot: str, trigger: Mention, reading: Reading) -> bool:
    """Whether a slot holds one mention, of a side of a meeting whose other side is told, outside a headline."""
    others = _MEETERS & {name for name, parts in trigger.parts.items() if parts} - {slot}
    body = reading.sentences[trigger.sentence].zone != "title"
    before = find_subject(trigger, reading)[0]
    told = bool(others) or (before is not None and before.kind == "person")
    return body and slot in _MEETERS and told and len(trigger.parts[slot]) == 1


def _owns(country: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether a country only says whose a person of the same list is ("A of Chile"); that person is of it."""
    if country.kind != "country":
        return False
    tokens = reading.sentences[country.sentence].tokens
    links = reading.book.word_set("gen") | reading.book.word_set("own_of")
    for parts in trigger.parts.values():
        for person in (m for m in parts if m.kind == "person"):
            start, end = gap(country, person)
            between = [token.norm for token in tokens[start:end]]
            if between and len(between) <= 2 and between[0] in links:
                entity = reading.entities.entity(person)
                if entity is not None and entity.country in (None, country_of(country)):
                    entity.country, entity.assumed = country_of(country), False
                    return True
    return False


def _referent(
    mention: Mention, reading: Reading, focus: Entity | None, named: Sequence[Entity | None]
) -> Entity | None:
    """Whom a mention refers to; a pronoun to the subject before it or the person in focus, nobody `named` beside it."""
    if mention.kind != "pronoun":
        return reading.entities.entity(mention)
    if not mention.has("one"):
        return None
    before = [entity for entity in (subject_before(mention, reading), focus) if entity is not None]
    if mention.has("royal"):
        before = _royal(before) or _only(_royal(reading.entities.all)) or before
    return next((entity for entity in before if entity not in named), None)


def _royal(entities: Sequence[Entity]) -> list[Entity]:
    """Those who are addressed as highnesses."""
    return [entity for entity in entities if any(role.position in _HIGHNESSES for role in entity.roles)]


def _only(entities: list[Entity]) -> list[Entity]:
    return entities if len(entities) == 1 else []


def _add_subject(template: Template, trigger: Mention, reading: Reading, focus: Entity | None) -> None:
    """The side that the rule's own slots leave open: the subject of the sentence, else who was spoken of."""
    if any(slot in trigger.parts for slot in ("both", "participants")):
        return
    principals = template.principals()
    if not principals and not trigger.value.get("subject"):
        return
    filled = {slot for slot, parts in trigger.parts.items() if parts} - {"span"}
    closed = template.kind in ("visit", "conference", "signing") and not trigger.value.get("subject")
    if (len(principals) >= 2 and filled not in ({"b"}, {"host"})) or (closed and principals):
        return
    goal = any(_is_goal(m, trigger, reading) for m in trigger.parts.get("a", ()))
    if "a" in trigger.spans and "b" in trigger.spans and not goal:
        return
    entity, span = find_subject(trigger, reading)
    if entity is None and focus is not None and template.open and not _has_unread_subject(trigger, reading):
        entity, span = focus, reading.span(trigger)
    if entity is not None and span is not None and not template.has(entity):
        capacity = "guest" if template.kind == "visit" else None
        template.add(Filler(entity, span, capacity=capacity))
        for other, where in beside(span, trigger, reading):
            template.add(Filler(other, where, capacity=capacity))


def _told_at(trigger: Mention, reading: Reading) -> bool:
    """Whether something is told to have been said or done in or after a meeting, which then took place."""
    return reading.has_word("told_at", trigger.sentence, trigger.start - 2, trigger.start)


def _leaves_open(trigger: Mention, reading: Reading) -> bool:
    """Whether a sentence takes up somebody spoken of before as the side that it does not name: it opens with the
    meeting, or a word such as "his" stands before it. Where verbs need no subject every sentence may.
    """
    if not reading.book.word_set("own_word") or match_of(trigger)[0] <= _HEAD:
        return True
    before = (m for m in reading.mentions[trigger.sentence] if m.kind == "pronoun" and m.start < trigger.end)
    return any(m.has("one") for m in before) or reading.has_word("own_word", trigger.sentence, 0, trigger.end)


def _has_unread_subject(trigger: Mention, reading: Reading) -> bool:
    """Whether a rule that needs the subject of its own sentence finds there no word that takes up a person."""
    pronouns = [m for m in reading.mentions[trigger.sentence] if m.kind == "pronoun" and m.end <= trigger.start]
    return bool(trigger.value.get("subject")) and not pronouns and trigger.start > 1
