"""From the fields of a date to its TIMEX3 value, against the anchor and what the text has said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from extract.values.timex import covered_days
from extract.values.timex_fit import fit_month, fit_year, moving_day
from extract.values.timex_periods import SOME
from extract.values.timex_shift import UNRESOLVED, shift_value

Fields = Mapping[str, Any]
_DAY, _YEAR = "XXXX-XX-XX", "XXXX"
_BEFORE_WRITING = 1000  # "10,000 years ago" is of no year that TIMEX3 can write
_INNER = frozenset({"month", "quarter", "half", "season", "easter"})
_PREFIX = {"quarter": "Q", "half": "H", "season": ""}


class Reference(NamedTuple):
    """What a relative expression is resolved from.

    `anchor` is the publication day; `narrated` the value of the last date in the text, `period` that of the last
    business period, both empty at the start; `tense` is past, present, future or empty, and `sure` where its verb
    stands near; `week_starts` is the ISO number of the weekday on which people's weeks begin.
    """

    anchor: date | None = None
    narrated: str = ""
    period: str = ""
    tense: str = ""
    sure: bool = True
    week_starts: int = 1

    @property
    def day(self) -> str:
        """The anchor as a value; empty where there is none."""
        return self.anchor.isoformat() if self.anchor else ""

    def base(self, fields: Fields) -> str:
        """What shifts count from: the anchor, or the narrated time where the fields ask for it and there is one."""
        return (self.narrated or self.day) if fields.get("base") == "narrated" else self.day

    def in_next_week(self) -> bool:
        """Whether people count the anchor to the week after its ISO week, as on a Sunday that opens their week."""
        return self.anchor is not None and 1 < self.week_starts <= self.anchor.isoweekday()


def date_value(fields: Fields, reference: Reference) -> str:
    """The TIMEX3 value of a date, with X for what is unknown."""
    if "era_year" in fields:
        return f"{fields.get('era', '')}{int(fields['era_year']):04d}"
    if "amount" in fields and "sign" in fields:
        return _after(fields, reference)
    if fields.get("base") == "period":
        return _period(fields, reference)
    if fields.get("base") == "month":
        return _same_month(fields, reference)
    if year := _year(fields, reference):
        return _in_year(fields, year)
    for name, read in _OPEN.items():
        if name in fields:
            return read(fields, reference)
    if "unit" in fields:
        return _unit(fields, reference)
    if "day" in fields:
        day = int(fields["day"])
        return fit_month(day, reference.anchor, reference.tense) if reference.anchor else f"XXXX-XX-{day:02d}"
    return _day_told(reference)


def _day_told(reference: Reference) -> str:
    """The day that the text speaks of, for an hour without a day; the anchor where it speaks of a longer time."""
    known = reference.base({"base": "narrated"})
    start, end = covered_days(known)
    return known if start and start == end and "W" not in known else reference.day or _DAY


def full_year(year: Any, near: int = 1990) -> int:
    """A year of four digits; one of two in the hundred years around `near`."""
    number = int(year)
    if number >= 100:
        return number
    return min((century + number for century in (1800, 1900, 2000)), key=lambda y: (abs(y - near), y))


def _after(fields: Fields, reference: Reference) -> str:
    """So many units after or before the reference: two days ago, a year earlier, three weeks later."""
    unit, amount, sign = str(fields["unit"]), fields["amount"], int(fields["sign"])
    if amount == SOME:
        return "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit == "year" and amount == 1 and reference.period:
        return shift_value(reference.period, "year", sign) or _YEAR
    value = shift_value(reference.base(fields), unit, sign * round(amount))
    if not value and sign < 0 and amount >= _BEFORE_WRITING:
        return "PAST_REF"
    return value or UNRESOLVED.get(unit, _DAY)


def _period(fields: Fields, reference: Reference) -> str:
    """The business period that the text speaks of, in the year that it names or so many years (`step`: units) on."""
    day = reference.day
    period = reference.period or (f"{day[:4]}-QX" if day and fields.get("unit") == "quarter" else day[:4])
    if "year" in fields:
        return f"{full_year(fields['year'])}{period[4:]}"
    return shift_value(period, str(fields.get("step", "year")), int(fields.get("shift", 0))) or _YEAR


def _same_month(fields: Fields, reference: Reference) -> str:
    """The month that the text speaks of, so many years on."""
    start, _ = covered_days(reference.narrated or reference.day)
    return f"{start.year + int(fields['shift']):04d}-{start.month:02d}" if start else "XXXX-XX"


def _year(fields: Fields, reference: Reference) -> str:
    """The year that the fields name, or count ("January this year"); empty where they do neither."""
    if "year" in fields:
        return f"{full_year(fields['year'], reference.anchor.year if reference.anchor else 1990):04d}"
    if fields.get("unit") == "year" and "shift" in fields and not _INNER.isdisjoint(fields):
        return shift_value(reference.base(fields), "year", int(fields["shift"])) or _YEAR
    return ""


def _in_year(fields: Fields, year: str) -> str:
    """What the fields name within a year; of a day that does not exist the month."""
    for name, prefix in _PREFIX.items():
        if name in fields:
            return f"{year}-{prefix}{fields[name]}"
    if "easter" in fields or "week_of" in fields:
        return moving_day(fields, year)
    if "month" not in fields:
        return year
    month = f"{year}-{int(fields['month']):02d}"
    if "day" not in fields:
        return month
    value = f"{month}-{int(fields['day']):02d}"
    return value if "X" in year or covered_days(value)[0] else month


def _open_year(fields: Fields, reference: Reference) -> str:
    """A month, quarter, season or feast without a year."""
    anchor = reference.anchor
    if anchor is None:
        return _in_year(fields, _YEAR)
    if fields.get("quarter") == SOME:
        ended = int(fields.get("ended", 1))  # the month in which it ended: one to come was in the year before
        return _in_year(fields, f"{anchor.year - (ended > anchor.month and reference.tense == 'past'):04d}")
    return fit_year(fields, anchor, reference.tense, reference.sure, lambda year: _in_year(fields, f"{year:04d}"))


def _open_weekday(fields: Fields, reference: Reference) -> str:
    weekday, anchor, shift = int(fields["weekday"]), reference.anchor, fields.get("shift")
    if anchor is None:
        return f"XXXX-WXX-{weekday}"
    if fields.get("unit") == "week" and shift is not None:
        weeks = int(shift) + reference.in_next_week()
        return (anchor + timedelta(7 * weeks - anchor.weekday() + weekday - 1)).isoformat()
    gone = shift == 0 and reference.tense == "past"  # "met this Tuesday"
    if (shift is None and reference.tense != "future") or gone or (shift is not None and shift < 0):
        back = (anchor.isoweekday() - weekday) % 7 or (7 if shift else 0)
        return (anchor - timedelta(back + 7 * (-int(shift or -1) - 1))).isoformat()
    ahead = (weekday - anchor.isoweekday()) % 7
    return (anchor + timedelta(ahead or (7 if shift == 1 else 0))).isoformat()


def _decade(fields: Fields, _: Reference) -> str:
    decade = int(fields["decade"])
    return f"{(decade if decade >= 100 else full_year(decade, 1950)) // 10}X"


def _century(fields: Fields, _: Reference) -> str:
    return f"{int(fields['century']) - 1:02d}"


# The first field that is there says how to read a date without a year.
_OPEN: Mapping[str, Callable[[Fields, Reference], str]] = {
    "decade": _decade,
    "century": _century,
    **dict.fromkeys(("month", "quarter", "half", "easter", "season"), _open_year),
    "weekday": _open_weekday,
}


def _unit(fields: Fields, reference: Reference) -> str:
    """Last week, this year, the next quarter; with base narrated: that year, the following day."""
    unit, shift = str(fields["unit"]), int(fields.get("shift", 0))
    if unit in ("week", "weekend") and fields.get("base") != "narrated" and reference.in_next_week():
        shift += 1
    if unit == "weekend" and "shift" not in fields and reference.anchor and reference.tense != "future":
        shift = -(reference.anchor.isoweekday() < 6)
    value = shift_value(reference.base(fields), unit, shift)
    if not value and fields.get("otherwise") == "anchor":
        value = shift_value(reference.day, unit, shift)
    if unit == "month" and "day" in fields:  # the fifth of the same month
        return f"{value or UNRESOLVED[unit]}-{int(fields['day']):02d}"
    return value or UNRESOLVED.get(unit, _DAY)
