"""People: names, offices, and which office stands with which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules, uncovered
from extract.rulebook.book import Rulebook


def find_groups(sentence: Sentence, book: Rulebook) -> list[Mention]:
    """Both sides, the two ministers and the like; and pronouns."""
    groups = find_by_rules(sentence, (), book, "people", "group")
    pronouns = find_by_rules(sentence, groups, book, "people", "pronoun")
    return [*groups, *pronouns]


def find_people(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """People of a sentence: named ones of kind `person`, those known by office alone of kind `office`.

    `mentions` holds places, bodies, times and the words of the lexicon (titles, portfolios, modifiers).
    """
    offices = [_typed(office) for office in find_by_rules(sentence, mentions, book, "people", "office")]
    known = [*uncovered(mentions, offices), *offices]
    settled = [m for m in known if m.kind not in ("portfolio", "office_modifier", "org_head")]
    names = find_by_rules(sentence, settled, book, "people", "name")
    parts = [*uncovered(settled, names), *names]
    joint = [m for m in parts if m.kind == "office" and m.has("plural")]
    shared = find_by_rules(sentence, parts, book, "people", "joint") if joint and len(names) > 1 else []
    several = [person for each in shared for person in share_office(each)]
    people = find_by_rules(sentence, [*uncovered(parts, shared), *_taken(shared)], book, "people", "person")
    single = [replace(person, kind="person" if person.has("named") else "office") for person in people]
    return [*several, *single]


def share_office(joint: Mention) -> list[Mention]:
    """One person for each name of a joint office; as many countries as names go to them one by one."""
    names, office = joint.parts.get("name", ()), joint.part("role")
    countries = _countries(joint)
    if not names or office is None:
        return []
    people = []
    for place, name in enumerate(names):
        own = countries[place] if len(countries) == len(names) else None
        parts = {**office.parts, "country": (own,)} if own else office.parts
        role = replace(office, parts=parts)
        start = min(joint.start, name.start) if place == 0 else name.start
        spans = {"name": (name.start, name.end)}
        end = max(name.end, joint.end) if place == len(names) - 1 else name.end
        people.append(
            Mention("person", joint.sentence, start, end, joint.rule, ("named",), joint.value, {"role": (role,)}, spans)
        )
    return people


def _countries(joint: Mention) -> list[Mention]:
    """The countries of a joint office in order of the text, those of the office itself among them."""
    office = joint.part("role")
    own = [office.part("country")] if office else []
    found = [m for m in (*own, *joint.parts.get("each", ())) if m is not None]
    return sorted(found, key=lambda m: m.start)


def _taken(shared: Sequence[Mention]) -> list[Mention]:
    """Cells that keep the rules for single people off the words of a joint office."""
    return [replace(each, kind="joint") for each in shared]


def _typed(office: Mention) -> Mention:
    head = office.part("head")
    owned = ("owned",) if {"country", "org", "city"} & set(office.spans) else ()
    return replace(office, features=(*owned, *(head.features if head else ()), *office.features))
