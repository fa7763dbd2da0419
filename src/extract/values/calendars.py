"""Dates of the Hijri and the Iranian solar calendar as Gregorian days.

Hijri by the Umm al-Qura tables of `hijridate`, 1343 to 1500 AH; a local sighting may differ by a day. Earlier years,
decades and centuries by the tabular calendar of 30-year cycles (11 leap years; epoch 16 July 622 in the Julian
calendar), which may be two days off and is not asked for single days.
Iranian by the astronomical rule of `jdatetime`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from extract.values.timex import Days

_NOWHERE: Days = (None, None)
_GREGORIAN = 1500  # a higher year is one of ours: Eid al-Fitr 2024
_NEAR = 5
_TABULAR_EPOCH = date(622, 7, 19)  # 1 Muharram 1, in the Gregorian calendar extended backwards


def foreign_days(fields: Mapping[str, Any], anchor: date | None, tense: str = "") -> Days:
    """First and last day of a year, month, day or range of days in the calendar that `fields` names.

    Without a year the nearest that fits the tense is taken; without an anchor, or outside of the tables, nothing.
    """
    calendar = str(fields["calendar"])
    if "or_month" in fields:
        return _nearer_feast(fields, anchor, tense)
    if "century" in fields or "decade" in fields:
        return _years_in(calendar, *_span_of_years(fields))
    if "year" in fields:
        year = int(fields["year"])
        return _days_in(calendar, year, fields) if year < _GREGORIAN else _days_within(calendar, year, fields)
    if anchor is None:
        return _NOWHERE
    this_year = _year_of(calendar, anchor)
    if "month" not in fields:
        return _days_in(calendar, this_year + int(fields.get("shift", 0)), fields) if this_year else _NOWHERE
    tense = {-1: "past", 1: "future"}.get(int(fields.get("shift", 0)), tense)  # "last Ramadan"
    options = [_days_in(calendar, this_year + step, fields) for step in (0, -1, 1)]
    return min((each for each in options if each[0]), key=lambda each: _distance(each, anchor, tense), default=_NOWHERE)


def _nearer_feast(fields: Mapping[str, Any], anchor: date | None, tense: str) -> Days:
    """Of two feasts of one name the one that is nearer to the anchor."""
    first = {name: value for name, value in fields.items() if not name.startswith("or_")}
    second = {**first, "month": fields["or_month"], "day": fields["or_day"]}
    options = [days for days in (foreign_days(each, anchor, tense) for each in (first, second)) if days[0]]
    return min(options, key=lambda days: _distance(days, anchor, tense), default=_NOWHERE) if anchor else _NOWHERE


def calendar_of_year(year: int, anchor: date | None) -> str | None:
    """The calendar in which a year such as 1403 or 1445 lies within five years of the anchor; None where in neither."""
    if anchor is None or not 1300 <= year < _GREGORIAN:
        return None
    return next((each for each in ("iranian", "hijri") if abs(_year_of(each, anchor) - year) <= _NEAR), None)


def hijri_day_of_month(anchor: date, shift: int, day: int) -> date | None:
    """The day of the Hijri month in which the anchor lies, or so many months on; None outside of the tables."""
    year = _year_of("hijri", anchor)
    starts = [(y, m, to_gregorian("hijri", y, m, 1)) for y in (year, year + 1) for m in range(1, 13)]
    begun = [n for n, (_, _, start) in enumerate(starts) if start and start <= anchor]
    if not begun or not 0 <= begun[-1] + shift < len(starts):
        return None
    there, month, _ = starts[begun[-1] + shift]
    return to_gregorian("hijri", there, month, day)


def _days_within(calendar: str, year: int, fields: Mapping[str, Any]) -> Days:
    """A feast in a Gregorian year, the first where it falls into it twice."""
    first = _year_of(calendar, date(year, 1, 1)) if year <= 2100 else 0
    options = [_days_in(calendar, first + step, fields) for step in (0, 1, 2)] if first else []
    return next((days for days in options if days[0] and days[0].year == year), _NOWHERE)


def _distance(days: Days, anchor: date, tense: str) -> tuple[int, bool]:
    start, end = days
    if start and start > anchor:
        return (start - anchor).days * (10 if tense == "past" else 1), True
    if end and end < anchor:
        return (anchor - end).days * (10 if tense == "future" else 1), False
    return 0, False


def _days_in(calendar: str, year: int, fields: Mapping[str, Any]) -> Days:
    month = int(fields.get("month", 0))
    day = int(fields.get("day", 0))
    if not month and not day:
        return _years_in(calendar, year, year)
    first = to_gregorian(calendar, year, month or 1, day or 1)
    if day:
        last = to_gregorian(calendar, year, int(fields.get("to_month", month)), int(fields.get("to_day", day)))
    else:
        follows = to_gregorian(calendar, year + (month == 12), month % 12 + 1, 1)
        last = follows - timedelta(1) if follows else None
    return (first, last) if first and last and first <= last else _NOWHERE


def _span_of_years(fields: Mapping[str, Any]) -> tuple[int, int]:
    """First and last year of a century (the third: 201 to 300) or a decade (the 1430s: 1430 to 1439)."""
    if "century" in fields:
        return int(fields["century"]) * 100 - 99, int(fields["century"]) * 100
    return int(fields["decade"]), int(fields["decade"]) + 9


def _years_in(calendar: str, first: int, last: int) -> Days:
    start = to_gregorian(calendar, first, 1, 1) or _tabular_year(calendar, first)
    follows = to_gregorian(calendar, last + 1, 1, 1) or _tabular_year(calendar, last + 1)
    return (start, follows - timedelta(1)) if start and follows else _NOWHERE


def _tabular_year(calendar: str, year: int) -> date | None:
    """The first day of a Hijri year by the tabular calendar."""
    if calendar != "hijri" or not 1 <= year <= _GREGORIAN + 1:
        return None
    return _TABULAR_EPOCH + timedelta(354 * (year - 1) + (11 * year + 3) // 30)


def to_gregorian(calendar: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a date, None for one that does not exist or lies outside of the tables."""
    convert = _CONVERTERS.get(calendar)
    return convert(year, month, day) if convert else None


@lru_cache(maxsize=10_000)
def _from_hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        there = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(there.year, there.month, there.day)


@lru_cache(maxsize=10_000)
def _from_iranian(year: int, month: int, day: int) -> date | None:
    import jdatetime

    if not 1 <= year <= 3000:
        return None
    try:
        return jdatetime.date(year, month, day).togregorian()  # type: ignore[no-any-return]
    except ValueError:
        return None


_CONVERTERS: Mapping[str, Callable[[int, int, int], date | None]] = {"hijri": _from_hijri, "iranian": _from_iranian}


def _year_of(calendar: str, day: date) -> int:
    """The calendar's year in which a Gregorian day lies; 0 outside of the tables."""
    guess = round((day.year - 622) * 33 / 32) if calendar == "hijri" else day.year - 621
    for year in (guess + 1, guess, guess - 1, guess - 2):
        first = to_gregorian(calendar, year, 1, 1)
        if first and first <= day:
            return year
    return 0
