"""Sides known by office only: the country or the body that the office is of takes part, a mere group does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention
from extract.entities import country_of
from extract.meetings.reading import Reading
from extract.meetings.template import Filler, Template

_OTHERWISE = (".city", ".demonym")  # rules that read a country by its capital or its adjective


def name_by_country(templates: Sequence[Template], reading: Reading) -> None:
    """Call a side of which only an office is known ("the Fijian minister") by the country or body that it stands for.

    The words of the office become an alias. A country is called as the article calls it, in full; one that it names by
    its adjective, its initials ("US") or its capital alone as is usual.
    """
    names = _country_names(reading)
    usual = reading.book.country_names
    for template in templates:
        for place, filler in enumerate(template.participants):
            entity = filler.entity
            code = str(entity.country)
            short = entity.kind == "country" and (_is_short(entity.name) or entity.span.rule.endswith(_OTHERWISE))
            name = names.get(code) or usual.get(code) if short or entity.kind == "office" else None
            if name is not None and name != entity.name:
                aliases = [entity.name, *(alias for alias in entity.aliases if alias != entity.name)]
                template.participants[place] = replace(filler, entity=replace(entity, name=name, aliases=aliases))
        template.participants = _once(template.participants)


def leave_out_groups(templates: Sequence[Template]) -> None:
    """Leave out those met as a group of whom nobody is named ("security officials"): the meeting stays."""
    for template in templates:
        template.participants = [filler for filler in template.participants if not filler.entity.unlisted]


def _once(fillers: Sequence[Filler]) -> list[Filler]:
    """Without the countries that already take part by an office."""
    kept: list[Filler] = []
    for filler in fillers:
        entity = filler.entity
        alike = (f.entity for f in kept if {f.entity.kind, entity.kind} <= {"country", "office"})
        if entity.country is None or all(other.country != entity.country for other in alike):
            kept.append(filler)
    return kept


def _country_names(reading: Reading) -> dict[str, str]:
    """The first full name that the article has for each country, in the body rather than the headline."""
    names: dict[str, str] = {}
    order = sorted(range(len(reading.sentences)), key=lambda i: (reading.sentences[i].zone == "title", i))
    for number in order:
        for mention in _countries(number, reading):
            if not _is_short(words := reading.words(mention)):
                names.setdefault(str(country_of(mention)), words)
    return names


def _is_short(name: str) -> bool:
    """Whether a name is initials or cut short: "US", "S. Korea"."""
    return name.isupper() or "." in name


def _countries(number: int, reading: Reading) -> list[Mention]:
    """The countries of a sentence, those inside offices and names among them."""
    found: list[Mention] = []
    for mention in reading.mentions[number]:
        inside = [part for role in mention.parts.get("role", ()) for part in role.parts.get("country", ())]
        beside = [part for slot in ("country", "own") for part in mention.parts.get(slot, ())]
        found.extend(m for m in (mention, *beside, *inside) if m.kind == "country")
    return found
