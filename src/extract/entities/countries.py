"""Countries of people whose office names none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.annotations import Mention
from extract.entities.roles import country_of

if TYPE_CHECKING:
    from extract.entities.linking import Entity


def settle_countries(entities: Sequence[Entity], mentions: Sequence[Sequence[Mention]], home: str | None) -> None:
    """Give people with an office of no stated country the one that they serve, where the article shows it."""
    lonely = [e for e in entities if e.kind in ("person", "office") and e.country is None and e.roles]
    lonely = [e for e in lonely if not any(role.international for role in e.roles)]
    free = _own_country(entities, mentions)
    for person in lonely:
        person.country = next(_fallbacks(person, home, free), None)


def _fallbacks(person: Entity, home: str | None, free: str | None) -> Iterator[str]:
    yield from (role.fallback_country for role in person.roles if role.fallback_country)
    if any(role.counterpart for role in person.roles):
        return
    if home:
        yield home
    yield from (role.given_country for role in person.roles if role.given_country)
    if free and not home:
        yield free


def _own_country(entities: Sequence[Entity], mentions: Sequence[Sequence[Mention]]) -> str | None:
    """The country that an article speaks of most and names its officials by least: its own readers know it."""
    counted = Counter(code for row in mentions for m in row if (code := _stands_for(m)))
    labelled = Counter(e.country for e in entities if e.kind in ("person", "office") and e.country and e.roles)
    scores = {code: count - 2 * labelled[code] for code, count in counted.items() if count > 1}
    return min(scores, key=lambda code: (-scores[code], code)) if scores else None


def _stands_for(mention: Mention) -> str | None:
    if mention.kind in ("country", "demonym") or (mention.kind == "city" and mention.has("capital")):
        return country_of(mention)
    return None
