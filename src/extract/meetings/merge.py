"""One meeting, one template: joins what the article says of the same meeting in several places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extract.entities import Entity
from extract.meetings.status import NO_MEETING, OF_STATE, WISH
from extract.meetings.template import Decision, Filler, Place, Template

_LEAD = 2  # sentences between a meeting that is only alluded to and the sentence that names its sides
_NEAR = 6  # sentences between what is told of one conference
_ARRIVAL = 2  # days: one who came on Tuesday still visits the place on Thursday
_SPAN = timedelta(days=1)  # by which a day told again must be closer
_ENVOYS = frozenset({"ambassador", "diplomat"})
_TALKS = frozenset({"meeting", "call"})
_STRONGER = {"cancelled": 4, "postponed": 3, "held": 2, "ongoing": 1, "planned": 0}


def merge_templates(templates: Sequence[Template], decisions: list[Decision] | None = None) -> list[Template]:
    """Meetings of an article in order of their first mention; wishes and what has too few sides are left out.

    What was decided on each candidate is added to `decisions`.
    """
    noted: list[Decision] = [] if decisions is None else decisions
    kept: list[Template] = []
    for template in templates:
        fillers = tuple(template.participants)
        outcome, into = _place(template, kept)
        noted.append(Decision(template, outcome, fillers, into))
        if outcome == "kept":
            _take_up_before(template, noted)
    kept.extend(_led(noted))
    for template in kept:
        before = template.participants
        drop_represented(template)
        if dropped := tuple(filler for filler in before if filler not in template.participants):
            noted.append(Decision(template, "represented", dropped))
        if not has_enough_sides(template):
            noted.append(Decision(template, "few-sides-left", tuple(template.participants)))
    return sorted(
        (t for t in kept if has_enough_sides(t)), key=lambda t: (t.title and len(t.sentences) == 1, t.trigger.start)
    )


def _place(template: Template, kept: list[Template]) -> tuple[str, Template | None]:
    """Keep a candidate, join it to one that is kept, or leave it out; says which, and what it joined."""
    if template.status in (WISH, NO_MEETING) or (template.kind, template.status) == ("conference", "cancelled"):
        return "wish", None  # who stays away does not cancel a conference
    if template.refers or not template.participants:
        into = _absorb_reference(template, kept)
        if into is None and not template.refers and (sides := _sides_before(template, kept)):
            template.participants = [Filler(entity, template.trigger) for entity in sides]
            kept.append(template)
            return "kept", None
        template.refers = True
        return ("taken-up", into) if into else ("no-antecedent", None)
    if template.title and (told := _told_in_parts(template, kept)) is not None:
        _note_mention(told, template)
        return "same", told
    if (same := _same_meeting(template, kept)) is not None:
        absorb(same, template)
        return "same", same
    if template.title and (told := _named_in_headline(template, kept)) is not None:
        absorb(told, template)
        return "same", told
    if (opened := _as_conference(template, kept)) is not None:
        absorb(opened, template)
        return "same", opened
    if not has_enough_sides(template):
        if (wider := _joins(template, kept)) is not None:
            absorb(wider, template)
            return "joined", wider
        return "few-sides", None
    if not _is_sure(template) or not _is_official(template):
        return "unsure", None
    if template.further:
        _follow(template, kept)
    kept.append(template)
    return "kept", None


def _led(noted: list[Decision]) -> list[Template]:
    """A session of which the article names only who headed the delegations: those are its sides."""
    open_ones = [(n, d.template) for n, d in enumerate(noted) if d.outcome == "no-antecedent"]
    led = [t for _, t in open_ones if any(e.kind == "person" for e in t.principals())]
    people = [e for t in led for e in t.principals() if e.kind == "person"]
    if len({e.country for e in people if e.country}) < 2 or led[-1].sentence - led[0].sentence > _LEAD:
        return []
    near = [(n, t) for n, t in open_ones if -_LEAD <= t.sentence - led[0].sentence <= _LEAD and not t.title]
    first = near[0][1]
    first.kind, first.refers = first.kind or "meeting", False
    for number, template in near[1:]:
        absorb(first, template)
        noted[number] = Decision(template, "taken-up", tuple(template.participants), first)
    noted[near[0][0]] = Decision(first, "kept", tuple(first.participants))
    return [first]


def _sides_before(template: Template, kept: Sequence[Template]) -> list[Entity]:
    """Whom "the two ministers" are, where they meet apart from what was told of them before: a signing, a plan."""
    if template.kind not in _TALKS or template.status not in ("held", "planned"):
        return []
    pairs = [people for k in kept if len(people := [e for e in k.principals() if e.kind == "person"]) == 2]
    return pairs[-1] if pairs else []


def _absorb_reference(template: Template, kept: Sequence[Template]) -> Template | None:
    """The last meeting spoken of is "the meeting"; who attended it joins it.

    What "the two" did on another day than is told or planned is a meeting of its own.
    """
    fitting = [k for k in kept if not template.kind or k.kind == template.kind or {k.kind, template.kind} <= _TALKS]
    if not template.refers:
        fitting = [k for k in fitting if not _apart(template, k) or _may_coincide(template, k)]
    before = [k for k in fitting if min(abs(s - template.sentence) for s in k.sentences) <= 8] or fitting
    talks = [k for k in before if k.kind in _TALKS] or before
    if not talks:
        return None
    latest = max(talks, key=lambda k: (max(s for s in k.sentences), k.trigger.start))
    if latest.kind == "visit" and not template.kind and not template.participants:
        _note_mention(latest, template)  # "came to attend the meeting": its day and place are not the visit's
    else:
        absorb(latest, template)
    return latest


def _take_up_before(template: Template, noted: list[Decision]) -> None:
    """A lead may speak of "a meeting in Tokyo" before the next sentences say whose it was."""
    for number, decision in enumerate(noted):
        early = decision.template
        near = 0 < template.sentence - early.sentence <= _LEAD
        of_visit = decision.into is not None and decision.into.kind == "visit" and template.kind in _TALKS
        free = decision.outcome == "no-antecedent" or (of_visit and decision.outcome == "taken-up")
        if free and near and (not early.kind or early.kind == template.kind):
            absorb(template, early)
            noted[number] = Decision(early, "taken-up", decision.fillers, template)


def _same_meeting(template: Template, kept: Sequence[Template]) -> Template | None:
    for known in reversed(kept):
        loose = template.weak or template.title or any(e.kind == "office" for e in template.principals())
        loose = loose or template.soft or known.soft
        if template.further and not known.further:
            continue  # "After that, A and B held an enlarged meeting"
        alike = known.kind == template.kind or (loose and {known.kind, template.kind} <= _TALKS)
        if alike and _same_sides(template, known) and _may_coincide(template, known):
            return known
    return None


def _follow(template: Template, kept: Sequence[Template]) -> None:
    """What followed a meeting of the same sides took place there and then, if nothing else is said."""
    before = [k for k in kept if k.kind in _TALKS and _same_sides(template, k)]
    if before:
        template.when = template.when or before[-1].when
        template.place = template.place or before[-1].place


def _told_in_parts(template: Template, kept: Sequence[Template]) -> Template | None:
    """The first of several meetings that a headline tells as one: all of its sides take part in one or the other."""
    sides = template.principals()
    parts = [k for k in kept if k.kind in _TALKS and any(k.has(e) or _stands_in(e, k) for e in sides)]
    whole = all(any(k.has(e) or _stands_in(e, k) for k in parts) for e in sides)
    return parts[0] if template.kind in _TALKS and len(sides) > 2 and len(parts) > 1 and whole else None


def _named_in_headline(template: Template, kept: Sequence[Template]) -> Template | None:
    """The meeting whose one side the text has by office only, and the headline by name: "PM calls Ana Ruiz"."""
    for known in (k for k in kept if {k.kind, template.kind} <= _TALKS):
        shared = [e for e in template.principals() if known.has(e)]
        named = [e for e in template.principals() if e not in shared and e.kind == "person" and not e.roles]
        offices = [e for e in known.principals() if e not in shared and e.kind == "office" and not e.plural]
        if len(shared) == len(named) == len(offices) == 1 and len(template.principals()) == 2:
            person, office = named[0], offices[0]
            if person.country in (None, office.country):
                person.roles.extend(office.roles)
                person.country = office.country
                return known
    return None


def _note_mention(target: Template, template: Template) -> None:
    """Note the sentence of a mention that adds nobody."""
    target.sentences |= template.sentences


def _joins(template: Template, kept: Sequence[Template]) -> Template | None:
    """The meeting just spoken of that one more person joins: who chaired it, or who stands for one of its countries."""
    people = [e for e in template.principals() if e.kind == "person"]
    if not people or template.kind not in _TALKS:
        return None
    near = [k for k in kept if k.kind in _TALKS and 0 <= template.sentence - max(k.sentences) <= 3]
    for known in reversed(near):
        if all(
            known.has(p) or any(e.kind == "country" and e.country == p.country for e in known.principals())
            for p in people
        ):
            return known
    return None


def _same_sides(one: Template, other: Template) -> bool:
    """Whether all sides of one take part in the other; a country is present in its people."""
    a, b = one.principals(), other.principals()
    if one.kind in ("visit", "conference"):
        return any(other.has(e) or _stands_in(e, other) for e in a) or any(one.has(e) or _stands_in(e, one) for e in b)
    return all(other.has(e) or _stands_in(e, other) for e in a) or all(one.has(e) or _stands_in(e, one) for e in b)


def _stands_in(entity: Entity, template: Template) -> bool:
    """Whether somebody known by office only may be one of those who take part."""
    return entity.kind == "office" and any(p.country == entity.country and p.country for p in template.principals())


def _may_coincide(one: Template, other: Template) -> bool:
    if one.kind == "visit" and one.place and other.place and one.place.country != other.place.country:
        return False
    if one.status != other.status and "planned" in (one.status, other.status) and "held" in (one.status, other.status):
        held, planned = (one, other) if one.status == "held" else (other, one)
        if _dates(one) is None or _dates(other) is None:
            return not _has_others(held, planned)
        return not _apart(one, other)
    return not _apart(one, other, _ARRIVAL if one.kind == "visit" else 0)


def _has_others(held: Template, planned: Template) -> bool:
    """Whether a third person was there already: "A will meet B … A and B met C"."""
    people = [e for e in planned.principals() if e.kind == "person"]
    return len(people) > 1 and any(e.kind == "person" and not planned.has(e) for e in held.principals())


def _dates(template: Template) -> tuple[date, date] | None:
    if template.when is None:
        return None
    value = template.when.value
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    return (start, end) if start and end else None


def _is_closer(template: Template, target: Template) -> bool:
    """Whether a day is told more closely than before: "will come next week … His visit on Tuesday"."""
    new, old = _dates(template), _dates(target)
    if template.weak or template.kind != target.kind or new is None or old is None:
        return False
    return old[0] <= new[0] and new[1] <= old[1] and new[1] - new[0] < old[1] - old[0] - _SPAN


def _apart(one: Template, other: Template, days: int = 0) -> bool:
    """Whether both have dates, and more than some days lie between those."""
    a, b = _dates(one), _dates(other)
    return bool(a and b and max((b[0] - a[1]).days, (a[0] - b[1]).days) > days)


def absorb(target: Template, template: Template) -> None:
    """Add what a later mention of the same meeting says."""
    for filler in template.participants:
        target.add(filler)
    if not template.weak and target.when is None and template.when is not None:
        target.when = template.when
        target.borrowed = template.status != "planned" if template.refers else not template.participants
    elif target.when is not None and template.when is not None and _is_closer(template, target):
        target.when = template.when
    near = target.kind != "visit" or template.sentence - max(target.sentences) <= _LEAD
    city = near and template.place is not None and template.place.city and _lies_in(template.place, target.place)
    if target.place is None or (target.place.city is None and city):
        target.place = template.place or target.place
    told = template.status != "held" or not (template.refers or template.title or template.weak)
    aim = target.status_span is not None and target.status_span.start == target.trigger.start  # "came for talks"
    dated_plan = target.status == "planned" and target.when is not None and template.when is None and not aim
    if target.passing and not template.passing and template.kind == target.kind:
        target.status, target.status_span = template.status, template.status_span
    target.passing = target.passing and template.passing
    told = told and not template.passing and not (template.bare and template.status_span is None)
    talks_over = target.status == "ongoing" and target.kind == "meeting"
    if template.over and (target.status == "planned" or talks_over):
        target.status, target.status_span = "held", template.trigger
    told = told and not (dated_plan and template.status in ("held", "ongoing"))
    if target.sentence == template.sentence and target.status_span is not None and template.status_span is None:
        told = False  # "will host B for talks": the verb says what is to come of the talks
    if template.kind and told and _STRONGER[template.status] > _STRONGER[target.status]:
        target.status, target.status_span = template.status, template.status_span
    if template.title and {target.kind, template.kind} == _TALKS:
        target.kind = template.kind  # "spoke with" is of a call or a meeting; the headline says which
    target.sentences |= template.sentences
    target.title = target.title and template.title
    if target.soft and not template.soft and {target.kind, template.kind} <= _TALKS and not template.refers:
        target.kind = template.kind  # "discussed" leaves open what "in a phone call" says
    target.soft = target.soft and (template.soft or template.refers)


def _lies_in(city: Place, known: Place | None) -> bool:
    """Whether a city may be that of a place of which the country is known."""
    return known is None or known.country in (None, city.country)


def has_enough_sides(template: Template) -> bool:
    """A meeting, call or signing needs two sides, or one and somebody who attends or whose office alone is told, of a
    country that nobody names; a visit or a conference needs one.

    What a country visits is no event.
    """
    sides = template.principals()
    alone = template.alone == template.kind and not template.title
    if template.kind in ("visit", "conference") or alone:
        return len(sides) > 1 or any(e.kind != "country" for e in sides)
    met = {f.capacity for f in template.participants if f.involvement == "principal"}
    attended = any(f.involvement == "attendee" and f.entity.kind == "person" for f in template.participants)
    attended = attended or (template.unnamed and any(e.kind == "person" and e.roles for e in sides))
    return len(sides) + attended * bool(sides) >= 2 and not (
        met == {"guest"} and all(e.kind != "person" for e in sides)
    )


def _as_conference(template: Template, kept: Sequence[Template]) -> Template | None:
    """Make a conference of a summit that one side only opens; the one just spoken of, where it opens that."""
    if not template.alone or template.alone == template.kind or has_enough_sides(template) or not _is_session(template):
        return None
    template.kind = "conference"
    near = [k for k in kept if k.kind == "conference" and 0 <= template.sentence - max(k.sentences) <= _NEAR]
    return next((k for k in reversed(near) if _may_coincide(template, k)), None) if template.alone != "body" else None


def _is_session(template: Template) -> bool:
    """Whether what only one side is named of is a conference: a summit that somebody opens, or that a body holds."""
    sides = template.principals()
    if template.alone == "body":
        return any(e.kind == "organization" and e.body and e.country is None for e in sides)
    return any(e.kind in ("person", "organization") for e in sides)


def _is_official(template: Template) -> bool:
    """Whether somebody on it holds an office or stands for a country or a body; private people meet too."""
    return any(e.kind != "person" or e.roles or e.country for e in template.principals())


def _is_sure(template: Template) -> bool:
    """Whether a weak trigger has people of two countries, a visitor or a counterpart, and a summons an envoy."""
    if template.envoy:
        return any(role.position in _ENVOYS for e in template.principals() for role in e.roles)
    sides = template.principals()
    people = [e for e in sides if e.kind == "person"]
    countries = {e.country for e in people or sides if e.country and (e in people or e.plural)}
    told_apart = any(e.visiting or any(role.counterpart for role in e.roles) for e in people)
    return not template.weak or len(countries) > 1 or (len(people) > 1 and told_apart)


def drop_represented(template: Template) -> None:
    """Leave out countries, bodies and offices where somebody is named who stands for them."""
    people = [entity for entity in template.principals() if entity.kind == "person"]
    countries = {person.country for person in people if person.country}
    bodies = {role.organization for person in people for role in person.roles if role.organization}

    def stays(filler: Filler) -> bool:
        entity = filler.entity
        if entity.kind == "person":
            return True
        if entity.kind == "organization" and template.session:
            return True
        if entity.kind == "organization" and (entity.name in bodies or any(n in bodies for n in entity.aliases)):
            return False
        if entity.kind == "organization":
            return not (entity.government and entity.country in countries)
        return entity.country is not None and entity.country not in countries

    lone = [e for e in template.principals() if e.kind == "office" and e.country is None and not e.plural]
    template.unnamed = template.by_office and any(r.position in OF_STATE for e in lone for r in e.roles)
    template.participants = [filler for filler in template.participants if stays(filler)]
