"""The status of a meeting, from the cues around its trigger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import build_reading
from extract.meetings.status import WISH, resolve_status
from extract.rulebook.book import Rulebook


def status(book: Rulebook, text: str, trigger: int = 0) -> str:
    reading = build_reading(book, text)
    return resolve_status(reading.triggers[0][trigger], reading)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They [trigger=meeting met] .", "held", id="no-cue"),
        pytest.param("They [status=planned will] [trigger=meeting meet] .", "planned", id="plan"),
        pytest.param("The [trigger=meeting talks] were [status=cancelled cancelled] .", "cancelled", id="cancelled"),
        pytest.param("The [trigger=meeting talks] were [status=postponed put off] .", "postponed", id="postponed"),
        pytest.param("He [status=wish called for] [trigger=meeting talks] .", WISH, id="wish"),
        pytest.param("They are [status=ongoing now] holding [trigger=meeting talks] .", "ongoing", id="ongoing"),
        pytest.param("A [trigger=visit [status=planned planned] visit] began .", "planned", id="cue-inside"),
    ],
)
def test_a_cue_beside_the_trigger_gives_the_status(book: Rulebook, text: str, expected: str) -> None:
    assert status(book, text) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("planned", "cancelled", "cancelled"),
        ("cancelled", "planned", "cancelled"),
        ("planned", "postponed", "postponed"),
        ("planned", "wish", WISH),
        ("ongoing", "planned", "planned"),
        ("wish", "cancelled", "cancelled"),
    ],
)
def test_of_several_cues_the_one_that_undoes_most_decides(
    book: Rulebook, first: str, second: str, expected: str
) -> None:
    text = f"They [status={first} first] [status={second} second] [trigger=meeting meet] ."
    assert status(book, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "He [status=planned will] go far away and she said at home they [trigger=meeting met] .", id="far"
        ),
        pytest.param("He [status=planned will] go ; they [trigger=meeting met] .", id="other-clause"),
        pytest.param("The man who [status=planned will] go , while they [trigger=meeting met] .", id="clause-word"),
    ],
)
def test_a_cue_acts_within_its_clause_only(book: Rulebook, text: str) -> None:
    assert status(book, text) == "held"


def test_a_cue_does_not_act_across_another_trigger(book: Rulebook) -> None:
    text = "They [status=cancelled cancelled] the [trigger=meeting meeting] before the [trigger=call call] ."
    assert (status(book, text, 0), status(book, text, 1)) == ("cancelled", "held")


@pytest.mark.parametrize(
    ("side", "text", "expected"),
    [
        pytest.param("after", "They [status=cancelled undid] the [trigger=meeting talks] .", "cancelled", id="object"),
        pytest.param("after", "The [trigger=meeting talks] [status=cancelled undid] that .", "held", id="subject"),
        pytest.param("before", "The [trigger=meeting talks] [status=cancelled fell] .", "cancelled", id="fell"),
        pytest.param("before", "It [status=cancelled fell] by the [trigger=meeting talks] .", "held", id="fell-by"),
    ],
)
def test_a_cue_may_act_on_one_side_only(book: Rulebook, side: str, text: str, expected: str) -> None:
    """ "Refused" acts on the talks behind it, "was put off" on those before."""
    reading = build_reading(book, text)
    sided = [replace(cue, value={**cue.value, "acts_on": side}) for cue in reading.cues[0]]
    reading = replace(reading, cues=[sided])
    assert resolve_status(reading.triggers[0][0], reading)[0] == expected


def test_the_deciding_cue_is_returned_as_evidence(book: Rulebook) -> None:
    reading = build_reading(book, "They [status=planned will] [trigger=meeting meet] .")
    _, cue = resolve_status(reading.triggers[0][0], reading)
    assert cue is not None
    assert reading.words(cue) == "will"


def test_words_of_a_place_between_do_not_count_for_the_distance(book: Rulebook) -> None:
    text = "They [status=planned will] in [city=X/NO the old town of a b c d e f] [trigger=meeting meet] ."
    assert status(book, text) == "planned"
