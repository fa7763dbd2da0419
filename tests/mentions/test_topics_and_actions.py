"""What talks were about, what was agreed and what was proposed, through the shipped English rules."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import compose_article
from extract.schema import Meeting

MET = "Spanish Foreign Minister Ana Ruiz met Norwegian Prime Minister Bo Lind in Oslo."


def meeting(second: str) -> Meeting:
    (found,) = shipped()(compose_article("a", f"{MET} {second}", language="en")).meetings
    return found


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param("They discussed trade.", ["trade"], id="one"),
        pytest.param("They discussed trade, energy and water.", ["trade", "energy", "water"], id="list"),
        pytest.param("They discussed science and technology.", ["science and technology"], id="pair"),
        pytest.param("The talks focused on fisheries.", ["fisheries"], id="focused-on"),
        pytest.param("They discussed ways to strengthen cooperation in tourism.", ["tourism"], id="head-says-nothing"),
        pytest.param("They discussed trade during a dinner.", ["trade"], id="ends-with-its-clause"),
        pytest.param("They discussed issues of mutual interest.", [], id="says-nothing"),
        pytest.param("They did not discuss trade.", [], id="negated"),
    ],
)
def test_what_they_talked_about(text: str, topics: list[str]) -> None:
    assert [topic.text for topic in meeting(text).topics] == topics


@pytest.mark.parametrize(
    ("words", "id"),
    [("artificial intelligence", "artificial-intelligence"), ("AI", "artificial-intelligence"), ("marzipan", None)],
)
def test_a_topic_has_its_place_in_the_taxonomy(words: str, id: str | None) -> None:
    (topic,) = meeting(f"They discussed {words}.").topics
    assert (topic.text, topic.id) == (words, id)


@pytest.mark.parametrize(
    ("text", "action", "type"),
    [
        ("They agreed to establish a joint commission.", "establish a joint commission", "establish"),
        ("The two sides agreed to expand cooperation in energy.", "expand cooperation in energy", "cooperate"),
        ("They signed a memorandum of understanding on tourism.", "a memorandum of understanding on tourism", "sign"),
    ],
)
def test_what_was_agreed(text: str, action: str, type: str) -> None:
    found = meeting(text)
    assert [(a.text, a.type, a.parties) for a in found.agreed_actions] == [(action, type, ("ES", "NO"))]
    assert found.proposed_actions == ()


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Ruiz proposed to build a bridge.", "build a bridge"),
        ("Ruiz urged Norway to build a bridge.", "build a bridge"),
        ("Ruiz invited Lind to visit Madrid.", "visit Madrid"),
    ],
)
def test_what_was_proposed_and_by_whom(text: str, action: str) -> None:
    found = meeting(text)
    assert [(a.text, a.parties) for a in found.proposed_actions] == [(action, ("ES",))]
    assert found.agreed_actions == ()


@pytest.mark.parametrize("text", ["They have not agreed to build a bridge.", "They failed to agree on a bridge."])
def test_what_was_not_agreed_is_no_action(text: str) -> None:
    assert meeting(text).agreed_actions == ()


def test_the_same_action_told_twice_is_one() -> None:
    text = "They agreed to establish a commission. The two sides agreed to establish a commission on trade."
    assert [a.text for a in meeting(text).agreed_actions] == ["establish a commission on trade"]
