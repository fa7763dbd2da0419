"""Which mentions are one person, one body, one country: short English articles, read to their entities."""

from __future__ import annotations

from datetime import date

import pytest

from builders import shipped
from extract.article import compose_article
from extract.entities import Entity

MET = "Spanish Foreign Minister Ana Ruiz met Norwegian Prime Minister Bo Lind in Oslo on Monday."


def entities(text: str, title: str | None = None) -> list[Entity]:
    article = compose_article("a", text, title=title, language="en", published=date(2026, 11, 17))
    reading = shipped().analyze(article).reading
    assert reading is not None
    return list(reading.entities.all)


def people(text: str, title: str | None = None) -> dict[str, str | None]:
    return {e.name: e.country for e in entities(text, title) if e.kind == "person"}


def aliases(text: str, name: str) -> list[str]:
    return next(e.aliases for e in entities(text) if e.name == name)


@pytest.mark.parametrize(
    ("second", "alias"),
    [
        pytest.param("Ruiz thanked Norway.", "Ruiz", id="surname"),
        pytest.param("Ms. Ruiz thanked Norway.", "Ruiz", id="honorific-and-surname"),
        pytest.param("The Spanish minister thanked Norway.", "The Spanish minister", id="office-with-country"),
        pytest.param("The foreign minister thanked Norway.", "The foreign minister", id="office"),
    ],
)
def test_another_way_of_naming_is_an_alias(second: str, alias: str) -> None:
    assert alias in aliases(f"{MET} {second}", "Ana Ruiz")
    assert people(f"{MET} {second}") == {"Ana Ruiz": "ES", "Bo Lind": "NO"}


def test_the_fullest_form_is_the_name() -> None:
    text = f"{MET} Ana Maria Ruiz also visited a school."
    assert "Ana Maria Ruiz" in people(text)
    assert "Ana Ruiz" in aliases(text, "Ana Maria Ruiz")


def test_a_headline_names_nobody_new() -> None:
    assert people(MET, title="Ruiz meets Lind") == people(MET)


def test_two_people_of_one_surname_stay_two() -> None:
    text = f"{MET} Spanish Energy Minister Eva Ruiz met Norwegian Energy Minister Siv Dahl."
    assert set(people(text)) == {"Ana Ruiz", "Bo Lind", "Eva Ruiz", "Siv Dahl"}


def test_a_misspelled_name_is_the_same_person_and_is_told() -> None:
    text = "Spanish Foreign Minister Ana Ruizonda met Norwegian Prime Minister Bo Lind. Ruizanda thanked Lind."
    (person,) = (e for e in entities(text) if e.name == "Ana Ruizonda")
    assert [name for name, _ in person.misspelled] == ["Ruizanda"]


def test_a_counterpart_holds_the_same_office() -> None:
    text = "Spanish Foreign Minister Ana Ruiz met her Norwegian counterpart Bo Lind in Oslo."
    (person,) = (e for e in entities(text) if e.name == "Bo Lind")
    assert [role.position for role in person.roles] == ["minister"]


@pytest.mark.parametrize(
    ("text", "name", "country", "position"),
    [
        ("South Korea's ambassador to Iran Kim Junpyo met Ana Ruiz.", "Kim Junpyo", "KR", "ambassador"),
        ("Ana Ruiz, the Spanish ambassador to Norway, met Bo Lind.", "Ana Ruiz", "ES", "ambassador"),
        ("Deputy Prime Minister of Norway Bo Lind met Ana Ruiz.", "Bo Lind", "NO", "deputy_head_of_government"),
        ("Mayor of Oslo Bo Lind met Ana Ruiz.", "Bo Lind", "NO", "mayor"),
        ("Former Norwegian President Bo Lind met Ana Ruiz.", "Bo Lind", "NO", "official"),
        ("King Harald V of Norway met Ana Ruiz.", "Harald V", "NO", "head_of_state"),
        ("Norwegian Crown Prince Haakon met Ana Ruiz.", "Haakon", "NO", "royal"),
    ],
)
def test_an_office_gives_position_and_country(text: str, name: str, country: str, position: str) -> None:
    (person,) = (e for e in entities(text) if e.name == name)
    assert (person.country, person.roles[0].position) == (country, position)


def test_two_offices_of_one_person_are_two_roles() -> None:
    text = "Ana Ruiz, the Spanish deputy prime minister and minister of finance, met Bo Lind."
    (person,) = (e for e in entities(text) if e.name == "Ana Ruiz")
    assert [role.position for role in person.roles] == ["deputy_head_of_government", "minister"]


@pytest.mark.parametrize("again", ["The Internet Agency met them.", "The NIA met them."])
def test_a_body_and_its_acronym_are_one(again: str) -> None:
    text = f"Spanish Foreign Minister Ana Ruiz met the National Internet Agency (NIA) in Oslo. {again}"
    names = [e.name for e in entities(text) if e.kind == "organization"]
    assert any("National Internet Agency" in name for name in names)
    assert "NIA" not in names


def test_a_country_named_twice_is_one() -> None:
    text = "Spain and Norway held talks in Oslo. Spain thanked Norway."
    assert [e.country for e in entities(text) if e.kind == "country"].count("ES") == 1


def test_every_name_is_written_so_in_the_article() -> None:
    for entity in entities(MET):
        assert MET[entity.span.start : entity.span.end] == entity.name
