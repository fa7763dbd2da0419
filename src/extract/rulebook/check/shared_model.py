"""What each file under `shared/` may hold, in pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, RootModel

from extract.rulebook.model import Listed, Strict

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]
Names = dict[Language, Listed]


class _Country(Strict):
    names: Names = Field(default_factory=dict)
    demonyms: Names = Field(default_factory=dict)
    people: Names = Field(default_factory=dict)


class _Countries(Strict):
    forms: Names
    stop: Names
    doubtful: Names
    decoys: Names
    countries: dict[Code, _Country]


class _Build(Strict):
    population: dict[str, int]


class _Cities(Strict):
    build: _Build
    letters: dict[Language, str]
    stop: Names
    least: dict[Language, int]
    shortest: dict[Language, int]
    near: dict[Language, list[Code]]
    doubtful: Names
    doubtful_below: dict[Language, int]
    capitals: dict[Code, Names]
    cities: dict[Code, list[Names]]
    regions: dict[Code, list[Names]]


class _Venue(Strict):
    names: Names
    city: str | None
    country: Code | None


class _Venues(Strict):
    venues: list[_Venue]


class _Seat(Strict):
    city: str
    country: Code


class _Body(Strict):
    id: Id
    kind: str
    names: Names
    acronym: Listed = ()
    country: Code | None = None
    seat: _Seat | None = None


class _Bodies(Strict):
    kinds: list[str]
    bodies: list[_Body]


class _Topic(Strict):
    id: Id
    area: str
    names: Names


class _Topics(Strict):
    areas: list[str]
    topics: list[_Topic]


class _Position(Strict):
    id: Id
    means: str


class _Positions(Strict):
    positions: list[_Position]


class _Offices(Strict):
    demote: dict[str, str]
    alike: dict[str, str]
    affiliation: dict[str, str]
    no_office: dict[str, list[Code]]
    seats: list[str]
    sends: list[str]
    regime_not_in: dict[str, list[Code]]
    regime_only_in: dict[str, list[Code]]


class _Coding(Strict):
    cameo: str
    plover: str


MODELS: Mapping[str, Any] = {
    "bodies": _Bodies,
    "cities": _Cities,
    "codes": RootModel[dict[str, _Coding]],
    "countries": _Countries,
    "offices": _Offices,
    "positions": _Positions,
    "topics": _Topics,
    "venues": _Venues,
}
