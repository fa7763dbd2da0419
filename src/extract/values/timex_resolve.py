"""From the fields of a time expression to its TIMEX3 value, against the anchor and what the text has said before.

Fields are what rules capture or set: `year`, `month`, `day`, `weekday`, `quarter`, `half`, `season`, `decade`,
`century`, `part` (of the day), `hour`, `minute`, `zone`; `shift` with `unit` (last week: -1 week); `amount` with
`unit` and `sign` (two days ago); `base` (anchor or narrated); `type`, `mod` or a whole `value`; `to_day`,
`to_month`, `to_year` of a range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter

from extract.values.calendars import calendar_of_year, foreign_days
from extract.values.timex import Timex, covered_days, month_days
from extract.values.timex_periods import SOME, duration_value, set_value
from extract.values.timex_shift import UNRESOLVED, shift_value

Fields = Mapping[str, Any]
# How much farther off a day counts that lies where the tense does not point, and the future where there is no tense.
_AGAINST = 3.0
_SLIGHTLY = 1.3
_COARSE = 10.0  # months and quarters; a day soon to come is often told of in a past tense


@dataclass(frozen=True, slots=True)
class Reference:
    """What a relative expression is resolved from.

    `anchor` is the publication day; `narrated` the value of the last date in the text, `period` that of the last
    business period, both empty at the start; `tense` is past, future or empty;
    `week_starts` the ISO number of the weekday on which people's weeks begin.
    """

    anchor: date | None = None
    narrated: str = ""
    period: str = ""
    tense: str = ""
    week_starts: int = 1


def resolve_time(fields: Fields, reference: Reference) -> Timex:
    """The meaning of one expression; unresolved where the reference does not settle it."""
    type_, mod = str(fields.get("type", "DATE")), fields.get("mod")
    if "value" in fields:
        return Timex(type_, str(fields["value"]), mod)
    if type_ == "DURATION":
        return Timex(type_, duration_value(fields), mod)
    if type_ == "SET":
        return Timex(type_, set_value(fields), mod)
    calendar = fields.get("calendar") or calendar_of_year(int(fields.get("year", 0)), reference.anchor)
    timex = _foreign({**fields, "calendar": calendar}, reference) if calendar else _gregorian(fields, reference)
    if "named" in fields and timex.value == "XXXX-XX-XX":
        timex = replace(timex, value=f"XXXX-WXX-{fields['named']}")
    if "named" in fields and timex.start and timex.start == timex.end:
        timex = _named(timex, int(fields["named"]), "unit" in fields and "day" not in fields)
    if {"part", "hour", "hhmm"} & fields.keys():
        timex = replace(timex, type="TIME", value=_day_only(timex.value) + _clock(fields))
    return replace(timex, mod=mod) if mod else timex


def _named(timex: Timex, weekday: int, relative: bool) -> Timex:
    """A day with the name of its weekday beside it: the name wins over "today" and "yesterday", which count from a
    publication that may come a day late; beside a full date another name is a clash.
    """
    assert timex.start
    step = (weekday - timex.start.isoweekday() + 3) % 7 - 3
    if step == 0:
        return timex
    day = timex.start + timedelta(step)
    if relative:
        return replace(timex, value=day.isoformat(), start=day, end=day)
    return replace(timex, clash=f"XXXX-WXX-{weekday}")


def _gregorian(fields: Fields, reference: Reference) -> Timex:
    value = date_value(fields, reference)
    if "grain" in fields:
        value = shift_value(value, str(fields["grain"]), 0) or value
    start, end = covered_days(value)
    if "days" in fields and start and start == end:
        return Timex("DATE", value, None, start, start + timedelta(max(1, round(fields["days"])) - 1))
    if {"to_day", "to_month", "to_year"} & fields.keys():
        end = _range_end(fields, value)
        start = start if end else None
        value = start.isoformat() if start else value
    return Timex("DATE", value, None, start, end)


def _range_end(fields: Fields, value: str) -> date | None:
    start, _ = covered_days(value)
    if start is None:
        return None
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
        return Timex("DATE", "XXXX-XX-XX" if "day" in fields else "XXXX")
    return Timex("DATE", start.isoformat(), None, start, end)


def _day_only(value: str) -> str:
    return value if len(value) >= 8 and "-" in value else "XXXX-XX-XX"


def _clock(fields: Fields) -> str:
    if "hhmm" in fields:
        return f"T{int(fields['hhmm']) // 100:02d}:{int(fields['hhmm']) % 100:02d}{fields.get('zone', '')}"
    if "hour" not in fields:
        return f"T{fields['part']}"
    hour = int(fields["hour"])
    late = fields.get("half_day") == "pm" or (fields.get("part") in ("AF", "EV", "NI") and 0 < hour < 12)
    if late and hour < 12:
        hour += 12
    elif fields.get("half_day") == "am" and hour == 12:
        hour = 0
    minutes = (60 * hour + int(fields.get("minute", 0)) - int(fields.get("less", 0))) % (24 * 60 + 1)
    return f"T{minutes // 60:02d}:{minutes % 60:02d}{fields.get('zone', '')}"


def date_value(fields: Fields, reference: Reference) -> str:
    """The TIMEX3 value of a date, with X for what is unknown."""
    if "amount" in fields and "sign" in fields:
        return _after(fields, reference)
    if fields.get("base") == "period":
        return _period(fields, reference)
    year = _year(fields, reference)
    if year:
        return _in_year(fields, year, reference)
    for name, finder in _OPEN.items():
        if name in fields:
            return finder(fields, reference)
    if "unit" in fields:
        return _unit(fields, reference)
    if "day" in fields:
        return _bare_day(fields, reference)
    known = _base({"base": "narrated"}, reference)
    return known if covered_days(known)[0] and len(known) == len("2024-05-12") and "W" not in known else "XXXX-XX-XX"


def full_year(year: Any, near: int = 1990) -> int:
    """A year of four digits; one of two in the hundred years around `near`."""
    number = int(year)
    if number >= 100:
        return number
    return min((century + number for century in (1800, 1900, 2000)), key=lambda y: (abs(y - near), y))


def _after(fields: Fields, reference: Reference) -> str:
    """So many units after or before the reference: two days ago, a year earlier, three weeks later."""
    unit, amount = str(fields["unit"]), fields["amount"]
    if amount == "X":
        return "PAST_REF" if int(fields["sign"]) < 0 else "FUTURE_REF"
    if unit == "year" and amount == 1 and reference.period and "quarter" not in fields:
        return shift_value(reference.period, "year", int(fields["sign"])) or "XXXX"
    base = _base(fields, reference)
    return shift_value(base, unit, int(fields["sign"]) * round(amount)) or UNRESOLVED.get(unit, "XXXX-XX-XX")


def _base(fields: Fields, reference: Reference) -> str:
    anchor = reference.anchor.isoformat() if reference.anchor else ""
    return reference.narrated or anchor if fields.get("base") == "narrated" else anchor


def _year(fields: Fields, reference: Reference) -> str:
    if "year" in fields:
        return f"{full_year(fields['year'], reference.anchor.year if reference.anchor else 1990):04d}"
    inner = {"month", "quarter", "half", "season", "easter"} & fields.keys()
    if inner and fields.get("unit") == "year" and "shift" in fields:
        return shift_value(_base(fields, reference), "year", int(fields["shift"])) or "XXXX"
    return ""


def _in_year(fields: Fields, year: str, reference: Reference) -> str:
    for name, prefix in (("quarter", "Q"), ("half", "H"), ("season", "")):
        if name in fields:
            return f"{year}-{prefix}{fields[name]}"
    if "easter" in fields or "week_of" in fields:
        return _moving_day(fields, year)
    if "month" not in fields:
        return year
    month = f"{year}-{int(fields['month']):02d}"
    if "day" not in fields:
        return month
    value = f"{month}-{int(fields['day']):02d}"
    return value if "X" in year or covered_days(value)[0] else month


def _moving_day(fields: Fields, year: str) -> str:
    """A day that is counted from Easter, or the n-th weekday of a month (from its end where negative)."""
    if "X" in year:
        return year
    if "easter" in fields:
        return (easter(int(year)) + timedelta(int(fields["easter"]))).isoformat()
    first, last = month_days(int(year), int(fields["month"]))
    weekday, count = int(fields["weekday_of"]), int(fields["week_of"])
    if count > 0:
        day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    else:
        day = last - timedelta((last.isoweekday() - weekday) % 7 + 7 * (-count - 1))
    return (day + timedelta(int(fields.get("plus", 0)))).isoformat()


def _open_month(fields: Fields, reference: Reference) -> str:
    if reference.anchor is None:
        return _in_year(fields, "XXXX", reference)
    return _fit(fields, reference, lambda year: _in_year(fields, f"{year:04d}", reference))


def _open_part(fields: Fields, reference: Reference) -> str:
    if reference.anchor is None:
        return _in_year(fields, "XXXX", reference)
    if fields.get("quarter") == SOME:
        return _in_year(fields, f"{reference.anchor.year:04d}", reference)
    return _fit(fields, reference, lambda year: _in_year(fields, f"{year:04d}", reference))


def _fit(fields: Fields, reference: Reference, value_in: Callable[[int], str]) -> str:
    """The value in the year that fits best: by `shift` (last May, this May), else by tense and nearness."""
    assert reference.anchor is not None
    anchor = reference.anchor
    options = [value_in(anchor.year + step) for step in (0, -1, 1)]
    spans = {value: span for value in options if None not in (span := covered_days(value))}
    if not spans:
        return options[0]
    shift = fields.get("shift")
    if shift == 0:
        return options[0]
    if shift == -1:
        return max((v for v, (_, end) in spans.items() if end and end < anchor), default=options[0])
    if shift == 1:
        return min((v for v, (start, _) in spans.items() if start and start > anchor), default=options[0])
    if "named" in fields:
        named = int(fields["named"])
        spans = {v: s for v, s in spans.items() if s[0] and s[0].isoweekday() == named} or spans
    ahead = _AGAINST if "day" in fields else _COARSE
    return min(spans, key=lambda value: _distance(spans[value], anchor, reference.tense, ahead))


def _distance(span: tuple[date | None, date | None], anchor: date, tense: str, ahead: float = _AGAINST) -> tuple[float, bool]:
    """Days from the anchor, times three where the tense speaks against that direction; the past a little nearer."""
    start, end = span
    assert start and end
    if start > anchor:
        return (start - anchor).days * (ahead if tense == "past" else 1.0 if tense else _SLIGHTLY), True
    if end < anchor:
        return (anchor - end).days * (_AGAINST if tense == "future" else 1.0), False
    return 0.0, False


def _open_weekday(fields: Fields, reference: Reference) -> str:
    weekday, anchor = int(fields["weekday"]), reference.anchor
    if anchor is None:
        return f"XXXX-WXX-{weekday}"
    if fields.get("unit") == "week" and "shift" in fields:
        monday = anchor + timedelta(7 * (int(fields["shift"]) + _in_next_week(reference)) - anchor.weekday())
        return (monday + timedelta(weekday - 1)).isoformat()
    back = (anchor.isoweekday() - weekday) % 7
    shift = fields.get("shift")
    if shift == -1 or (shift is None and reference.tense != "future"):
        return (anchor - timedelta(back or (7 if shift == -1 else 0))).isoformat()
    return (anchor + timedelta((weekday - anchor.isoweekday()) % 7 or (7 if shift == 1 else 0))).isoformat()


def _open_decade(fields: Fields, reference: Reference) -> str:
    decade = int(fields["decade"])
    return f"{(decade if decade >= 100 else full_year(decade, 1950)) // 10}X"


def _open_century(fields: Fields, reference: Reference) -> str:
    return f"{int(fields['century']) - 1:02d}"


_OPEN: Mapping[str, Callable[[Fields, Reference], str]] = {
    "decade": _open_decade,
    "century": _open_century,
    "month": _open_month,
    "quarter": _open_part,
    "half": _open_part,
    "week_of": _open_month,
    "easter": _open_month,
    "season": _open_part,
    "weekday": _open_weekday,
}


def _period(fields: Fields, reference: Reference) -> str:
    """The business period that the text speaks of, in the year that it names or so many years on."""
    anchor = reference.anchor.isoformat() if reference.anchor else ""
    period = reference.period or (f"{anchor[:4]}-QX" if anchor and fields.get("unit") == "quarter" else anchor[:4])
    if "year" in fields:
        return f"{full_year(fields['year'])}{period[4:]}"
    return shift_value(period, "year", int(fields.get("shift", 0))) or "XXXX"


def _unit(fields: Fields, reference: Reference) -> str:
    """Last week, this year, the next quarter; with base narrated: that year, the following day."""
    unit, shift = str(fields["unit"]), int(fields.get("shift", 0))
    if unit in ("week", "weekend") and fields.get("base") != "narrated" and _in_next_week(reference):
        shift += 1
    if unit == "weekend" and "shift" not in fields and reference.anchor and reference.tense != "future":
        shift = -(reference.anchor.isoweekday() < 6)
    value = shift_value(_base(fields, reference), unit, shift)
    if unit == "month" and "day" in fields:
        return f"{value or UNRESOLVED[unit]}-{int(fields['day']):02d}"
    return value or UNRESOLVED.get(unit, "XXXX-XX-XX")


def _in_next_week(reference: Reference) -> bool:
    """Whether people count the anchor to the week after its ISO week, as on a Sunday that opens their week."""
    return reference.anchor is not None and 1 < reference.week_starts <= reference.anchor.isoweekday()


def _bare_day(fields: Fields, reference: Reference) -> str:
    """ "The 25th": in the month that fits best."""
    anchor, day = reference.anchor, int(fields["day"])
    if anchor is None:
        return f"XXXX-XX-{day:02d}"
    months = [shift_value(anchor.isoformat(), "month", step) for step in (0, -1, 1)]
    spans = {v: s for m in months if m and None not in (s := covered_days(v := f"{m}-{day:02d}"))}
    return min(spans, key=lambda v: _distance(spans[v], anchor, reference.tense)) if spans else f"XXXX-XX-{day:02d}"
