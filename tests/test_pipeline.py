"""The whole way, from article to record, on articles of two sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import shipped
from extract import Article, Record, load_pipeline
from extract.article import compose_article
from extract.errors import RuleError
from extract.schema import Meeting

Pipeline = Callable[[Article], Record]
MONDAY = date(2026, 11, 16)
MET = "Spanish Foreign Minister Ana Ruiz met her Norwegian counterpart Bo Lind in Oslo on Monday."


def article(text: str, published: date | None = MONDAY, title: str | None = None, source: str | None = None) -> Article:
    return compose_article("a", text, title=title, language="en", published=published, source=source)


def meetings(text: str, published: date | None = MONDAY) -> tuple[Meeting, ...]:
    return shipped()(article(text, published)).meetings


def people(meeting: Meeting) -> dict[str, str | None]:
    return {p.name: p.country for p in meeting.participants if p.type == "person"}


# ---- one sentence, all fields ----


def test_who() -> None:
    (meeting,) = meetings(MET)
    assert people(meeting) == {"Ana Ruiz": "ES", "Bo Lind": "NO"}
    assert [role.position for p in meeting.participants for role in p.roles] == ["minister", "minister"]


def test_where() -> None:
    (meeting,) = meetings(MET)
    assert meeting.venue is not None
    assert (meeting.venue.city, meeting.venue.country, meeting.venue.mode) == ("Oslo", "NO", "in_person")


@pytest.mark.parametrize(
    ("published", "timex", "start"),
    [
        pytest.param(MONDAY, "2026-11-16", MONDAY, id="anchored"),
        pytest.param(date(2026, 11, 18), "2026-11-16", MONDAY, id="two-days-later"),
        pytest.param(None, "XXXX-WXX-1", None, id="no-anchor"),
    ],
)
def test_when(published: date | None, timex: str, start: date | None) -> None:
    (meeting,) = meetings(MET, published)
    assert meeting.date is not None
    assert (meeting.date.timex, meeting.date.start) == (timex, start)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        pytest.param(MET, "meeting", "held", id="held"),
        pytest.param(MET.replace("met", "will meet"), "meeting", "planned", id="planned"),
        pytest.param(
            "Spanish Foreign Minister Ana Ruiz spoke by phone with her Norwegian counterpart Bo Lind on Monday.",
            "call",
            "held",
            id="call",
        ),
        pytest.param("Spanish Foreign Minister Ana Ruiz visited Oslo in March.", "visit", "held", id="visit"),
    ],
)
def test_kind_and_status(text: str, kind: str, status: str) -> None:
    assert (kind, status) in [(m.kind, m.status) for m in meetings(text)]


def test_what_was_agreed_and_what_was_proposed_stay_apart() -> None:
    (meeting,) = meetings(f"{MET} They agreed to build a bridge. Ruiz urged Norway to buy more oranges.")
    assert [a.text for a in meeting.agreed_actions] == ["build a bridge"]
    assert ["oranges" in a.text for a in meeting.proposed_actions] == [True]


def test_what_they_talked_about() -> None:
    (meeting,) = meetings(f"{MET} They discussed trade, energy and fisheries.")
    assert [topic.text for topic in meeting.topics] == ["trade", "energy", "fisheries"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Spanish Foreign Minister Ana Ruiz said on Monday that prices rose.", id="statement"),
        pytest.param("Spain called for talks with Norway on Monday.", id="wish"),
        pytest.param("The team met the deadline in Oslo.", id="another-sense"),
        pytest.param("It rained in Oslo on Monday.", id="weather"),
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert meetings(text) == ()


def test_a_second_sentence_on_the_same_meeting_makes_no_second_record() -> None:
    assert len(meetings(f"{MET} During the meeting, Ruiz thanked Lind.")) == 1


def test_two_guests_are_two_meetings() -> None:
    text = (
        "Spanish Foreign Minister Ana Ruiz met her Norwegian counterpart Bo Lind on Monday. "
        "She also met Estonian Prime Minister Mari Tamm."
    )
    assert [set(people(m)) for m in meetings(text)] == [{"Ana Ruiz", "Bo Lind"}, {"Ana Ruiz", "Mari Tamm"}]


# ---- what every record promises ----


def test_the_evidence_of_a_person_is_the_name(pipeline: Pipeline) -> None:
    given = article(MET, title="Ministers meet")
    (meeting,) = pipeline(given).meetings
    for person in meeting.participants:
        assert given.text[person.evidence.start : person.evidence.end] == person.name


def test_a_title_in_a_field_of_its_own_counts_in_the_offsets(pipeline: Pipeline) -> None:
    plain, titled = (pipeline(article(MET, title=title)).meetings[0].evidence for title in (None, "Ministers"))
    assert titled.start - plain.start == len("Ministers\n\n")


def test_the_article_is_described_as_given(pipeline: Pipeline) -> None:
    info = pipeline(article(MET, title="Ministers", source="a.txt")).article
    assert (info.id, info.title, info.source, info.language, info.published) == (
        "a",
        "Ministers",
        "a.txt",
        "en",
        MONDAY,
    )


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "…", "1234", "?!", "met", "Monday", "A met B.", "[[@#]] @person met #1"]
)
def test_a_poor_article_has_an_empty_record(text: str) -> None:
    assert meetings(text) == ()


def test_a_language_without_rules_is_told_in_a_diagnostic(pipeline: Pipeline) -> None:
    record = pipeline(compose_article("a", "Irgendein Text.", language="de"))
    assert (record.meetings, [d.code for d in record.diagnostics]) == ((), ["no-language"])


def test_dates_that_clash_are_told_in_a_diagnostic(pipeline: Pipeline) -> None:
    text = "Energy Minister Ana Ruiz of Spain met Energy Minister Bo Lind of Norway on Tuesday, 15 May 2024 in Lisbon."
    record = pipeline(compose_article("a", text, language="en"))
    assert [(d.code, d.evidence and text[d.evidence.start : d.evidence.end]) for d in record.diagnostics] == [
        ("date-clash", "Tuesday, 15 May 2024")
    ]


def test_the_language_is_detected_where_none_is_given(pipeline: Pipeline) -> None:
    record = pipeline(compose_article("a", MET, published=MONDAY))
    assert (record.article.language, len(record.meetings)) == ("en", 1)


WORDS = [
    "met",
    "Minister",
    "Ana Ruiz",
    "Bo Lind",
    "Oslo",
    "on Monday",
    "Iran's",
    "agreed to",
    "and",
    "(",
    ",",
    ".",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_pipeline(words: list[str]) -> None:
    given_article = article(" ".join(words))
    record = shipped()(given_article)
    for meeting in record.meetings:
        assert 0 <= meeting.evidence.start < meeting.evidence.end <= len(given_article.text)


# ---- loading ----


def test_records_come_in_the_order_of_the_articles(pipeline: Pipeline) -> None:
    articles = [compose_article(str(n), MET, language="en") for n in range(4)]
    assert [record.article.id for record in shipped().pipe(articles)] == ["0", "1", "2", "3"]


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="the folder holds no rule file"):
        load_pipeline(tmp_path)


def test_a_wrong_rule_file_is_told_before_the_first_article(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "triggers.yaml").write_text("about: [\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"triggers\.yaml:\d+:\d+: yaml-syntax"):
        load_pipeline(tmp_path).load_all()


def test_only_the_languages_asked_for_are_read(pipeline: Pipeline) -> None:
    assert load_pipeline(languages=["ar"]).languages == ("ar",)
