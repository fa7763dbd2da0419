"""Names of places and bodies in an English sentence: what counts as one, and what only looks like it."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import compose_article


def mentions(text: str, *kinds: str) -> list[str]:
    """The words of the mentions of some kinds in the first sentence, those inside people and offices not counted."""
    # An article without any meeting is put aside unread.
    article = compose_article("a", f"{text} Ana Ruiz and Bo Lind held talks.", language="en")
    reading = shipped().analyze(article).reading
    assert reading is not None
    return [reading.words(m) for m in reading.mentions[0] if m.kind in kinds]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param("Talks began between Iran and Japan.", ["Iran", "Japan"], id="names"),
        pytest.param("The U.S. and the UK agreed.", ["U.S.", "UK"], id="acronyms"),
        pytest.param("They asked us to come.", [], id="a-pronoun-is-no-country"),
        pytest.param("He came from Guinea-Bissau.", ["Guinea-Bissau"], id="the-longer-name"),
        pytest.param("Turkey and Türkiye are one.", ["Turkey", "Türkiye"], id="two-names"),
        pytest.param("They ate turkey.", [], id="lower-case"),
    ],
)
def test_countries(text: str, countries: list[str]) -> None:
    assert mentions(text, "country") == countries


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        pytest.param("They met in Tokyo.", ["Tokyo"], id="city"),
        pytest.param("They met in New York.", ["New York"], id="two-words"),
        pytest.param("He found it nice.", [], id="an-ordinary-word"),
    ],
)
def test_cities(text: str, cities: list[str]) -> None:
    assert mentions(text, "city") == cities


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        pytest.param("The Ministry of Energy replied.", ["Ministry of Energy"], id="ministry"),
        pytest.param("The European Union replied.", ["European Union"], id="known-body"),
        pytest.param("The WHO replied.", ["WHO"], id="acronym"),
        pytest.param("Who replied?", [], id="a-question-is-no-body"),
    ],
)
def test_bodies(text: str, bodies: list[str]) -> None:
    found = mentions(text, "organization")
    assert [name.removeprefix("The ") for name in found] == bodies


def test_a_pair_of_countries_is_neither_person_nor_place() -> None:
    assert mentions("The Iran-Japan talks began.", "person", "country", "city") == []
