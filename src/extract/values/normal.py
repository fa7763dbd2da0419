"""Normal forms: words as they are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Typographic variants that NFKC leaves alone, each to the ASCII form that rule authors type.
_UNIFIED = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u0640": None,
        # Bidirectional controls and zero-width marks carry no letter.
        **{chr(code): None for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0xFEFF)},
        **{chr(code): None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    }
)  # fmt: skip


def normal_form(text: str, fold: Mapping[int, str] | None = None) -> str:
    """The form in which words are compared: NFKC, case folded, no combining marks, unified quotes and dashes.

    Digits of any script become ASCII. `fold` maps further letters of a language (code point to letters), as its
    rule files say. Idempotent; the result may differ in length from `text`, so offsets never count in it.
    """
    if text.isascii():
        plain = text.lower().replace("`", "'")
        return fold.get(ord(plain), plain) if fold and len(plain) == 1 else plain
    text = unicodedata.normalize("NFKC", text).translate(_UNIFIED)
    text = "".join(_letter(char) for char in unicodedata.normalize("NFD", text.casefold()))
    text = text.translate(fold) if fold else text
    return unicodedata.normalize("NFC", text).translate(_UNIFIED)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if unicodedata.combining(char):
        return ""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)
