"""TIMEX3 values: what they look like and which days they cover.

Source of the forms: TIMEX3 in ISO-TimeML (ISO 24617-1) and the TimeML annotation guidelines 1.2.1.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

Days = tuple[date | None, date | None]
REFERENCES = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")

# Which months a season, a quarter or a half covers: first month, number of months. Seasons by the meteorologists'
# months of the northern hemisphere; the winter of a year runs into the next.
_PARTS_OF_YEAR = {
    "SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3),
    "Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3), "H1": (1, 6), "H2": (7, 6),
}  # fmt: skip
_DATE = re.compile(
    r"(?P<year>[\dX]{4})(?:-(?:W(?P<week>[\dX]{2})(?:-(?P<weekday>[1-7X]|WE))?"
    r"|(?P<part>Q[1-4X]|H[12X]|SP|SU|FA|WI)|(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?))?|(?P<century>\d\d)"
    r"|(?P<before_era>BC\d{4})"
)
_CLOCK = re.compile(r"T(?:MO|MI|AF|EV|NI|DT|XX|[\dX]{2}(?::[\dX]{2}(?::[\dX]{2})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)")
_PERIOD = re.compile(r"P(?=[\dXT])(?:(?:\d+(?:\.\d+)?|X)(?:WE|[YMWDQCE]))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?")


@dataclass(frozen=True, slots=True)
class Timex:
    """What a time expression means.

    `type` is DATE, TIME, DURATION or SET, `value` as in TIMEX3, `mod` such as START or APPROX. `start` and `end`
    are the first and last day that it covers, None while it is unresolved or where it covers no days. Of a range
    `value` is the first day. `clash` holds the other reading where two calendars disagree. `zone` is the time zone of a
    time of day where the text names one, Z or an offset such as +03:00; `value` is the hour as it is told, which
    is how annotators of TIMEX3 write it.
    """

    type: str
    value: str
    mod: str | None = None
    start: date | None = None
    end: date | None = None
    clash: str | None = None
    zone: str | None = None

    @property
    def days(self) -> int:
        """How many days it covers, 0 while that is not known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


def is_timex_value(value: str) -> bool:
    """Whether `value` is a well-formed TIMEX3 value of any type."""
    if value in REFERENCES or _PERIOD.fullmatch(value):
        return True
    day, mark, clock = value.partition("T")
    if mark and not _CLOCK.fullmatch(mark + clock):
        return False
    return bool(mark and not day) or bool(_DATE.fullmatch(day))


@lru_cache(maxsize=4096)
def covered_days(value: str) -> Days:
    """First and last day of a date or time value; (None, None) while anything that matters in it is unknown."""
    match = _DATE.fullmatch(value.partition("T")[0])
    if match is None:
        return None, None
    try:
        return _covered(match)
    except (ValueError, OverflowError):
        return None, None


def _covered(match: re.Match[str]) -> Days:
    if match["before_era"]:
        return None, None
    if match["century"]:
        return date(int(match["century"]) * 100, 1, 1), date(int(match["century"]) * 100 + 99, 12, 31)
    if "X" in match["year"]:
        return _covered_years(match) if match["year"][0] != "X" else (None, None)
    year = int(match["year"])
    if match["week"]:
        return _covered_week(year, match["week"], match["weekday"])
    if match["part"]:
        return _covered_part(year, match["part"])
    if match["day"] and "X" not in match["month"] + match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"] and "X" not in match["month"] and not match["day"]:
        return month_days(year, int(match["month"]))
    return (date(year, 1, 1), date(year, 12, 31)) if not match["month"] else (None, None)


def _covered_years(match: re.Match[str]) -> Days:
    if match["month"] or match["week"] or match["part"]:
        return None, None
    return date(int(match["year"].replace("X", "0")), 1, 1), date(int(match["year"].replace("X", "9")), 12, 31)


def _covered_week(year: int, week: str, weekday: str | None) -> Days:
    if "X" in week or weekday == "X":
        return None, None
    monday = date.fromisocalendar(year, int(week), 1)
    if weekday == "WE":
        return monday + timedelta(5), monday + timedelta(6)
    if weekday:
        return monday + timedelta(int(weekday) - 1), monday + timedelta(int(weekday) - 1)
    return monday, monday + timedelta(6)


def _covered_part(year: int, part: str) -> Days:
    if part not in _PARTS_OF_YEAR:
        return None, None
    month, count = _PARTS_OF_YEAR[part]
    last = month + count - 1
    return date(year, month, 1), month_days(year + (last - 1) // 12, (last - 1) % 12 + 1)[1]


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def week_value(day: date) -> str:
    """The ISO week of a day: 2025-W20."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
