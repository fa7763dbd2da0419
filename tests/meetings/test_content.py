"""Which meeting a topic or an action belongs to."""

from __future__ import annotations

import pytest

from builders import build_reading
from extract.meetings.arguments import fill_templates
from extract.meetings.content import fill_content
from extract.meetings.merge import merge_templates
from extract.meetings.template import Template
from extract.rulebook.book import Rulebook

FIRST = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=NO Bo Lind] ."
SECOND = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=FI Cy Moe] ."


def fill(book: Rulebook, *sentences: str, title: str | None = None) -> list[Template]:
    reading = build_reading(book, *sentences, title=title)
    templates = merge_templates(fill_templates(reading))
    fill_content(templates, reading)
    return templates


def topics(templates: list[Template]) -> list[list[str]]:
    return [[phrase.text for phrase in template.topics] for template in templates]


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        pytest.param("[group They] discussed [topic=x trade] .", [[], ["trade"]], id="the-last-spoken-of"),
        pytest.param("[person=NO Bo Lind] raised [topic=x trade] .", [["trade"], []], id="the-speakers-own"),
        pytest.param("[person=SE Di Berg] raised [topic=x trade] .", [[], []], id="a-stranger-s-none"),
        pytest.param("[country=BR Brazil] praised [topic=x trade] .", [[], []], id="a-country-not-there"),
    ],
)
def test_the_meeting_of_a_sentence_without_trigger(third: str, expected: list[list[str]], book: Rulebook) -> None:
    assert topics(fill(book, FIRST, SECOND, third)) == expected


RECALLED = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=FI Cy Moe] in [time=2026-08 August] ."


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param("[person=ES Ana Ruiz] raised [topic=x trade] .", [["trade"], []], id="back-to-the-news"),
        pytest.param("They discussed [topic=x trade] .", [[], ["trade"]], id="goes-on-about-what-is-recalled"),
    ],
)
def test_what_is_said_after_a_recalled_meeting(after: str, expected: list[list[str]], book: Rulebook) -> None:
    assert topics(fill(book, FIRST, RECALLED, after)) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param("talk", [["tents"]], id="not-beside-what-was-discussed"),
        pytest.param("said", [["tents", "trade"]], id="beside-what-was-stressed"),
    ],
)
def test_what_was_praised(kind: str, expected: list[list[str]], book: Rulebook) -> None:
    praised = "[person=NO Bo Lind] praised [topic.said.polite=x trade] ."
    assert topics(fill(book, FIRST, praised, f"They discussed [topic.{kind}=x tents] .")) == expected


def test_what_will_be_discussed_is_of_the_meeting_to_come(book: Rulebook) -> None:
    planned = "[a:person=ES Ana Ruiz] will [trigger=meeting meet] [b:person=NO Bo Lind] ."
    ahead = "[person=ES Ana Ruiz] will discuss [topic.talk.to_come=x trade] ."
    reading = build_reading(book, planned, SECOND, ahead)
    first, second = merge_templates(fill_templates(reading))
    first.status = "planned"
    fill_content([first, second], reading)
    assert topics([first, second]) == [["trade"], []]


def test_the_sentence_of_the_trigger_goes_first(book: Rulebook) -> None:
    here = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=NO Bo Lind] on [topic=x trade] ."
    assert topics(fill(book, here, SECOND)) == [["trade"], []]


def test_what_is_said_before_the_meeting_is_told_belongs_to_it(book: Rulebook) -> None:
    assert topics(fill(book, "[person=NO Bo Lind] raised [topic=x trade] .", FIRST)) == [["trade"]]


def test_the_headline_speaks_of_the_first_meeting(book: Rulebook) -> None:
    assert topics(fill(book, FIRST, title="Talks on [topic=x trade]")) == [["trade"]]


def test_the_longer_of_two_topics_stays(book: Rulebook) -> None:
    said = "[person=NO Bo Lind] raised [topic=x trade] , then [topic=x trade in rice] ."
    assert topics(fill(book, FIRST, said)) == [["trade in rice"]]


def test_both_sides_are_party_to_what_was_agreed_and_the_speaker_to_what_was_proposed(book: Rulebook) -> None:
    agreed = "[group They] agreed to [action.agreed=establish open a school] ."
    proposed = "[person=NO Bo Lind] offered to [action.proposed=train train pilots] ."
    (template,) = fill(book, FIRST, agreed, proposed)
    assert [(a.text, set(a.parties)) for a in template.agreed] == [("open a school", {"ES", "NO"})]
    assert [(p.text, p.parties) for p in template.proposed] == [("train pilots", ("NO",))]


def test_a_signed_document_belongs_to_the_signing(book: Rulebook) -> None:
    signing = "[a:country=ES Spain] and [b:country=NO Norway] [trigger=signing signed] [action.agreed=sign a pact] ."
    templates = fill(book, FIRST, signing)
    assert [[a.text for a in t.agreed] for t in templates if t.kind == "signing"] == [["a pact"]]
