"""Number words and digits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from extract.values.numbers import add_up, read_digits


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ([3], 3),
        ([20, 4], 24),
        ([100], 100),
        ([2, 100, 20, 5], 225),
        ([2, 1000], 2000),
        ([1, 1000, 9, 100, 90], 1990),
        ([19, 79], 1979),
        ([19, 90, 4], 1994),
        ([20, 15], 2015),
        ([5, 20], 25),
        ([3, 1000000, 2, 1000], 3002000),
        ([2, 3], None),
        ([20, 30, 40], None),
    ],
)
def test_rows_of_number_words(values: list[int], number: int | None) -> None:
    """Words in the order of the text; None where they are several numbers."""
    assert add_up(values) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", Fraction(12)),
        ("1,200", Fraction(1200)),
        ("2.5", Fraction(5, 2)),
        ("12a", None),
        ("1.", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_digits(text: str, number: Fraction | None) -> None:
    """Digits with thousands and decimals; nothing absurdly long."""
    assert read_digits(text) == number
