"""People: names, offices, and which office stands with which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules, find_in_view, uncovered
from extract.rulebook.book import Rulebook
from extract.rulebook.view import build_view

_OF_SIDES = ("country", "leader", "superior")


def find_groups(sentence: Sentence, book: Rulebook, places: Sequence[Mention] = ()) -> list[Mention]:
    """Both sides, the two ministers and the like; and pronouns."""
    groups = find_by_rules(sentence, places, book, "people", "group")
    pronouns = find_by_rules(sentence, groups, book, "people", "pronoun")
    return [*groups, *pronouns]


def find_people(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """People of a sentence: named ones of kind `person`, those known by office alone of kind `office`.

    `mentions` holds places, bodies, times and the words of the lexicon (titles, portfolios, modifiers).
    """
    offices = [_typed(m, sentence) for m in find_by_rules(sentence, mentions, book, "people", "office")]
    known = [*uncovered(mentions, offices), *offices]
    settled = [m for m in known if m.kind not in ("portfolio", "office_modifier", "org_head")]
    fields = {token for m in known if m.kind in ("portfolio", "org_head") for token in range(m.start, m.end)}
    runs = [m for m in find_by_rules(sentence, settled, book, "people", "name") if not _within(m, fields)]
    names = [_told(m, sentence, offices, book) for m in runs]
    names = [name for name in names if not _opens_a_thing(name, sentence, settled, book)]
    parts = [*uncovered(settled, names), *names]
    view = build_view(sentence, parts)
    shared = find_in_view(view, book, "people", "joint") if len(names) > 1 else []
    several = [person for each in shared for person in part_people(each)]
    if shared:
        view = build_view(sentence, [*uncovered(parts, shared), *_taken(shared)])
    people = find_in_view(view, book, "people", "person")
    found = [*several, *map(_settled, people)]
    found.extend(_sharing(sentence, [*uncovered(parts, found), *found], book))
    return _with_sides(sentence, [*uncovered(parts, found), *found], found, book)


def _within(name: Mention, tokens: set[int]) -> bool:
    """Whether a name is made of words for fields and bodies alone."""
    return tokens.issuperset(range(name.start, name.end))


def _opens_a_thing(name: Mention, sentence: Sentence, known: Sequence[Mention], book: Rulebook) -> bool:
    """Whether the capitals go on behind a name with a word that no name holds: "Ramsar Wetland Award" is nobody."""
    following = sentence.tokens[name.end : name.end + 1]
    if not following or following[0].shape not in "cu" or sentence.zone == "title":
        return False
    part = following[0].norm in book.word_set("never_inside")
    return part and not any(m.start <= name.end < m.end for m in known)


def _told(name: Mention, sentence: Sentence, offices: Sequence[Mention], book: Rulebook) -> Mention:
    """A name; `full` where it has more than one word, `free` where no office stands before it."""
    courtesy, ends = book.word_set("honorific"), {office.end for office in offices}
    before = name.start
    while before not in ends and before > 0 and sentence.tokens[before - 1].norm in courtesy:
        before -= 1
    free = () if before in ends else ("free",)
    full = ("full",) if name.end - name.start > 1 else ()
    styled = {**name.spans, "styled": (before, name.end)}
    return replace(name, features=(*name.features, *full, *free), spans=styled)


def _settled(person: Mention) -> Mention:
    """A named person, or an office of one or more people; `visiting` where they are said to be."""
    visiting = ("visiting",) if "visiting" in person.spans else ()
    if person.has("named"):
        return replace(person, kind="person", features=(*person.features, *visiting))
    several = ("plural",) if any(office.has("plural") for office in person.parts.get("role", ())) else ()
    return replace(person, kind="office", features=(*person.features, *several, *visiting))


def part_people(joint: Mention) -> list[Mention]:
    """The people of a list, one mention each: every name with its own office, or all with one."""
    listed = [m for m in joint.parts.get("list", ()) if m.kind == "name"]
    names, offices = joint.parts.get("name", ()) or listed, joint.parts.get("role", ())
    if joint.has("paired"):
        pairs = zip(sorted(names, key=_start), sorted(offices, key=_start), strict=False)
        return [_person(joint, n, o, min(_styled(n), o.start), max(n.end, o.end)) for n, o in pairs]
    return _share_office(joint, names, offices[0] if offices else None)


def _styled(name: Mention) -> int:
    """Where a name begins with the forms of address before it."""
    return name.spans["styled"][0] if "styled" in name.spans else name.start


def _share_office(joint: Mention, names: Sequence[Mention], office: Mention | None) -> list[Mention]:
    """One person for each name; as many countries as names go to them one by one."""
    countries = _countries(joint, office)
    people = []
    for place, name in enumerate(names):
        own = countries[place] if len(countries) == len(names) else None
        role = replace(office, parts={**office.parts, "country": (own,)}) if own and office else office
        beside = own is not None and place > 0 and names[place - 1].end <= own.start < name.start
        start = joint.start if place == 0 else own.start if own and beside else name.start
        people.append(_person(joint, name, role, start, joint.end if place == len(names) - 1 else _end(name, own)))
    return people


def _end(name: Mention, own: Mention | None) -> int:
    """Where a name of a list ends with its country behind a comma: "A, of Chile, and B, of Peru"."""
    return own.end if own is not None and own.start > name.end + 1 else name.end


def _person(joint: Mention, name: Mention, role: Mention | None, start: int, end: int) -> Mention:
    spans, features = {"name": (name.start, name.end)}, ("named", "apposed")
    parts = (
        {slot: joint.parts[slot] for slot in ("org", "country") if slot in joint.parts}
        if role is None
        else {"role": (role,)}
    )
    return Mention("person", joint.sentence, start, end, joint.rule, features, joint.value, parts, spans)


def _start(mention: Mention) -> int:
    return mention.start


def _countries(joint: Mention, office: Mention | None) -> list[Mention]:
    """The countries of a joint office in order of the text, those of the office itself among them."""
    own = office.part("country") if office is not None else None
    listed = [m for m in joint.parts.get("list", ()) if m.kind == "country"]
    found = [m for m in (own, *joint.parts.get("each", ()), *listed) if m is not None]
    return sorted(found, key=_start)


def _sharing(sentence: Sentence, parts: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The other countries whose officials one plural names: "Kenyan and Turkish ministers" are two offices."""
    offices = []
    for match in find_by_rules(sentence, parts, book, "people", "shared"):
        for plural in match.parts.get("of", ()):
            for owner in match.parts.get("each", ()):
                roles = tuple(replace(r, parts={**r.parts, "country": (owner,)}) for r in plural.parts.get("role", ()))
                found = replace(plural, start=owner.start, end=owner.end, rule=match.rule, spans={})
                offices.append(replace(found, parts={"role": roles, "country": (owner,)}))
    return offices


