"""Number words to numbers. The words and their values come from the rule files; here is only the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

_LARGEST = 10**15


def read_digits(text: str) -> Fraction | None:
    """The number that digits write ("12", "1,200", "2.5"); None where they are no number."""
    plain = text.replace(",", "")
    whole, point, rest = plain.partition(".")
    if not whole.isdecimal() or (point and not rest.isdecimal()) or len(plain) > 15:
        return None
    return Fraction(plain) if point else Fraction(int(whole))


def add_up(values: Sequence[int]) -> int | None:
    """The number that a row of number words means, in the order of the text.

    Tens and ones add up, hundreds and larger multiply what stands before them; two tens in a row are a year read
    in pairs (19 79). None where the row makes no single number ("two three").
    """
    if _is_year_in_pairs(values):
        return 100 * values[0] + sum(values[1:])
    total = group = 0
    for value in values:
        if value >= 1000:
            total, group = total + max(group, 1) * value, 0
        elif value == 100:
            group = max(group, 1) * 100
        elif _adds(group, value):
            group += value
        else:
            return None
    total += group
    return total if total <= _LARGEST else None


def _is_year_in_pairs(values: Sequence[int]) -> bool:
    if len(values) not in (2, 3) or not 10 <= values[0] <= 20:
        return False
    if len(values) == 3 and not (values[1] % 10 == 0 and values[2] < 10):
        return False
    return 10 <= values[1] <= 99


def _adds(group: int, value: int) -> bool:
    """Whether a number below a hundred goes on one that stands before it; Arabic says "five and twenty"."""
    if group % 100 == 0:
        return True
    if value < 10:
        return group % 100 >= 20 and group % 10 == 0
    return group < 10 and value >= 20 and value % 10 == 0
