"""A coordination is split into its members, by the rules of a stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import build_book, build_marked, build_sentence
from extract.rulebook.book import Rulebook
from extract.rulebook.coordination import split_coordination

RULES = """
words:
  list_mark: [","]
  conjunction: [and]
rules:
  - {id: xx.topics.parting, finds: parting, about: These part always, pattern: ';'}
  - {id: xx.topics.joint, finds: joint, about: A phrase of its own begins, pattern: 'cut:(and) (the|ways)'}
  - {id: xx.topics.whole, finds: whole, about: Places are one matter, pattern: '<city> , <city> [,] and <city>'}
"""


@pytest.fixture(scope="module")
def topics(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """A rule book with the marks and conjunctions of lists."""
    folder: Path = tmp_path_factory.mktemp("topics")
    return build_book(folder, topics=RULES)


def members(text: str, book: Rulebook) -> list[str]:
    sentence, mentions, _ = build_marked(text)
    words = [token.text for token in sentence.tokens]
    return [" ".join(words[a:b]) for a, b in split_coordination(sentence, (0, len(words)), mentions, book, "topics")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("trade", ["trade"], id="one"),
        pytest.param("trade, energy and water", ["trade", "energy", "water"], id="list"),
        pytest.param("trade, energy, and water", ["trade", "energy", "water"], id="comma-before-and"),
        pytest.param("trade; energy", ["trade", "energy"], id="parting-mark"),
        pytest.param("science and technology", ["science and technology"], id="pair-of-words"),
        pytest.param("trade and the war", ["trade", "the war"], id="and-before-an-article"),
        pytest.param("oil and ways to sell it", ["oil", "ways to sell it"], id="and-before-a-new-phrase"),
        pytest.param("the centre (labs, schools), trade", ["the centre ( labs , schools )", "trade"], id="brackets"),
        pytest.param(
            'the "One Lake, One Port" plan, trade', ['the " One Lake , One Port " plan', "trade"], id="quoted"
        ),
        pytest.param("roads to [city A], [city B] and [city C]", ["roads to A , B and C"], id="one-matter"),
    ],
)
def test_members(text: str, expected: list[str], topics: Rulebook) -> None:
    assert members(text, topics) == expected


@pytest.mark.parametrize("text", ["trade, energy and water", "a and the b, c", ", trade", "trade ,", "and", ""])
def test_no_word_but_marks_and_conjunctions_is_lost(text: str, topics: Rulebook) -> None:
    kept = " ".join(members(text, topics)).split()
    given = [token.text for token in build_sentence(text).tokens]
    assert [word for word in kept if word not in (",", "and")] == [word for word in given if word not in (",", "and")]
