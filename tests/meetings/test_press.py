"""How agency copy tells of meetings, read by the English rules from sentence to template."""

from __future__ import annotations

from datetime import date

import pytest

from extract import load_pipeline
from extract.article import compose_article
from extract.pipeline import Pipeline
from extract.schema import Meeting

LEAD = "Chilean Foreign Minister Ana Ruiz Soto on Friday said that trade with Norway should grow."


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load_pipeline(languages=["en"])


def read(pipeline: Pipeline, *sentences: str) -> list[Meeting]:
    text = " ".join(sentences)
    article = compose_article("press", text, title=None, language="en", published=date(2026, 11, 20))
    return list(pipeline(article).meetings)


CALLS = [
    ("both-hold", "Chilean President Ana Ruiz Soto and her Norwegian counterpart Bo Lind held a phone call on Monday."),
    (
        "discuss-over",
        "Chilean President Ana Ruiz Soto discussed trade with Norwegian President Bo Lind over the phone.",
    ),
    ("discuss-in", "Chilean President Ana Ruiz Soto discussed in a phone call with Norwegian President Bo Lind trade."),
]


@pytest.mark.parametrize("sentence", [s for _, s in CALLS], ids=[name for name, _ in CALLS])
def test_one_call(pipeline: Pipeline, sentence: str) -> None:
    (call,) = read(pipeline, sentence)
    assert call.kind == "call"
    assert sorted(p.name for p in call.participants) == ["Ana Ruiz Soto", "Bo Lind"]


def test_a_courtesy_call_is_a_meeting_of_host_and_guest(pipeline: Pipeline) -> None:
    (visit,) = read(
        pipeline, "Chilean Minister Ana Ruiz Soto received a courtesy call from Norwegian Ambassador Bo Lind."
    )
    assert visit.kind == "meeting"
    assert {p.name: p.capacity for p in visit.participants} == {"Ana Ruiz Soto": "host", "Bo Lind": "guest"}


def test_one_who_is_received_is_the_guest(pipeline: Pipeline) -> None:
    (audience,) = read(pipeline, "Chilean Minister Ana Ruiz Soto was received by Norwegian President Bo Lind in Oslo.")
    assert {p.name: p.capacity for p in audience.participants} == {"Ana Ruiz Soto": "guest", "Bo Lind": "host"}


def test_what_is_said_after_talks_is_said_on_their_day(pipeline: Pipeline) -> None:
    sentence = "Chilean Minister Ana Ruiz Soto said on Monday after talks with Minister Bo Lind that trade grew."
    (talks,) = read(pipeline, sentence)
    assert talks.date is not None
    assert talks.date.timex == "2026-11-16"


def test_a_meeting_told_after_the_lead_has_its_day(pipeline: Pipeline) -> None:
    (meeting,) = read(pipeline, LEAD, "In a meeting with Norwegian Minister Bo Lind, she called for more ships.")
    assert meeting.date is not None
    assert meeting.date.timex == "2026-11-20"


def test_a_side_known_by_office_only_is_called_by_its_country(pipeline: Pipeline) -> None:
    (meeting,) = read(pipeline, "Chilean President Ana Ruiz Soto met the foreign minister of Norway in Oslo.")
    assert sorted((p.name, p.type) for p in meeting.participants) == [
        ("Ana Ruiz Soto", "person"),
        ("Norway", "country"),
    ]


def test_the_goal_of_a_visit_takes_no_part_in_its_talks(pipeline: Pipeline) -> None:
    sentence = "Chilean President Ana Ruiz Soto will visit Norway on December 3 to hold talks with King Bo Lind."
    talks = [m for m in read(pipeline, sentence) if m.kind == "meeting"]
    assert [sorted(p.name for p in m.participants) for m in talks] == [["Ana Ruiz Soto", "Bo Lind"]]


def test_a_wish_told_in_the_talks_leaves_them_held(pipeline: Pipeline) -> None:
    sentence = "Chilean Minister Ana Ruiz Soto called for trade during a meeting with Norwegian Minister Bo Lind."
    (meeting,) = read(pipeline, sentence)
    assert meeting.status == "held"


def test_what_the_two_did_on_another_day_is_a_meeting_of_its_own(pipeline: Pipeline) -> None:
    first, second = read(
        pipeline,
        "Chilean Minister Ana Ruiz Soto and Norwegian Minister Bo Lind will hold talks next week.",
        "The two met in Finland on Monday.",
    )
    assert (first.status, second.status) == ("planned", "held")
    assert second.date is not None
    assert (second.date.timex, sorted(p.name for p in second.participants)) == (
        "2026-11-16",
        ["Ana Ruiz Soto", "Bo Lind"],
    )


def test_a_list_with_semicolons_names_all_who_attended(pipeline: Pipeline) -> None:
    (meeting,) = read(
        pipeline,
        "Chilean Minister Ana Ruiz Soto received Norwegian Minister Bo Lind on Monday.",
        "The meeting was attended by Dr. Eva Moll, adviser to the Chilean President; Ivo Lara, chairman of the Board "
        "of Ports; and Ambassador Jon Berg.",
    )
    assert sorted(p.name for p in meeting.participants)[1:] == ["Bo Lind", "Eva Moll", "Ivo Lara", "Jon Berg"]


