"""The names of the world, and the shared files that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycountry
import pytest

from extract.rulebook.load import read_yaml
from extract.rulebook.location import default_rules
from extract.rulebook.world import KOSOVO, World, load_world
from extract.values.normal import normal_form

FOLD = str.maketrans({"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
RULES = default_rules()
LANGUAGES = ("en", "ar")
CODES = {country.alpha_2 for country in pycountry.countries} | {KOSOVO}


def fold(text: str) -> str:
    return normal_form(text, FOLD)


def shared(name: str) -> Any:
    return read_yaml(RULES / "shared" / f"{name}.yaml")


@pytest.fixture(scope="module")
def en() -> World:
    return load_world(RULES, "en", fold)


@pytest.fixture(scope="module")
def ar() -> World:
    return load_world(RULES, "ar", fold)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Georgia", "GE"),
        ("Jordan", "JO"),
        ("Chad", "TD"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Congo", "CD"),
        ("DR Congo", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Republic of the Congo", "CG"),
        ("Congo-Brazzaville", "CG"),
        ("Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("ROK", "KR"),
        ("DPRK", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("U.S.", "US"),
        ("United States of America", "US"),
        ("UAE", "AE"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Czech Republic", "CZ"),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Burma", "MM"),
        ("Macedonia", "MK"),
        ("Palestine", "PS"),
        ("Holy See", "VA"),
        ("Soviet Union", "RU"),
        ("Kosovo", "XK"),
        ("Norway", "NO"),
        ("Trinidad and Tobago", "TT"),
        ("Sao Tome and Principe", "ST"),
    ],
)
def test_country_in_english(en: World, name: str, code: str) -> None:
    assert en.countries[fold(name)] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("American", "US"),
        ("British", "GB"),
        ("Dutch", "NL"),
        ("Emirati", "AE"),
        ("South Korean", "KR"),
        ("North Koreans", "KP"),
        ("Iranians", "IR"),
        ("Sudanese", "SD"),
        ("South Sudanese", "SS"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("Filipino", "PH"),
        ("Swiss", "CH"),
        ("Burkinabé", "BF"),
        ("Turkish Cypriot", "CY"),
        ("Irish", "IE"),
    ],
)
def test_demonym_in_english(en: World, name: str, code: str) -> None:
    assert en.demonyms[fold(name)] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("السعودية", "SA", id="saudi-arabia"),
        pytest.param("المملكة العربية السعودية", "SA", id="saudi-arabia-long"),
        pytest.param("كوريا الجنوبية", "KR", id="south-korea"),
        pytest.param("كوريا الشمالية", "KP", id="north-korea"),
        pytest.param("الإمارات", "AE", id="emirates"),
        pytest.param("الامارات العربية المتحدة", "AE", id="emirates-without-hamza"),
        pytest.param("الولايات المتحدة", "US", id="united-states"),
        pytest.param("أميركا", "US", id="america"),
        pytest.param("سورية", "SY", id="syria-ta-marbuta"),
        pytest.param("جنوب السودان", "SS", id="south-sudan"),
        pytest.param("ليبيا", "LY", id="libya"),
        pytest.param("غينيا بيساو", "GW", id="guinea-bissau"),
    ],
)
def test_country_in_arabic(ar: World, name: str, code: str) -> None:
    assert ar.countries[fold(name)] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("الأميركي", "US", id="american"),
        pytest.param("الأمريكية", "US", id="american-feminine"),
        pytest.param("الياباني", "JP", id="japanese"),
        pytest.param("يابانية", "JP", id="japanese-indefinite-feminine"),
        pytest.param("اليابانيون", "JP", id="japanese-plural"),
        pytest.param("اليابانيين", "JP", id="japanese-oblique"),
        pytest.param("الكوري الجنوبي", "KR", id="south-korean"),
        pytest.param("الكورية الشمالية", "KP", id="north-korean-feminine"),
        pytest.param("الأتراك", "TR", id="turks"),
        pytest.param("إماراتي", "AE", id="emirati"),
        pytest.param("الجنوب أفريقي", "ZA", id="south-african"),
    ],
)
def test_demonym_in_arabic(ar: World, name: str, code: str) -> None:
    assert ar.demonyms[fold(name)] == code


@pytest.mark.parametrize(
    ("name", "shown", "country", "capital"),
    [
        ("Kiev", "Kyiv", "UA", True),
        ("Washington, D.C.", "Washington", "US", True),
        ("Naypyidaw", "Nay Pyi Taw", "MM", True),
        ("Pyongyang", "Pyongyang", "KP", True),
        ("Birmingham", "Birmingham", "GB", False),
        ("Tripoli", "Tripoli", "LY", True),
        ("Nanning", "Nanning", "CN", False),
        ("Busan", "Busan", "KR", False),
        ("Hasakah", "Hasakah", "SY", False),
    ],
)
def test_city_in_english(en: World, name: str, shown: str, country: str, capital: bool) -> None:
    city = en.cities[fold(name)]
    assert (city.name, city.country, city.capital, city.region) == (shown, country, capital, False)


@pytest.mark.parametrize("name", ["Mary", "Martin", "Bush", "Hassan", "Of", "Reading"])
def test_words_and_surnames_are_no_cities(en: World, name: str) -> None:
    assert fold(name) not in en.cities


@pytest.mark.parametrize(
    ("name", "country"), [("Cornwall", "GB"), ("Crimea", "UA"), ("Gaza", "PS"), ("Xinjiang", "CN")]
)
def test_region(en: World, name: str, country: str) -> None:
    city = en.cities[fold(name)]
    assert (city.country, city.region) == (country, True)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        pytest.param("طوكيو", "JP", id="tokyo"),
        pytest.param("بروكسل", "BE", id="brussels"),
        pytest.param("عمان", "JO", id="amman"),
        pytest.param("تطاوين", "TN", id="tataouine"),
        pytest.param("ينبع", "SA", id="yanbu"),
    ],
)
def test_city_in_arabic(ar: World, name: str, country: str) -> None:
    assert ar.cities[fold(name)].country == country


def test_population_is_known(en: World) -> None:
    assert en.cities["tokyo"].population > 5_000_000


def test_country_and_city_of_one_spelling(ar: World) -> None:
    assert ar.countries[fold("عُمان")] == "OM"
    assert fold("عمّان") in ar.doubtful


@pytest.mark.parametrize(
    ("name", "city", "country"),
    [
        ("White House", "Washington", "US"),
        ("Kremlin", "Moscow", "RU"),
        ("Élysée", "Paris", "FR"),
        ("Camp David", None, "US"),
    ],
)
def test_venue_in_english(en: World, name: str, city: str | None, country: str) -> None:
    venue = en.venues[fold(name)]
    assert (venue.city, venue.country) == (city, country)


def test_venue_in_arabic_has_its_city_in_arabic(ar: World) -> None:
    assert ar.venues[fold("البيت الأبيض")].city == "واشنطن"


def test_body(en: World, ar: World) -> None:
    assert en.bodies["gcc"].id == ar.bodies[fold("مجلس التعاون الخليجي")].id == "gcc"
    assert (en.bodies["gcc"].name, en.bodies["gcc"].acronym) == ("Gulf Cooperation Council", "GCC")
    assert en.bodies["hamas"].country == "PS"


@pytest.mark.parametrize(
    ("text", "accepted"), [("US", True), ("us", False), ("WHO", True), ("who", False), ("Nato", True), ("Japan", True)]
)
def test_acronyms_need_capitals(en: World, text: str, accepted: bool) -> None:
    assert en.accepts(fold(text), text) is accepted


def test_decoys(en: World) -> None:
    assert "latin america" in en.decoys


def test_language_that_only_the_libraries_know() -> None:
    world = load_world(RULES, "fr", fold)
    assert world.countries["allemagne"] == "DE"
    assert world.demonyms == {}


def test_language_that_nobody_knows() -> None:
    assert load_world(RULES, "zzz", fold).demonyms == {}


@pytest.mark.parametrize(("file", "key"), [("topics", "topics"), ("bodies", "bodies"), ("positions", "positions")])
def test_ids_are_unique(file: str, key: str) -> None:
    ids = [entry["id"] for entry in shared(file)[key]]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize(("file", "key"), [("topics", "topics"), ("bodies", "bodies"), ("venues", "venues")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_named(file: str, key: str, language: str) -> None:
    assert [entry for entry in shared(file)[key] if not entry["names"].get(language)] == []


def surfaces(file: str, language: str) -> Iterator[tuple[str, str]]:
    """Pairs of a written name and what it stands for."""
    data = shared(file)
    if file == "countries":
        for code, entry in data["countries"].items():
            yield from ((name, code) for name in entry.get("names", {}).get(language, ()))
    elif file == "cities":
        places = [*data["capitals"].values()]
        places += [entry for group in ("cities", "regions") for entries in data[group].values() for entry in entries]
        for entry in places:
            yield from ((name, entry["en"][0]) for name in entry.get(language, ()))
    else:
        for entry in data[file]:
            names = [*entry["names"].get(language, ()), *entry.get("acronym", ())]
            yield from ((name, entry.get("id", entry["names"]["en"][0])) for name in names)


@pytest.mark.parametrize("file", ["topics", "bodies", "venues", "countries", "cities"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_stands_in_one_place(file: str, language: str) -> None:
    meanings: dict[str, set[str]] = {}
    written: list[str] = []
    for name, meaning in surfaces(file, language):
        written.append(name)
        meanings.setdefault(fold(name), set()).add(meaning)
    assert {key: ids for key, ids in meanings.items() if len(ids) > 1} == {}
    assert len(set(written)) == len(written)


def test_codes_are_countries(en: World, ar: World) -> None:
    codes = set(shared("countries")["countries"]) | {entry["country"] for entry in shared("venues")["venues"]}
    for world in (en, ar):
        codes |= {*world.countries.values(), *world.demonyms.values()}
        codes |= {city.country for city in world.cities.values()}
        codes |= {body.country for body in world.bodies.values() if body.country}
    assert codes - CODES == set()


def test_values_are_of_the_declared_kinds() -> None:
    topics, bodies = shared("topics"), shared("bodies")
    assert {topic["area"] for topic in topics["topics"]} <= set(topics["areas"])
    assert {body["kind"] for body in bodies["bodies"]} <= set(bodies["kinds"])


def test_venues_refer_to_known_cities() -> None:
    known = {meaning for _, meaning in surfaces("cities", "en")}
    assert {entry["city"] for entry in shared("venues")["venues"]} - known == {None}


def test_every_state_has_an_english_demonym() -> None:
    """Save two that share theirs with a larger neighbor: Congolese is of Kinshasa, Dominican of the republic."""
    listed = shared("countries")["countries"]
    capitals = shared("cities")["capitals"]
    assert {code for code in capitals if "en" not in listed[code].get("demonyms", {})} == {"CG", "DM"}


def test_generated_file_is_in_order() -> None:
    lines = Path(RULES / "shared" / "cities.generated.tsv").read_text(encoding="utf-8").splitlines()
    populations = [int(line.split("\t")[2]) for line in lines]
    assert len(lines) > 5_000
    assert populations == sorted(populations, reverse=True)