def _with_sides(sentence: Sentence, parts: Sequence[Mention], people: list[Mention], book: Rulebook) -> list[Mention]:
    """The people, each with the country of the side that the sentence puts them on, or with whom they accompany."""
    named = [m for m in people if m.kind == "person" and m.part("country") is None]
    sides = find_by_rules(sentence, parts, book, "people", "side") if named else []
    told: dict[int, dict[str, tuple[Mention, ...]]] = {}
    for side in sides:
        for who in side.parts.get("who", ()):
            told[who.start] = {slot: side.parts[slot] for slot in _OF_SIDES if slot in side.parts}
    return [replace(m, parts={**told[m.start], **m.parts}) if m in named and m.start in told else m for m in people]


def _taken(shared: Sequence[Mention]) -> list[Mention]:
    """Cells that keep the rules for single people off the words of a joint office."""
    return [replace(each, kind="joint") for each in shared]


def _typed(office: Mention, sentence: Sentence) -> Mention:
    """An office with what patterns test: is its owner named, stands a country before it, does its title end open."""
    head, title = office.part("head"), office.spans.get("title")
    owned = ("owned",) if {"country", "org", "city"} & set(office.spans) else ()
    country = office.part("country")
    owners = [country, *(body for body in office.parts.get("org", ()) if body.parts.get("country"))]
    before = any(m is not None and head is not None and m.start < head.start for m in owners)
    national = ("national",) if before else ()
    behind = head is not None and title is not None and title[1] > head.end
    ends_open = ("open",) if behind and title and sentence.tokens[title[1] - 1].shape == "l" else ()
    return replace(office, features=(*owned, *national, *ends_open, *(head.features if head else ()), *office.features))
