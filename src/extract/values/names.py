"""Names of people: whether two of them name the same person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import IntEnum

Name = tuple[str, ...]
_CLOSE = 0.84
_SHORTEST_MISSPELLED = 6


class Likeness(IntEnum):
    """How well two names fit: not at all, by a misspelling, by a part of the name, wholly."""

    NONE = 0
    MISSPELLED = 1
    PART = 2
    SAME = 3


def name_words(norms: Sequence[str], particles: frozenset[str]) -> Name:
    """The words of a name that count in a comparison: no particles, initials or marks; hyphens part words."""
    words = [part for norm in norms for part in norm.split("-")]
    kept = tuple(w for w in words if w not in particles and len(w.rstrip(".")) > 1 and any(c.isalpha() for c in w))
    return kept or tuple(words)


def compare_names(one: Name, other: Name, descent: bool = False) -> Likeness:
    """Whether two names may be one person's: equal words in any order, one a part of the other, or a misspelling.

    A part counts only where it holds the first or the last word of the fuller name, as "Ruiz" of "Ana Maria Ruiz" does.
    Where names tell `descent`, several words that open with another name are those of the father.
    """
    if not one or not other:
        return Likeness.NONE
    if descent and len(one) > 1 and len(other) > 1 and not _open_alike(one, other):
        return Likeness.NONE
    a, b = Counter(one), Counter(other)
    if a == b or "".join(sorted(one)) == "".join(sorted(other)):
        return Likeness.SAME
    short, full = sorted((one, other), key=lambda name: (len(name), name))
    if not Counter(short) - Counter(full) and (full[-1] in short or full[0] in short):
        return Likeness.PART
    return Likeness.MISSPELLED if _misspelled(short, full) else Likeness.NONE


def _open_alike(one: Name, other: Name) -> bool:
    """Whether two names open with the same word, written as one or as two."""
    return "".join(one).startswith(other[0]) or "".join(other).startswith(one[0])


def _misspelled(short: Name, full: Name) -> bool:
    if len(short) == 1:
        return len(short[0]) >= _SHORTEST_MISSPELLED and _close(short[0], full[-1])
    if len(short) != len(full):
        return False
    shared = set(short) & set(full)
    if not shared:
        return False
    one, other = set(short) - shared, set(full) - shared
    return len(one) == len(other) == 1 and all(len(a) >= 5 and _close(a, b) for a, b in zip(one, other, strict=True))


def _close(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 2 and a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= _CLOSE
