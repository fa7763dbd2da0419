"""Names of people: whether two of them name the same person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.names import Likeness, compare_names, name_words

PARTICLES = frozenset({"al", "bin", "de", "van"})


def likeness(one: str, other: str) -> Likeness:
    return compare_names(name_words(one.lower().split(), PARTICLES), name_words(other.lower().split(), PARTICLES))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("ana ruiz", ("ana", "ruiz"), id="plain"),
        pytest.param("ana de ruiz", ("ana", "ruiz"), id="particle"),
        pytest.param("john q. adams", ("john", "adams"), id="initial"),
        pytest.param("lee jong-ho", ("lee", "jong", "ho"), id="hyphen"),
        pytest.param("ana , ruiz", ("ana", "ruiz"), id="mark"),
        pytest.param("al", ("al",), id="nothing-but-a-particle"),
    ],
)
def test_words_of_a_name_that_count(words: str, expected: tuple[str, ...]) -> None:
    assert name_words(words.split(), PARTICLES) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ana Ruiz", "Ana Ruiz", id="equal"),
        pytest.param("Tako Imagawa", "Imagawa Tako", id="order"),
        pytest.param("Lee Jong-ho", "Lee Jong ho", id="hyphen"),
        pytest.param("Saud al Faisal", "Saud Faisal", id="particle"),
        pytest.param("John Q. Adams", "John Adams", id="initial"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert likeness(one, other) is Likeness.SAME


@pytest.mark.parametrize(
    ("part", "full"), [("Ruiz", "Ana Maria Ruiz"), ("Ana", "Ana Maria Ruiz"), ("Ana Ruiz", "Ana Maria Ruiz")]
)
def test_the_first_or_last_word_stands_for_the_name(part: str, full: str) -> None:
    assert likeness(part, full) is Likeness.PART


def test_a_middle_name_alone_does_not_stand_for_the_name() -> None:
    assert likeness("Maria", "Ana Maria Ruiz") is Likeness.NONE


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sattar Hashemi", "Sattar Hashimi"), ("Chitsaz", "Ehsan Chitzaz"), ("Ana Tsukada", "Ana Tsukuda")],
)
def test_a_slip_of_the_pen_is_seen_as_such(one: str, other: str) -> None:
    assert likeness(one, other) is Likeness.MISSPELLED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ana Ruiz", "Bo Lind", id="nothing-shared"),
        pytest.param("Ana Ruiz", "Eva Ruiz", id="only-the-surname-shared"),
        pytest.param("Kim", "Lim", id="short-names-are-not-misspellings"),
        pytest.param("Lee Min", "Lee Jin", id="short-second-names"),
        pytest.param("Ana Hassan", "Ana Nassan", id="another-first-letter"),
        pytest.param("Nawaf al Ahmad al Sabah", "Sabah al Ahmad al Sabah", id="a-word-twice"),
        pytest.param("", "Ana Ruiz", id="empty"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert likeness(one, other) is Likeness.NONE


_NAMES = st.lists(st.text(alphabet="abcdefgh", min_size=2, max_size=8), min_size=1, max_size=4).map(tuple)


@given(_NAMES, _NAMES)
def test_likeness_does_not_depend_on_the_order(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert compare_names(one, other) is compare_names(other, one)


@given(_NAMES)
def test_every_name_is_like_itself(name: tuple[str, ...]) -> None:
    assert compare_names(name, name) is Likeness.SAME
