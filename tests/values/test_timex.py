"""TIMEX3 values: their form, the days they cover, durations, sets, and why dateparser is not asked."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from extract.values.timex import covered_days, is_timex_value, week_value
from extract.values.timex_dates import Reference
from extract.values.timex_periods import duration_value, set_value
from extract.values.timex_resolve import clock_value, resolve_time, zone_value
from extract.values.timex_shift import shift_value

WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    "value",
    [
        "2025",
        "2025-04",
        "2025-04-16",
        "2025-W17",
        "2025-W17-WE",
        "2025-Q1",
        "2025-SP",
        "2025-H1",
        "199X",
        "18",
        "XXXX-WXX-1",
        "XXXX-04",
        "XXXX-04-16",
        "PAST_REF",
        "PRESENT_REF",
        "FUTURE_REF",
        "P3D",
        "PXY",
        "P1W",
        "PT2H",
        "P2Y6M",
        "P1DT2H",
        "2025-04-16TMO",
        "2025-04-16T14:30",
        "2025-04-16T14:30Z",
        "XXXX-XX-XXTNI",
        "T14:30",
        "P2.5D",
        "2024-QX",
        "BC0753",
    ],
)
def test_well_formed(value: str) -> None:
    """Values that TIMEX3 knows."""
    assert is_timex_value(value)


@pytest.mark.parametrize(
    "value", ["", "P", "T", "2025-4", "25-04-16", "Monday", "2025-W1", "PT", "P3X", "2025-Q5", "20256"]
)
def test_ill_formed(value: str) -> None:
    """Values that it does not."""
    assert not is_timex_value(value)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-W20", "2024-05-13", "2024-05-19"),
        ("2024-W20-WE", "2024-05-18", "2024-05-19"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("18", "1800-01-01", "1899-12-31"),
        ("2024-05-15TMO", "2024-05-15", "2024-05-15"),
        ("2023-02-29", None, None),
        ("2024-13", None, None),
        ("XXXX-04", None, None),
        ("2024-QX", None, None),
        ("BC0753", None, None),
        ("PAST_REF", None, None),
    ],
)
def test_days_covered(value: str, start: str | None, end: str | None) -> None:
    """First and last day; nothing for what is unknown or does not exist."""
    days = covered_days(value)
    assert [day.isoformat() if day else None for day in days] == [start, end]


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"amount": 3, "unit": "day"}, "P3D"),
        ({"amount": Fraction(5, 2), "unit": "year"}, "P2Y6M"),
        ({"amount": Fraction(3, 2), "unit": "minute"}, "PT1M30S"),
        ({"amount": 2, "unit": "decade"}, "P20Y"),
        ({"amount": 3, "unit": "quarter"}, "P9M"),
        ({"amount": "X", "unit": "week"}, "PXW"),
        ({"amount": "X", "unit": "hour"}, "PTXH"),
        ({"unit": "year", "default_amount": 1}, "P1Y"),
        ({"amount": 2, "unit": "hour", "more_amount": 30, "more_unit": "minute"}, "PT2H30M"),
        ({"amount": 2, "half": 1, "unit": "hour"}, "PT2H30M"),
    ],
)
def test_durations(fields: dict[str, Any], value: str) -> None:
    """Amounts and units to P3D and its like."""
    assert duration_value(fields) == value
    assert is_timex_value(value)


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"unit": "day"}, "P1D"),
        ({"unit": "year", "amount": 2}, "P2Y"),
        ({"weekday": 4}, "XXXX-WXX-4"),
        ({"weekday": 2, "part": "NI"}, "XXXX-WXX-2TNI"),
        ({"month": 7}, "XXXX-07"),
        ({"season": "SU"}, "XXXX-SU"),
        ({"part": "MO"}, "XXXX-XX-XXTMO"),
    ],
)
def test_sets(fields: dict[str, Any], value: str) -> None:
    """What is repeated."""
    assert set_value(fields) == value


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"hour": 5, "half_day": "pm"}, "T17:00"),
        ({"hour": 12, "half_day": "am"}, "T00:00"),
        ({"hour": 12, "half_day": "pm"}, "T12:00"),
        ({"hour": 9, "part": "NI", "less": 15}, "T20:45"),
        ({"hour": 24}, "T24:00"),
        ({"hhmm": 1350, "zone": "Z"}, "T13:50"),
        ({"part": "EV"}, "TEV"),
    ],
)
def test_clock(fields: dict[str, Any], value: str) -> None:
    """Hours and parts of the day."""
    assert clock_value(fields) == value


@pytest.mark.parametrize(
    ("written", "zone"),
    [("Z", "Z"), ("z", "Z"), ("+3", "+03:00"), ("+0330", "+03:30"), ("-05:00", "-05:00"), ("", None), ("x", None)],
)
def test_zones(written: str, zone: str | None) -> None:
    """A time zone beside the hour, which stays as it is told."""
    assert zone_value(written) == zone
    timex = resolve_time({"type": "TIME", "hour": 9, "zone": written}, Reference(date(2024, 5, 15)))
    assert (timex.value, timex.zone) == ("2024-05-15T09:00", zone)


@pytest.mark.parametrize(
    ("value", "unit", "count", "shifted"),
    [
        ("2024-05-15", "day", -1, "2024-05-14"),
        ("2024-05-15", "week", 1, "2024-W21"),
        ("2024-01-31", "month", 1, "2024-02"),
        ("2024-05-15", "quarter", -1, "2024-Q1"),
        ("2024-05-15", "decade", -1, "201X"),
        ("1989-Q3", "year", -1, "1988-Q3"),
        ("1989-QX", "year", -1, "1988-QX"),
        ("2024-05", "day", 1, ""),
        ("PAST_REF", "year", 1, ""),
        ("0001-01-01", "century", -5, ""),
    ],
)
def test_shifts(value: str, unit: str, count: int, shifted: str) -> None:
    """Steps in time; none from a value that is coarser than the unit."""
    assert shift_value(value, unit, count) == shifted


def test_weeks_are_iso() -> None:
    """The last days of a year can lie in the first week of the next."""
    assert week_value(date(2024, 12, 31)) == "2025-W01"


def test_weekday_beside_today_wins() -> None:
    """A report of Monday that came out on Tuesday says "today, Monday"."""
    timex = resolve_time({"shift": 0, "unit": "day", "named": 1}, Reference(date(2024, 5, 14)))
    assert timex.value == "2024-05-13"


@pytest.mark.parametrize(("tense", "day"), [("past", "2024-05-14"), ("future", "2024-05-21"), ("", "2024-05-21")])
def test_this_tuesday_follows_the_tense_of_its_clause(tense: str, day: str) -> None:
    """On a Wednesday "met this Tuesday" was yesterday, "meets this Tuesday" is next week."""
    assert resolve_time({"shift": 0, "weekday": 2}, Reference(WEDNESDAY, tense=tense)).value == day


def test_weekday_beside_a_date_is_checked() -> None:
    """15 May 2024 was no Monday."""
    timex = resolve_time({"year": 2024, "month": 5, "day": 15, "named": 1}, Reference(WEDNESDAY))
    assert (timex.value, timex.clash) == ("2024-05-15", "XXXX-WXX-1")


def test_weekday_settles_the_year() -> None:
    """Of the 14ths of May around 2024 that of 2023 was a Sunday."""
    assert resolve_time({"month": 5, "day": 14, "named": 7}, Reference(WEDNESDAY)).value == "2023-05-14"


# What dateparser makes of expressions, with languages given and RELATIVE_BASE fixed; each is wrong, so it is not used.
REFUSED = [
    ("en", "Wednesday", date(2024, 5, 8), "the same day's name is today's"),
    ("en", "May 2024", date(2024, 5, 15), "a month is no day"),
    ("en", "may", date(2024, 5, 15), "a verb"),
    ("en", "June 3-4", None, "a range"),
    ("ar", "يوم الثلاثاء", None, "a weekday"),
    ("ar", "أمس الثلاثاء", None, "yesterday with its weekday"),
    ("ar", "بعد غد", None, "the day after tomorrow"),
    ("ar", "15 أيار 2024", None, "a Levantine month"),
    ("ar", "15 جانفي 2024", None, "a Maghrebi month"),
    ("ar", "5 رمضان 1445", None, "a Hijri date"),
]


@pytest.mark.parametrize(
    ("language", "text", "given", "why"), REFUSED, ids=[f"refused-{n}" for n in range(len(REFUSED))]
)
def test_dateparser_stays_out(language: str, text: str, given: date | None, why: str) -> None:
    """The day dateparser learns one of these, this test says so and the question can be asked again."""
    dateparser = pytest.importorskip("dateparser")
    settings = {"RELATIVE_BASE": datetime(2024, 5, 15), "PREFER_DATES_FROM": "past"}  # noqa: DTZ001
    found = dateparser.parse(text, languages=[language], settings=settings)
    assert (found.date() if found else None) == given, why
