"""The names of the world as entries of the lexicon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extract.rulebook.layers import Layers
from extract.rulebook.lexicon import Name
from extract.rulebook.world import City, World

Split = Callable[[str], tuple[str, ...]]


def world_names(world: World) -> tuple[Name, ...]:
    """One entry a name: countries, demonyms, cities, venues and bodies, in this order."""
    return tuple(
        Name(kind, words, _flagged(world, key, value), f"shared.{kind}")
        for kind, key, value in _entries(world)
        if (words := tuple(key.split()))  # keys are normal forms already
    )


def _entries(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for key, code in world.countries.items():
        city = world.cities.get(key)
        twin = {"twin": _city(city)} if city is not None and city.country != code and not city.region else {}
        yield "country", key, {"country": code, **twin}
    for key, code in world.demonyms.items():
        yield "demonym", key, {"country": code}
    for key, venue in world.venues.items():
        yield "venue", key, {"name": venue.name, "city": venue.city, "country": venue.country}
    for key, body in world.bodies.items():
        seat = {"seated_in": body.seat} if body.seat else {}
        yield "body", key, {"id": body.id, "name": body.name, "type": body.kind, "country": body.country, **seat}
    for key in sorted(world.decoys):
        yield "decoy", key, {}
    for key, city in world.cities.items():
        yield "city", key, _city(city)


def _city(city: City) -> dict[str, Any]:
    kind = "region" if city.region else "city"
    return {"name": city.name, "country": city.country, "capital": city.capital, "type": kind}


def _flagged(world: World, key: str, value: dict[str, Any]) -> Mapping[str, Any]:
    if key in world.uppercase:
        value["upper"] = True
    if key in world.doubtful:
        value["doubtful"] = True
    return value


def topic_names(rules: Layers, language: str, split: Split) -> tuple[Name, ...]:
    """The topics of the taxonomy under their names in one language."""
    topics = (rules.shared("topics") or {"topics": []})["topics"]
    return tuple(
        Name("topic", split(name), _topic(topic, name), "shared.topic")
        for topic in topics
        for name in topic["names"].get(language, ())
    )


def _topic(topic: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = {"id": topic["id"], "area": topic["area"]}
    return value | {"upper": True} if name.isupper() else value
