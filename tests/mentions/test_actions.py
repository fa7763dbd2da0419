"""English actions: what the sides agreed and what one side proposed, as the shipped rules read it."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import Article

AGREED, PROPOSED = "agreed", "proposed"
CASES = [
    ("agreed-to", "They agreed to build a bridge.", [(AGREED, "build a bridge")]),
    ("agreed-on-a-day", "They agreed on Monday to build a bridge.", [(AGREED, "build a bridge")]),
    ("impersonal", "It was decided to build a bridge.", [(AGREED, "build a bridge")]),
    (
        "two-deeds",
        "They agreed to build a bridge and to open a school.",
        [(AGREED, "build a bridge"), (AGREED, "open a school")],
    ),
    ("directed", "The two presidents directed their ministers to draft a treaty.", [(AGREED, "draft a treaty")]),
    ("pair-of-verbs", "They agreed to build and repair bridges.", [(AGREED, "build and repair bridges")]),
    ("pair-of-nouns", "They agreed to send tents and boats.", [(AGREED, "send tents and boats")]),
    ("agreed-that", "They agreed that a bridge will be built.", [(AGREED, "a bridge will be built")]),
    ("agreed-on", "They agreed on a joint fishing season.", [(AGREED, "a joint fishing season")]),
    ("both-will", "The two sides will jointly patrol the strait.", [(AGREED, "jointly patrol the strait")]),
    ("renewed-together", "They reaffirmed their commitment to protect whales.", [(AGREED, "protect whales")]),
    ("signed", "They signed a contract for gas.", [(AGREED, "a contract for gas")]),
    ("was-signed", "A contract for gas was signed.", [(AGREED, "A contract for gas")]),
    ("urged", "He urged Japan to send boats.", [(PROPOSED, "send boats")]),
    ("invited", "She invited him to visit Oslo.", [(PROPOSED, "visit Oslo")]),
    ("offered", "She offered to train pilots.", [(PROPOSED, "train pilots")]),
    ("proposed-that", "She proposed that a bridge be built.", [(PROPOSED, "a bridge be built")]),
    ("asked-for", "He asked for lower port fees.", [(PROPOSED, "lower port fees")]),
    ("ready", "Japan is willing to send boats.", [(PROPOSED, "send boats")]),
    ("should", "The two countries should open a school.", [(PROPOSED, "open a school")]),
    ("one-breath", "He urged Japan to send boats and train pilots.", [(PROPOSED, "send boats and train pilots")]),
    ("ends-at-an-adjunct", "They agreed to build a bridge during talks in Oslo.", [(AGREED, "build a bridge")]),
    ("ends-at-hearsay", "They agreed to build a bridge, local media reported.", [(AGREED, "build a bridge")]),
    ("denied", "They did not agree to anything.", []),
    ("greetings", "She offered hearty congratulations.", []),
    ("asked-a-question", "He was asked.", []),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_actions(text: str, expected: list[tuple[str, str]]) -> None:
    reading = shipped().analyze(Article("case", text, language="en"), dismiss=False).reading
    assert reading is not None
    assert [(action.features[0], reading.words(action)) for action in reading.actions[0]] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("They agreed to set up a joint fund.", "establish", id="establish"),
        pytest.param("They signed a contract for gas.", "sign", id="sign"),
        pytest.param("She invited him to visit Oslo.", "visit", id="visit"),
        pytest.param("They agreed to paint a bridge.", "other", id="other"),
    ],
)
def test_the_verb_tells_the_type(text: str, kind: str) -> None:
    reading = shipped().analyze(Article("case", text, language="en"), dismiss=False).reading
    assert reading is not None
    assert [action.value for action in reading.actions[0]] == [kind]
