"""Hijri and Iranian dates, against days that calendars in print agree on."""

from __future__ import annotations

from datetime import date

import pytest

from extract.values.calendars import calendar_of_year, foreign_days, to_gregorian

ANCHOR = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "there"),
    [
        ("hijri", 1436, 10, 25, "2015-08-10"),
        ("hijri", 1445, 9, 1, "2024-03-11"),
        ("hijri", 1446, 1, 1, "2024-07-07"),
        ("hijri", 1444, 10, 1, "2023-04-21"),
        ("iranian", 1403, 1, 1, "2024-03-20"),
        ("iranian", 1404, 2, 1, "2025-04-21"),
        ("iranian", 1357, 11, 22, "1979-02-11"),
        ("iranian", 1403, 12, 30, "2025-03-20"),
        ("iranian", 1402, 12, 30, None),
        ("hijri", 1445, 13, 1, None),
        ("hijri", 900, 1, 1, None),
        ("julian", 2024, 1, 1, None),
    ],
)
def test_days(calendar: str, year: int, month: int, day: int, there: str | None) -> None:
    """A day of another calendar; None for one that does not exist or lies outside of the tables."""
    found = to_gregorian(calendar, year, month, day)
    assert (found.isoformat() if found else None) == there


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"calendar": "iranian", "year": 1403}, "2024-03-20", "2025-03-20"),
        ({"calendar": "iranian", "year": 1403, "month": 3}, "2024-05-21", "2024-06-20"),
        ({"calendar": "hijri", "year": 1445}, "2023-07-19", "2024-07-06"),
        ({"calendar": "hijri", "month": 9}, "2024-03-11", "2024-04-09"),
        ({"calendar": "hijri", "month": 10, "day": 1, "year": 2023}, "2023-04-21", "2023-04-21"),
        ({"calendar": "iranian", "month": 1, "day": 12}, "2024-03-31", "2024-03-31"),
        ({"calendar": "hijri", "century": 15}, "1980-11-09", "2077-11-16"),
        ({"calendar": "hijri", "century": 3}, "0816-08-03", "0913-08-11"),
        ({"calendar": "hijri", "decade": 1430}, "2008-12-29", "2018-09-10"),
        ({"calendar": "hijri", "year": 900}, "1494-10-11", "1495-09-29"),
        ({"calendar": "iranian", "decade": 1360}, "1981-03-21", "1991-03-20"),
    ],
)
def test_spans(fields: dict[str, int | str], start: str, end: str) -> None:
    """First and last day of a year, a month, a feast; the nearest where no year is given."""
    first, last = foreign_days(fields, ANCHOR, "past")
    assert (str(first), str(last)) == (start, end)


def test_no_year_and_no_anchor() -> None:
    """Nothing is guessed."""
    assert foreign_days({"calendar": "hijri", "month": 9}, None) == (None, None)


@pytest.mark.parametrize(
    ("year", "calendar"), [(1403, "iranian"), (1445, "hijri"), (1453, None), (2024, None), (1300, None)]
)
def test_years_near_the_anchor(year: int, calendar: str | None) -> None:
    """1403 and 1445 are years of 2024; 1453 is the fall of Constantinople."""
    assert calendar_of_year(year, ANCHOR) == calendar
