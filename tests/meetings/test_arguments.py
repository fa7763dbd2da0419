"""Who, where and when: what one sentence says of its meeting."""

from __future__ import annotations

import pytest

from builders import build_reading
from extract.meetings.arguments import fill_templates
from extract.meetings.template import Template
from extract.rulebook.book import Rulebook

ANA = "[a:person=ES Ana Ruiz]"
BO = "[b:person=NO Bo Lind]"


def fill(book: Rulebook, *sentences: str, **more: str) -> Template:
    return fill_templates(build_reading(book, *sentences, **more))[0]  # type: ignore[arg-type]


def names(template: Template) -> list[str]:
    return [entity.name for entity in template.principals()]


def test_the_slots_of_the_rule_take_part(book: Rulebook) -> None:
    assert names(fill(book, f"{ANA} [trigger=meeting met] {BO} .")) == ["Ana Ruiz", "Bo Lind"]


@pytest.mark.parametrize(
    ("slot", "involvement", "capacity"),
    [
        ("a", "principal", None),
        ("host", "principal", "host"),
        ("guest", "principal", "guest"),
        ("attendee", "attendee", None),
    ],
)
def test_a_slot_says_as_what_somebody_takes_part(
    book: Rulebook, slot: str, involvement: str, capacity: str | None
) -> None:
    template = fill(book, f"[{slot}:person=ES Ana Ruiz] [trigger=meeting met] {BO} .")
    filler = next(f for f in template.participants if f.entity.name == "Ana Ruiz")
    assert (filler.involvement, filler.capacity) == (involvement, capacity)


def test_nobody_takes_part_twice(book: Rulebook) -> None:
    template = fill(book, "[a:person=ES Ana Ruiz] [trigger=meeting met] [b:person=NO Bo Lind] and [b:person Ruiz] .")
    assert names(template) == ["Ana Ruiz", "Bo Lind"]


def test_the_subject_fills_the_side_that_the_rule_leaves_open(book: Rulebook) -> None:
    template = fill(book, f"[person=ES Ana Ruiz] was in town and [trigger=meeting met] {BO} .")
    assert sorted(names(template)) == ["Ana Ruiz", "Bo Lind"]


def test_who_stands_behind_a_preposition_is_no_subject(book: Rulebook) -> None:
    template = fill(book, f"After a word from [person=SG Cy Tan] somebody [trigger=meeting met] {BO} .")
    assert names(template) == ["Bo Lind"]


def test_a_pronoun_is_the_person_spoken_of_before(book: Rulebook) -> None:
    templates = fill_templates(
        build_reading(book, "[person=ES Ana Ruiz] came .", f"[a:pronoun.one She] [trigger=meeting met] {BO} .")
    )
    assert sorted(names(templates[0])) == ["Ana Ruiz", "Bo Lind"]


def test_a_headline_is_read_after_the_body(book: Rulebook) -> None:
    reading = build_reading(book, f"{ANA} [trigger=meeting met] {BO} .", title="[trigger=meeting Talks] on trade")
    assert [t.title for t in fill_templates(reading)] == [False, True]


# ---- when ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("on [time=2026-11-16 Monday]", "2026-11-16", id="day"),
        pytest.param("in [time=XXXX-04 April]", "XXXX-04", id="unresolved-month"),
        pytest.param("on [time=XXXX-WXX-1 Monday]", "XXXX-WXX-1", id="unresolved-weekday"),
        pytest.param("since [time=2026-11-16 Monday]", None, id="since"),
        pytest.param("in [time=PAST_REF recent] days", None, id="no-day"),
        pytest.param("; he spoke on [time=2026-11-16 Monday]", "2026-11-16", id="same-sentence"),
        pytest.param("which grew on [time=2026-11-16 Monday]", None, id="other-clause"),
    ],
)
def test_a_time_belongs_to_the_meeting_of_its_clause(book: Rulebook, text: str, expected: str | None) -> None:
    if text.startswith(";"):
        text = text.removeprefix("; he spoke ")
    when = fill(book, f"{ANA} [trigger=meeting met] {BO} {text} .").when
    assert (when.value.value if when else None) == expected


def test_nothing_stands_before_the_first_word_of_a_sentence(book: Rulebook) -> None:
    """A time that opens its sentence is not "set for Monday" by a word far behind it."""
    reading = build_reading(book, "[time=2026-11-16 Monday] they had talks .")
    assert not reading.has_word("recalled", 0, -2, -1)


def test_of_two_times_the_nearer_one_is_the_meetings(book: Rulebook) -> None:
    text = (
        f"{ANA} [trigger=meeting met] {BO} on [time=2026-11-16 Monday] after a flight of [time=2026-11-14 Saturday] ."
    )
    when = fill(book, text).when
    assert when is not None
    assert when.text == "Monday"


def test_the_time_when_something_was_said_is_not_the_meetings(book: Rulebook) -> None:
    text = f"{ANA} [trigger=meeting met] {BO} , it was [said_time said on [time=2026-11-16 Monday]] ."
    assert fill(book, text).when is None


def test_a_time_nearer_to_another_meeting_is_that_ones(book: Rulebook) -> None:
    text = f"{ANA} [trigger=meeting met] {BO} before a [trigger=call call] on [time=2026-11-16 Monday] ."
    meeting, call = fill_templates(build_reading(book, text))
    assert (meeting.when is None, call.when is None) == (True, False)


# ---- where ----


def test_a_place_beside_the_trigger_is_the_venue(book: Rulebook) -> None:
    place = fill(book, f"{ANA} [trigger=meeting met] {BO} [location in [place:city=Oslo/NO Oslo]] .").place
    assert place is not None
    assert (place.city, place.country, place.text) == ("Oslo", "NO", "Oslo")


def test_the_evidence_of_a_place_are_its_own_words(book: Rulebook) -> None:
    reading = build_reading(book, f"{ANA} [trigger=meeting met] {BO} [location in [place:city=Oslo/NO Oslo]] .")
    place = fill_templates(reading)[0].place
    assert place is not None
    assert reading.text[place.span.start : place.span.end] == "Oslo"


@pytest.mark.parametrize("here", [{"city": "Oslo", "country": "NO"}, None])
def test_here_means_the_place_of_the_dateline(book: Rulebook, here: dict[str, str | None] | None) -> None:
    reading = build_reading(book, f"{ANA} [trigger=meeting met] {BO} [said_here here] .", here=here)
    place = fill_templates(reading)[0].place
    assert (place.city if place else None) == (here["city"] if here else None)


def test_a_place_named_nowhere_stays_open(book: Rulebook) -> None:
    assert fill(book, f"{ANA} [trigger=meeting met] {BO} .").place is None
