"""What a meeting inherits once all of the article is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import build_reading, build_role
from extract.meetings.arguments import fill_templates
from extract.meetings.finish import finish_templates
from extract.meetings.merge import merge_templates
from extract.meetings.reading import Reading
from extract.meetings.template import Template
from extract.rulebook.book import Rulebook

MET = "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=NO Bo Lind] ."


def finish(reading: Reading) -> list[Template]:
    templates = merge_templates(fill_templates(reading))
    finish_templates(templates, reading)
    return templates


def test_said_here_on_a_day_is_where_and_when_it_took_place(book: Rulebook) -> None:
    said = "[person=ES Ana Ruiz] spoke [said_here here [time=2026-11-16 Monday]] ."
    (meeting,) = finish(build_reading(book, said, MET, here={"city": "Oslo", "country": "NO"}))
    assert meeting.place is not None
    assert meeting.when is not None
    assert (meeting.place.city, meeting.when.value.value) == ("Oslo", "2026-11-16")


def test_a_meeting_still_to_come_is_not_here(book: Rulebook) -> None:
    said = "[person=ES Ana Ruiz] spoke [said_here here] ."
    planned = "[a:person=ES Ana Ruiz] [status=planned will] [trigger=meeting meet] [b:person=NO Bo Lind] ."
    (meeting,) = finish(build_reading(book, said, planned, here={"city": "Oslo", "country": "NO"}))
    assert meeting.place is None


def test_a_meeting_by_video_is_virtual(book: Rulebook) -> None:
    (meeting,) = finish(build_reading(book, MET.replace(" .", " [mode=virtual online] .")))
    assert meeting.place is not None
    assert meeting.place.mode == "virtual"


def test_a_readout_without_a_day_is_of_the_day_of_its_release(book: Rulebook) -> None:
    (meeting,) = finish(build_reading(book, MET, title="Readout", released=(date(2026, 11, 20), "Readout")))
    assert meeting.when is not None
    assert meeting.when.value.value == "2026-11-20"


def test_a_day_that_the_readout_names_stays(book: Rulebook) -> None:
    dated = MET.replace(" .", " on [time=2026-11-16 Monday] .")
    (meeting,) = finish(build_reading(book, dated, title="Readout", released=(date(2026, 11, 20), "Readout")))
    assert meeting.when is not None
    assert meeting.when.value.value == "2026-11-16"


def test_a_meeting_on_a_visit_takes_place_where_the_visit_goes(book: Rulebook) -> None:
    visit = "[guest:person=ES Ana Ruiz] [trigger=visit visited] [venue:city=Oslo/NO Oslo] ."
    meeting = next(t for t in finish(build_reading(book, visit, MET)) if t.kind == "meeting")
    assert meeting.place is not None
    assert meeting.place.city == "Oslo"


@pytest.mark.parametrize(("spoken_of", "country"), [(2, "ES"), (0, None)])
def test_an_official_without_a_country_serves_the_one_that_the_article_speaks_of(
    book: Rulebook, spoken_of: int, country: str | None
) -> None:
    met = MET.replace("=ES", "")
    reading = build_reading(book, met, *["[country=ES Spain] was glad ."] * spoken_of)
    ana = reading.entities.all[0]
    ana.roles.append(build_role("minister", "minister"))
    finish(reading)
    assert ana.country == country


def test_nothing_is_invented_for_a_bare_meeting(book: Rulebook) -> None:
    (meeting,) = finish(build_reading(book, MET))
    assert (meeting.when, meeting.place, meeting.status) == (None, None, "held")


def test_a_call_has_no_place(book: Rulebook) -> None:
    called = "[a:person=ES Ana Ruiz] [trigger=call called] [b:person=NO Bo Lind] ."
    (call,) = finish(
        build_reading(book, called, "[person=ES Ana Ruiz] spoke [said_here here] .", here={"city": "Oslo"})
    )
    assert call.place is None


def test_a_tour_is_a_visit_to_each_country(book: Rulebook) -> None:
    tour = "[guest:person=ES Ana Ruiz] [trigger=visit toured] [venue:country=NO Norway] and [venue:country=PE Peru] ."
    assert [t.place.country if t.place else None for t in finish(build_reading(book, tour))] == ["NO", "PE"]


def test_a_day_to_come_beside_a_verb_in_the_past_is_of_something_else(book: Rulebook) -> None:
    reading = build_reading(book, MET.replace(" .", " on [time=2026-12-04 Friday] ."))
    reading = replace(reading, anchor=date(2026, 11, 16))
    (meeting,) = finish(reading)
    assert (meeting.status, meeting.when) == ("held", None)


def test_a_meeting_on_a_tour_takes_place_in_the_country_of_its_host(book: Rulebook) -> None:
    tour = "[guest:person=ES Ana Ruiz] [trigger=visit toured] [venue:country=PE Peru] and [venue:country=NO Norway] ."
    meeting = next(t for t in finish(build_reading(book, tour, MET)) if t.kind == "meeting")
    assert meeting.place is not None
    assert meeting.place.country == "NO"


def test_the_day_of_calling_off_is_not_that_of_the_talks(book: Rulebook) -> None:
    undone = (
        "on [time=2026-11-16 Monday] [status=cancelled cancelled] [trigger=meeting talks] with [b:person=NO Bo Lind]"
    )
    undone = f"[a:person=ES Ana Ruiz] {undone} ."
    (meeting,) = finish(build_reading(book, undone))
    assert (meeting.status, meeting.when) == ("cancelled", None)


@pytest.mark.parametrize(("anchor", "day"), [("2026-11-18", "2026-11-16"), ("2026-11-13", "2026-11-16")])
def test_what_did_not_come_off_was_set_for_the_nearer_monday(book: Rulebook, anchor: str, day: str) -> None:
    undone = MET.replace("[trigger", "[status=cancelled cancelled] [trigger").replace(
        " .", " on [time=2026-11-16 Monday] ."
    )
    (meeting,) = finish(replace(build_reading(book, undone), anchor=date.fromisoformat(anchor)))
    assert meeting.when is not None
    assert meeting.when.value.value == day
