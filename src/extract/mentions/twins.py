"""Names that are both a country and a city of another country: which one an article speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention

_PLACES = ("country", "demonym", "city", "venue")


def settle_twins(mentions: Sequence[list[Mention]], home: str | None) -> list[list[Mention]]:
    """Take a country for the city of the same name where the article speaks more of the country of that city.

    `home` is the country of the dateline.
    """
    twins = [m for row in mentions for m in row if _twin(m)]
    if not twins:
        return list(mentions)
    told = Counter(code for row in mentions for m in row for code in _countries(m))
    told.update([home] if home else [])
    cities = {id(m) for m in twins if told[_twin(m)["country"]] > told[m.value["country"]]}
    return [[_as_city(m) if id(m) in cities else m for m in row] for row in mentions]


def has_twins(mentions: Sequence[Mention]) -> bool:
    """Whether one of some mentions is such a name."""
    return any(_twin(mention) for mention in mentions)


def _twin(mention: Mention) -> dict[str, str]:
    found: dict[str, str] = mention.value.get("twin") or {} if mention.kind == "country" else {}
    return found


def _countries(mention: Mention) -> list[str]:
    """The countries that a mention, or a part of it, speaks of beyond doubt."""
    if mention.kind in _PLACES:
        return [] if _twin(mention) else [str(mention.value.get("country"))]
    return [code for parts in mention.parts.values() for part in parts for code in _countries(part)]


def _as_city(mention: Mention) -> Mention:
    twin = _twin(mention)
    features = ("city", "capital") if twin.get("capital") else ("city",)
    return replace(mention, kind="city", rule="shared.city", features=(*mention.features, *features), value=twin)
