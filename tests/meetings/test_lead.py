"""The day of the news: what the lead tells of the meetings of those whom it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import build_reading
from extract.meetings.arguments import fill_templates
from extract.meetings.finish import finish_templates
from extract.meetings.merge import merge_templates
from extract.meetings.template import Template
from extract.rulebook.book import Rulebook

LEAD = "[person=ES Ana Ruiz] praised trade on [time=2026-11-16 Monday] ."
MET = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=NO Bo Lind] ."


def finish(book: Rulebook, *lines: str) -> Template:
    reading = replace(build_reading(book, *lines), anchor=date(2026, 11, 17))
    templates = merge_templates(fill_templates(reading))
    finish_templates(templates, reading)
    (meeting,) = templates
    return meeting


def test_a_meeting_without_a_day_took_place_on_that_of_the_lead(book: Rulebook) -> None:
    when = finish(book, LEAD, MET).when
    assert when is not None
    assert when.value.value == "2026-11-16"


@pytest.mark.parametrize(
    ("lead", "meeting"),
    [
        pytest.param(LEAD.replace("Ana Ruiz", "Ida Moen"), MET, id="of-others"),
        pytest.param(LEAD.replace(" .", " and [time=2026-11-15 Sunday] ."), MET, id="two-days"),
        pytest.param(LEAD, MET.replace("[trigger", "had [trigger"), id="earlier"),
        pytest.param(LEAD.replace("2026-11-16 Monday", "2026-11-02 Monday"), MET, id="long-ago"),
    ],
)
def test_the_day_of_the_lead_is_not_that_of_a_meeting(lead: str, meeting: str, book: Rulebook) -> None:
    assert finish(book, lead, meeting).when is None
