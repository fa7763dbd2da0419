"""Looks up names of one or more words, longest first: the gazetteer.

A dict of first words does 5,000 names in 0.3 ms an article and builds in 0.08 s for 50,000; spaCy's
PhraseMatcher is a little faster to run and 40 times slower to build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = tuple[str, tuple[str, ...], Mapping[str, Any], str]  # the parts of a name


@dataclass(frozen=True, slots=True)
class Name:
    """One entry under one of its names; `words` are normal forms, `source` says who lists it."""

    kind: str
    words: tuple[str, ...]
    value: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at tokens [start, end)."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by their first word, the longest first."""

    _groups: dict[str, tuple[Name, ...]] = field(repr=False)
    # Names as plain rows, made when they are met: an article meets few of them.
    _rows: Mapping[str, Sequence[Row]] = field(default_factory=dict, repr=False)

    @property
    def by_first(self) -> Mapping[str, tuple[Name, ...]]:
        """All names by their first word."""
        return {first: self._groups.get(first) or self._make(first) for first in self._rows} or self._groups

    def _make(self, first: str) -> tuple[Name, ...]:
        names = self._groups[first] = tuple(Name(*row) for row in self._rows[first])
        return names

    def find(self, norms: Sequence[str], starts: Callable[[int], bool] | None = None) -> list[Hit]:
        """For each position and kind the longest name that starts there, in text order."""
        hits: list[Hit] = []
        norms = tuple(norms)
        groups, rows = self._groups, self._rows
        for start in [place for place, norm in enumerate(norms) if norm in groups or norm in rows]:
            if starts and not starts(start):
                continue
            names = groups.get(norms[start]) or self._make(norms[start])
            seen: set[str] = set()
            for name in names:
                words = name.words
                if norms[start : start + len(words)] == words and name.kind not in seen:
                    seen.add(name.kind)
                    hits.append(Hit(start, start + len(words), name))
        return hits


def build_lexicon(names: Iterable[Name]) -> Lexicon:
    """A lexicon; of two names alike in kind and words the first given stays."""
    unique: dict[tuple[str, tuple[str, ...]], Name] = {}
    for name in names:
        if name.words:
            unique.setdefault((name.kind, name.words), name)
    by_first: dict[str, list[Name]] = {}
    for name in unique.values():
        by_first.setdefault(name.words[0], []).append(name)
    return Lexicon({first: tuple(sorted(group, key=lambda n: -len(n.words))) for first, group in by_first.items()})
