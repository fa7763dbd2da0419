"""From the fields of a time expression to what it means.

Fields are what rules capture or set: `year`, `month`, `day`, `weekday`, `quarter`, `half`, `season`, `decade`,
`century`, `part` (of the day), `hour`, `minute`, `zone`; `named`, a weekday beside a date; `shift` with `unit`
(last week: -1 week); `amount` with `unit` and `sign` (two days ago); `base` (anchor, narrated or period); `type`,
`mod` or a whole `value`; `to_day`, `to_month`, `to_year` of a range, `days` for its length; `calendar`.

dateparser does none of this: with languages and base fixed it still takes a weekday's name of the same day for last
week's, a month for a day and a range for its first part, and knows no Hijri date (tests/values/test_timex.py).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from extract.values.calendars import calendar_of_year, foreign_days, hijri_day_of_month
from extract.values.timex import Timex, covered_days
from extract.values.timex_dates import Fields, Reference, date_value, full_year
from extract.values.timex_periods import duration_value, set_value
from extract.values.timex_shift import shift_value

_DAY, _YEAR = "XXXX-XX-XX", "XXXX"
# Hours that a part of the day makes those after noon; the first hours of a night are before it.
_LATE_HOURS = {"AF": range(1, 12), "EV": range(1, 12), "NI": range(6, 13), "MI": range(1, 6)}
_CLOCK = frozenset({"part", "hour", "hhmm"})
_ENDS = frozenset({"to_day", "to_month", "to_year"})
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?")
_LATE = 5  # days from writing to publication, at most
_MINUTES = 24 * 60 + 1  # midnight at the end of a day is 24:00


def resolve_time(fields: Fields, reference: Reference) -> Timex:
    """The meaning of one expression; unresolved where the reference does not settle it."""
    type_, mod = str(fields.get("type", "DATE")), fields.get("mod")
    if "value" in fields:
        return Timex(type_, str(fields["value"]), mod)
    if type_ == "DURATION":
        return Timex(type_, duration_value(fields), mod)
    if type_ == "SET":
        return Timex(type_, set_value(fields), mod)
    calendar = fields.get("calendar") or ("year" in fields and calendar_of_year(int(fields["year"]), reference.anchor))
    timex = _foreign({**fields, "calendar": calendar}, reference) if calendar else _gregorian(fields, reference)
    if "named" in fields and fields.get("unit") == "month":
        timex = _of_hijri_month(timex, fields, reference)
    if "named" in fields:
        timex = _named(timex, int(fields["named"]), relative="unit" in fields and "day" not in fields)
    if timex.clash and "weekday_wins" in fields:  # the numbers beside a weekday are of another calendar
        timex = _gregorian({"weekday": fields["named"]}, reference)
    if not _CLOCK.isdisjoint(fields):
        day = timex.value if timex.start is None or timex.start == timex.end else _DAY
        value = (day if len(day) > len("2024-05") else _DAY) + clock_value(fields)
        timex = replace(timex, type="TIME", value=value, zone=zone_value(str(fields.get("zone", ""))))
    return replace(timex, mod=mod) if mod else timex


def _named(timex: Timex, weekday: int, relative: bool) -> Timex:
    """A day with the name of its weekday beside it: the name wins over "today" and "yesterday", which count from a
    publication that may come days late, hardly before; beside a full date another name is a clash.
    """
    if timex.start is None or timex.start != timex.end:
        return replace(timex, value=f"XXXX-WXX-{weekday}") if timex.value == _DAY else timex
    step = (weekday - timex.start.isoweekday() + _LATE) % 7 - _LATE
    if step == 0:
        return timex
    if relative:
        day = timex.start + timedelta(step)
        return replace(timex, value=day.isoformat(), start=day, end=day)
    return replace(timex, clash=f"XXXX-WXX-{weekday}")


def _of_hijri_month(timex: Timex, fields: Fields, reference: Reference) -> Timex:
    """ "Saturday the ninth of this month": of the Hijri month where the weekday fits there and not here."""
    named = int(fields["named"])
    if timex.start is None or reference.anchor is None or timex.start.isoweekday() == named:
        return timex
    day = hijri_day_of_month(reference.anchor, int(fields.get("shift", 0)), int(fields.get("day", 0)))
    if day is None or day.isoweekday() != named:
        return timex
    return Timex("DATE", day.isoformat(), timex.mod, day, day)


def _gregorian(fields: Fields, reference: Reference) -> Timex:
    value = date_value(fields, reference)
    if "grain" in fields:
        value = shift_value(value, str(fields["grain"]), 0) or value
    start, end = covered_days(value)
    if "days" in fields and start and start == end:
        return Timex("DATE", value, None, start, start + timedelta(min(max(1, round(fields["days"])), 3660) - 1))
    if not _ENDS.isdisjoint(fields):
        end = _range_end(fields, start) if start else None
        start = start if end else None
        value = start.isoformat() if start else value
    return Timex("DATE", value, None, start, end)


def _range_end(fields: Fields, start: date) -> date | None:
    """The last day of a range that begins on `start`; None where it would lie before it."""
    month = int(fields.get("to_month", start.month))
    year = full_year(fields["to_year"], start.year) if "to_year" in fields else start.year + (month < start.month)
    last = f"{year:04d}"
    if "to_month" in fields or "month" in fields:
        last += f"-{month:02d}" + (f"-{int(fields['to_day']):02d}" if "to_day" in fields else "")
    end = covered_days(last)[1]
    return end if end and end >= start else None


def _foreign(fields: Fields, reference: Reference) -> Timex:
    start, end = foreign_days(fields, reference.anchor, reference.tense)
    if start is None or end is None:
        return Timex("DATE", _DAY if "day" in fields else _YEAR)
    return Timex("DATE", start.isoformat(), None, start, end)


def clock_value(fields: Fields) -> str:
    """The time of day: T14:30, TMO."""
    if "hhmm" in fields:
        return f"T{int(fields['hhmm']) // 100:02d}:{int(fields['hhmm']) % 100:02d}"
    if "hour" not in fields:
        return f"T{fields['part']}"
    hour = int(fields["hour"])
    part = str(fields.get("part", ""))
    late = fields.get("half_day") == "pm" and hour < 12
    if late or hour in _LATE_HOURS.get(part, ()):
        hour += 12
    elif fields.get("half_day") == "am" and hour == 12:
        hour = 0
    minutes = (60 * hour + int(fields.get("minute", 0)) - int(fields.get("less", 0))) % _MINUTES
    return f"T{minutes // 60:02d}:{minutes % 60:02d}"


def zone_value(written: str) -> str | None:
    """A time zone as Z or an offset: Z, z, +3, +0330, -05:00; None where it is none."""
    if written in ("Z", "z"):
        return "Z"
    match = _OFFSET.fullmatch(written)
    return f"{match[1]}{int(match[2]):02d}:{match[3] or '00'}" if match else None
