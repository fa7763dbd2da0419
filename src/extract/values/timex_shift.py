"""Steps in time: a value so many units on, at the granularity of the unit."""

from __future__ import annotations

from datetime import date, timedelta

from extract.values.timex import covered_days, week_value

# What is written where the day that a unit is counted from is unknown.
UNRESOLVED = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "year": "XXXX", "decade": "XXXX", "century": "XXXX", "fortnight": "XXXX-WXX",
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_ORDER = ("day", "week", "weekend", "fortnight", "month", "quarter", "half", "year", "decade", "century", "millennium")


def shift_value(value: str, unit: str, count: int) -> str:
    """The unit `count` units after the one in which `value` lies; empty where `value` does not settle it.

    A value coarser than the unit settles nothing: no day follows from a month. A business period keeps its form
    when it moves by years (1989-Q3 to 1988-Q3).
    """
    if unit == "year" and value[:4].isdecimal() and value[4:] in ("-QX", "-HX"):
        return f"{int(value[:4]) + count:04d}{value[4:]}"
    start, end = covered_days(value)
    if start is None or end is None:
        return ""
    try:
        if unit == "year" and value[4:6] in ("-Q", "-H"):
            return f"{start.year + count:04d}{value[4:]}"
        if unit in _DAYS:
            return unit_value(start + timedelta(_DAYS[unit] * count), unit) if _fine(start, end, unit) else ""
        if unit in _MONTHS:
            return unit_value(_add_months(start, _MONTHS[unit] * count), unit)
    except (ValueError, OverflowError):
        return ""
    return ""


def _fine(start: date, end: date, unit: str) -> bool:
    return (end - start).days < (7 if unit != "day" else 1)


def _add_months(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def unit_value(day: date, unit: str) -> str:
    """The unit in which a day lies."""
    year = f"{day.year:04d}"
    match unit:
        case "day":
            return day.isoformat()
        case "week" | "fortnight":
            return week_value(day)
        case "weekend":
            return f"{week_value(day)}-WE"
        case "month":
            return f"{year}-{day.month:02d}"
        case "quarter":
            return f"{year}-Q{(day.month + 2) // 3}"
        case "half":
            return f"{year}-H{(day.month + 5) // 6}"
        case "decade":
            return f"{year[:3]}X"
        case "century":
            return year[:2]
    return year
