"""Which of several possible days or years is meant: by shift, by the weekday's name, by tense and nearness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter

from extract.values.timex import Days, covered_days, month_days
from extract.values.timex_shift import shift_value

# How much farther off a day counts that lies where the tense does not point, and the future where there is no tense.
# A quarter that is over is often reported in a future tense ("expects a third-quarter loss").
_SURE, _UNSURE, _UNSURE_DAY, _SLIGHTLY = 30.0, 10.0, 3.0, 1.3
# A year that is left out is most often that of publication.
_OTHER_YEAR = 4.0
Spans = Mapping[str, tuple[date, date]]


def fit_year(fields: Mapping[str, Any], anchor: date, tense: str, sure: bool, value_in: Callable[[int], str]) -> str:
    """The value in the year that fits best: `shift` chooses before, in or after the anchor's year."""
    options = [value_in(anchor.year + step) for step in (0, -1, 1)]
    spans = _spans(options)
    shift = fields.get("shift")
    if not spans or shift == 0:
        return options[0]
    if shift == -1:
        return max((v for v, (_, end) in spans.items() if end < anchor), default=options[0])
    if shift == 1:
        return min((v for v, (start, _) in spans.items() if start > anchor), default=options[0])
    if "named" in fields:
        spans = {v: s for v, s in spans.items() if s[0].isoweekday() == int(fields["named"])} or spans
    against = _SURE if sure else _UNSURE_DAY if "day" in fields else _UNSURE
    if tense == "future" and "quarter" in fields:
        against = _UNSURE_DAY
    return nearest(spans, anchor, tense, against)


def fit_month(day: int, anchor: date, tense: str) -> str:
    """The day of the month in the month that fits best."""
    months = [shift_value(anchor.isoformat(), "month", step) for step in (0, -1, 1)]
    spans = _spans([f"{month}-{day:02d}" for month in months if month])
    return nearest(spans, anchor, tense) if spans else f"XXXX-XX-{day:02d}"


def _spans(values: list[str]) -> dict[str, tuple[date, date]]:
    found: list[tuple[str, Days]] = [(value, covered_days(value)) for value in values]
    return {value: (start, end) for value, (start, end) in found if start and end}


def nearest(spans: Spans, anchor: date, tense: str, against: float = _SURE) -> str:
    """The value whose days are nearest to the anchor, as the tense weighs them."""

    def distance(value: str) -> tuple[float, bool]:
        start, end = spans[value]
        if start > anchor:
            untold = against * (_OTHER_YEAR if start.year != anchor.year else 1.0)
            return (start - anchor).days * (untold if tense == "past" else 1.0 if tense else _SLIGHTLY), True
        if end < anchor:
            return (anchor - end).days * (against if tense == "future" else 1.0), False
        return 0.0, False

    return min(spans, key=distance)


def moving_day(fields: Mapping[str, Any], year: str) -> str:
    """A day that is counted from Easter, or the n-th weekday of a month (from its end where negative)."""
    if "X" in year or not 1583 <= int(year) <= 4099:
        return year
    if "easter" in fields:
        sunday: date = easter(int(year))
        return (sunday + timedelta(int(fields["easter"]))).isoformat()
    first, last = month_days(int(year), int(fields["month"]))
    weekday, count = int(fields["weekday_of"]), int(fields["week_of"])
    if count > 0:
        day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    else:
        day = last - timedelta((last.isoweekday() - weekday) % 7 + 7 * (-count - 1))
    return (day + timedelta(int(fields.get("plus", 0)))).isoformat()
