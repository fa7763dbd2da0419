"""Words that join countries: which they are, and the talks and bodies that these have together."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import compose_article
from extract.meetings.reading import Reading


def _analyze(text: str) -> Reading | None:
    # An article without any meeting is put aside unread.
    return shipped().analyze(compose_article("a", f"{text} Ana Ruiz and Bo Lind held talks.", language="en")).reading


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        pytest.param("Iran-Japan trade rose.", [("Iran", "Japan")], id="names"),
        pytest.param("The Sino-Russian border is long.", [("China", "Russia")], id="part-of-a-name"),
        pytest.param("The Turkmen-Uzbek canal is new.", [("Turkmenistan", "Uzbekistan")], id="adjectives"),
        pytest.param("The Iran-Japan Joint Commission is new.", [("Iran", "Japan")], id="in-the-name-of-a-body"),
        pytest.param("The Iran-South Korea trade rose.", [("Iran", "South Korea")], id="two-words-behind"),
        pytest.param("Saudi Arabia-Iran trade rose.", [("Saudi Arabia", "Iran")], id="two-words-before"),
        pytest.param("The U.S.-led force left.", [], id="a-compound"),
        pytest.param("The Iran-Iran match ended.", [], id="one-country-twice"),
    ],
)
def test_countries_that_a_word_joins(text: str, sides: list[tuple[str, ...]]) -> None:
    reading = _analyze(text)
    assert reading is not None
    assert [tuple(e.name for e in pair) for pair in reading.entities.pairs.values()] == sides


def test_joined_countries_take_part_in_their_talks() -> None:
    text = "A new round of Iran-Japan talks was held in Oslo on Monday."
    record = shipped()(compose_article("a", text, language="en"))
    assert [[p.country for p in m.participants] for m in record.meetings] == [["IR", "JP"]]
