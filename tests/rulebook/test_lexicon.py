"""The gazetteer: names of one or more words, longest first."""

from __future__ import annotations

import pytest

from extract.rulebook.lexicon import Name, build_lexicon

GUINEA = Name("country", ("guinea",), {"country": "GN"}, "a")
BISSAU = Name("country", ("guinea", "bissau"), {"country": "GW"}, "a")
GUINEA_CITY = Name("city", ("guinea",), {}, "a")
LEXICON = build_lexicon([GUINEA, BISSAU, GUINEA_CITY])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in guinea", [(1, 2, "country"), (1, 2, "city")]),
        ("guinea bissau", [(0, 2, "country"), (0, 1, "city")]),
        ("guinea and bissau", [(0, 1, "country"), (0, 1, "city")]),
        ("bissau", []),
        ("", []),
    ],
)
def test_the_longest_name_of_each_kind_is_found(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(hit.start, hit.end, hit.name.kind) for hit in LEXICON.find(text.split())] == expected


def test_names_are_sought_only_where_they_may_start() -> None:
    assert [hit.start for hit in LEXICON.find(["guinea", "guinea"], lambda place: place == 1)] == [1, 1]


def test_of_two_names_alike_the_first_given_stays() -> None:
    other = Name("country", ("guinea",), {"country": "XX"}, "b")
    (hit,) = build_lexicon([GUINEA, other]).find(["guinea"])
    assert hit.name.value == {"country": "GN"}


def test_a_name_without_words_is_never_found() -> None:
    assert build_lexicon([Name("city", (), {}, "a")]).find(["x"]) == []
