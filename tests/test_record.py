"""A filled template becomes a validated record."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from builders import build_entity, build_role, build_template
from extract.annotations import Span
from extract.article import compose_article
from extract.meetings.template import Filler, Phrase, Place, Template
from extract.record import build_record
from extract.schema import Meeting, Record

CODINGS = {
    "meeting": {"cameo": "040", "plover": "CONSULT"},
    "meeting.cancelled": {"cameo": "120", "plover": "REJECT"},
}
ARTICLE = compose_article("a", "Ana Ruiz met Bo Lind in Oslo.", title="Talks", published=date(2026, 11, 16))
SPAN = Span(0, 4, "xx.test.rule")


def record(*templates: Template, diagnostics: Any = ()) -> Record:
    return build_record(ARTICLE, "Talks", "en", templates, diagnostics, CODINGS)


def meeting(**changes: Any) -> Meeting:
    template = build_template("meeting", build_entity("Ana Ruiz", "ES"), build_entity("Bo Lind", "NO", number=1))
    for name, value in changes.items():
        setattr(template, name, value)
    return record(template).meetings[0]


def test_the_hash_is_that_of_the_text_that_offsets_count_in() -> None:
    expected = hashlib.sha256(b"Talks\n\nAna Ruiz met Bo Lind in Oslo.").hexdigest()
    assert record().article.sha256 == expected


def test_main_meetings_come_before_background() -> None:
    ana, bo = build_entity("Ana Ruiz", "ES"), build_entity("Bo Lind", "NO", number=1)
    background = build_template("meeting", ana, bo, rank=1)
    found = record(background, build_template("meeting", bo, ana, sentence=2)).meetings
    assert [(m.id, m.prominence) for m in found] == [("a#1", "main"), ("a#2", "background")]


@pytest.mark.parametrize(("status", "cameo"), [("held", "040"), ("planned", "040"), ("cancelled", "120")])
def test_codes_follow_kind_and_status(status: str, cameo: str) -> None:
    assert meeting(status=status).codes.cameo == cameo


@pytest.mark.parametrize(
    ("day", "timex", "start"),
    [
        ("2026-11-16", "2026-11-16", date(2026, 11, 16)),
        ("XXXX-WXX-1", "XXXX-WXX-1", None),
        ("2026-11", "2026-11", date(2026, 11, 1)),
    ],
)
def test_a_date_keeps_its_value_and_the_days_it_covers(day: str, timex: str, start: date | None) -> None:
    found = meeting(when=build_template("meeting", day=day).when).date
    assert found is not None
    assert (found.timex, found.start) == (timex, start)


def test_a_time_of_day_counts_as_its_day() -> None:
    found = meeting(when=build_template("meeting", day="2026-11-16TMO").when).date
    assert found is not None
    assert found.timex == "2026-11-16"


def test_what_is_open_stays_null() -> None:
    found = meeting()
    assert (found.date, found.venue, found.topics, found.agreed_actions) == (None, None, (), ())


def test_a_place_without_mode_is_in_person() -> None:
    venue = meeting(place=Place("Oslo", SPAN, city="Oslo", country="NO")).venue
    assert venue is not None
    assert (venue.city, venue.country, venue.mode) == ("Oslo", "NO", "in_person")


def test_an_office_known_without_a_name_is_a_delegation_of_its_country() -> None:
    office = build_entity("the minister", "NO", "office", number=3)
    found = meeting(participants=[Filler(office, SPAN)]).participants[0]
    assert (found.type, found.country, found.roles) == ("country", "NO", ())


def test_a_role_without_country_is_held_for_the_persons_own() -> None:
    ana = build_entity("Ana Ruiz", "ES", roles=[build_role("minister", "minister")])
    (role,) = meeting(participants=[Filler(ana, SPAN)]).participants[0].roles
    assert (role.position, role.country) == ("minister", "ES")


def test_every_value_carries_its_rule() -> None:
    action = Phrase("build a bridge", replace(SPAN, rule="xx.actions.agreed"), "establish", ("ES", "NO"))
    found = meeting(agreed=[action], topics=[Phrase("trade", SPAN, "trade")])
    assert found.agreed_actions[0].evidence.rule == "xx.actions.agreed"
    assert (found.agreed_actions[0].status, found.agreed_actions[0].parties) == ("agreed", ("ES", "NO"))
    assert found.topics[0].id == "trade"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place("Oslo", Span(4, 4, "xx.test.rule")), id="empty-evidence"),
        pytest.param(Place("Oslo", Span(0, 4, "")), id="no-rule"),
        pytest.param(Place("Oslo", SPAN, country="ZZ"), id="unknown-country"),
        pytest.param(Place("", SPAN), id="empty-text"),
    ],
)
def test_an_invalid_value_never_gets_into_a_record(place: Place) -> None:
    with pytest.raises(ValidationError):
        meeting(place=place)


def test_doubt_is_told_in_a_diagnostic() -> None:
    (diagnostic,) = record(diagnostics=[("name-variant", "Lindh is read as Lind", SPAN)]).diagnostics
    assert (diagnostic.code, diagnostic.evidence and diagnostic.evidence.rule) == ("name-variant", "xx.test.rule")
