"""Durations and repeated times as TIMEX3 values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

# Units that TIMEX3 has no letter for, as so many of one that it has.
_AS_OTHER = {
    "decade": (10, "year"), "century": (100, "year"), "millennium": (1000, "year"), "fortnight": (2, "week"),
    "quarter": (3, "month"), "half": (6, "month"), "season": (3, "month"),
}  # fmt: skip
_LETTER = {
    "year": "Y", "month": "M", "week": "W", "day": "D", "weekend": "WE", "hour": "H", "minute": "M", "second": "S",
}  # fmt: skip
_CLOCK_UNITS = ("hour", "minute", "second")
_SMALLER = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "minute": (60, "second")}
_VAGUE_LETTER = {"decade": "Y", "century": "C", "quarter": "Q", "fortnight": "W"}
SOME = "X"


def duration_value(fields: Mapping[str, Any]) -> str:
    """P3D, PT2H, P2Y6M, PXW: from `amount` and `unit`, and `more_amount` and `more_unit` where there are two.

    The amount is a number or X; without one it is unknown.
    """
    amount = fields.get("amount", fields.get("default_amount", SOME))
    if "half" in fields and amount != SOME:
        amount = Fraction(amount) + Fraction(1, 2)
    parts = _parts(amount, fields["unit"])
    if "more_unit" in fields:
        parts += _parts(fields.get("more_amount", SOME), fields["more_unit"])
    days = "".join(amount + _LETTER[unit] for amount, unit in parts if unit not in _CLOCK_UNITS)
    clock = "".join(amount + _LETTER[unit] for amount, unit in parts if unit in _CLOCK_UNITS)
    if parts and parts[0][0] == SOME and fields["unit"] in _VAGUE_LETTER:
        return f"PX{_VAGUE_LETTER[fields['unit']]}"
    return "P" + days + (f"T{clock}" if clock else "")


def _parts(amount: Any, unit: str) -> list[tuple[str, str]]:
    if amount == SOME:
        return [(SOME, _AS_OTHER[unit][1] if unit in _AS_OTHER else unit)]
    number = Fraction(amount)
    if unit in _AS_OTHER:
        factor, unit = _AS_OTHER[unit]
        number *= factor
    if number.denominator == 1:
        return [(str(number.numerator), unit)]
    whole, rest = divmod(number, 1)
    if unit in _SMALLER:
        factor, smaller = _SMALLER[unit]
        if (rest * factor).denominator == 1:
            return [*([(str(whole), unit)] if whole else []), (str((rest * factor).numerator), smaller)]
    return [(f"{float(number):.6g}", unit)]


def set_value(fields: Mapping[str, Any]) -> str:
    """What is repeated: P1D for every day, XXXX-WXX-1 for every Monday, XXXX-07 for every July."""
    part = f"T{fields['part']}" if "part" in fields else ""
    if "weekday" in fields:
        return f"XXXX-WXX-{fields['weekday']}{part}"
    if "month" in fields:
        return f"XXXX-{int(fields['month']):02d}" + (f"-{int(fields['day']):02d}" if "day" in fields else "")
    for name in ("season", "quarter", "half"):
        if name in fields:
            return f"XXXX-{_letter(name)}{fields[name]}"
    if part:
        return f"XXXX-XX-XX{part}"
    return duration_value({"amount": 1, **fields})


def _letter(name: str) -> str:
    return {"quarter": "Q", "half": "H"}.get(name, "")