def test_who_goes_from_talks_to_talks_is_the_other_side(pipeline: Pipeline) -> None:
    meetings = read(
        pipeline,
        "Chilean Minister Ana Ruiz Soto met Norwegian Minister Bo Lind in Oslo on Monday.",
        "Minister Ruiz then held talks with Norwegian Ambassador Jon Berg.",
        "Ruiz spoke of ports.",
        "Fish had its turn at talks with the Norwegian Fisheries Agency.",
    )
    assert [sorted(p.name for p in m.participants) for m in meetings][2] == [
        "Ana Ruiz Soto",
        "Fisheries Agency",
    ]


def test_a_bare_deputy_minister_is_the_deputy_whose_field_was_told(pipeline: Pipeline) -> None:
    (meeting,) = read(
        pipeline,
        "Ivo Lara, deputy for ports at the Chilean Ministry of Transport, met Norwegian Ambassador Jon Berg in Oslo.",
        "The deputy minister urged Norway to open its ports.",
    )
    assert [action.text for action in meeting.proposed_actions] == ["open its ports"]


PLAN = "Chilean Foreign Minister Ana Ruiz Soto was to meet Norwegian President Bo Lind on Monday"


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (", but the talks were postponed after the floods.", "postponed"),
        (". The meeting has been called off.", "cancelled"),
        (". The meeting did not take place.", "cancelled"),
        (". A visit by her deputy to Peru was cancelled last year.", "planned"),
        (". The football cup was cancelled.", "planned"),
    ],
    ids=["same-sentence", "next-sentence", "not-held", "another-visit", "no-meeting"],
)
def test_a_plan_falls_with_what_is_said_of_it_behind(pipeline: Pipeline, after: str, status: str) -> None:
    assert read(pipeline, PLAN + after)[0].status == status


def test_the_place_before_a_day_is_where_they_talked_and_that_of_a_matter_is_not(pipeline: Pipeline) -> None:
    (talks,) = read(
        pipeline,
        "Chilean Foreign Minister Ana Ruiz Soto discussed the situation in Lebanon with Norwegian President Bo Lind "
        "in Oslo on Monday.",
    )
    assert talks.venue is not None
    assert talks.venue.city == "Oslo"
    assert [topic.text for topic in talks.topics] == ["situation in Lebanon"]
    (talks,) = read(pipeline, "Chile and Norway held talks on fishing quotas in Oslo on Monday.")
    assert talks.venue is not None
    assert talks.venue.city == "Oslo"
    assert [topic.text for topic in talks.topics] == ["fishing quotas"]


A, B = "Chilean Foreign Minister Ana Ruiz Soto", "Norwegian Foreign Minister Bo Lind"
BECAME = [
    ("refused", f"{A} refused to meet {B} in Rome.", "cancelled"),
    ("denied", f"{A} denied reports that she had met {B} in Rome.", "cancelled"),
    ("not-easy", f"The talks of {A} with {B} were not easy.", "held"),
    ("not-held", f"A meeting between {A} and {B} did not take place.", "cancelled"),
    ("put-off", f"The postponement of the meeting between {A} and {B} came late.", "postponed"),
    ("put-off-talks", "Chile and Norway have postponed their talks on trade.", "postponed"),
    ("delayed-by", "The bridge has been delayed by disputes in the talks between Chile and Norway.", "held"),
    ("may-on-day", f"{A} may meet {B} in Rome next week.", "planned"),
    ("days-before", f"The vote comes three days before the summit between {A} and {B}.", "planned"),
    ("when-meets", f"{A} will say so when she meets {B}.", "planned"),
    ("went-on", f"{A} went on to meet {B}.", "held"),
    ("will-help", f"{A} said that her meeting with {B} would boost trade.", "held"),
    ("joined", f"{A} will hold talks with {B} on Monday.", "planned"),
]


@pytest.mark.parametrize(("sentence", "status"), [row[1:] for row in BECAME], ids=[row[0] for row in BECAME])
def test_what_became_of_a_meeting(pipeline: Pipeline, sentence: str, status: str) -> None:
    assert [meeting.status for meeting in read(pipeline, sentence)] == [status]


PLACES = [
    ("capital-of", f"{A} met {B} in the capital of Kenya.", "Nairobi"),
    ("city-of-country", f"{A} met {B} in Kenya's coastal city of Mombasa.", "Mombasa"),
    ("in-a-deed", "Chile and Norway agreed to hold the next round of talks in Nairobi in March.", "Nairobi"),
]


@pytest.mark.parametrize(("sentence", "city"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_where_a_meeting_took_place(pipeline: Pipeline, sentence: str, city: str) -> None:
    assert [meeting.venue and meeting.venue.city for meeting in read(pipeline, sentence)] == [city]


def test_who_is_visiting_somewhere_meets_there(pipeline: Pipeline) -> None:
    meetings = read(pipeline, f"{A}, currently visiting Oslo, held talks with {B}.")
    assert [(m.kind, m.venue and m.venue.city) for m in meetings] == [("visit", "Oslo"), ("meeting", "Oslo")]


def test_who_leaves_for_a_place_has_yet_to_visit_it(pipeline: Pipeline) -> None:
    (visit,) = read(pipeline, f"{A} left Santiago on Friday for Norway.")
    assert (visit.status, visit.venue and visit.venue.country) == ("planned", "NO")


def test_a_blessing_behind_a_name_parts_host_and_guest_no_less() -> None:
    text = "استقبل السلطان سالم بن حمد المعظم - حفظه الله ورعاه - معالي كريم العلوي وزير خارجية اليمن."
    (talks,) = load_pipeline(languages=["ar"])(compose_article("press", text, language="ar")).meetings
    assert {p.name: p.capacity for p in talks.participants} == {"سالم بن حمد": "host", "كريم العلوي": "guest"}
