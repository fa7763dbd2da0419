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
    people = find_by_rules(sentence, parts, book, "people", "person")
    return [replace(person, kind="person" if person.has("named") else "office") for person in people]


def _typed(office: Mention) -> Mention:
    head = office.part("head")
    owned = ("owned",) if "country" in office.spans or "org" in office.spans else ()
    return replace(office, features=(*owned, *(head.features if head else ())))
