"""The view of a sentence that patterns run on, and the matches they find in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from extract.annotations import Mention, Sentence
from extract.rulebook.compile import Compiled
from extract.rulebook.model import Rule
from extract.rulebook.raw import Found, Raw

_END_OF_KIND = re.compile("[.#]")
_MOST_REMEMBERED = 20_000
_UNSAFE = str.maketrans({" ": "_", "@": "_", "#": "_"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One token, or one mention that stands for its tokens: [start, end) of the sentence's tokens."""

    start: int
    end: int
    mention: Mention | None = None


@dataclass(frozen=True)
class View:
    """A sentence as a row of cells: `text` is what expressions run on, `offsets` where each cell starts in it."""

    sentence: Sentence
    cells: tuple[Cell, ...]
    text: str
    offsets: tuple[int, ...]
    keys: frozenset[str]

    def cell_at(self, offset: int) -> int:
        """The number of the cell that starts at `offset`; the number of cells at the very end."""
        return bisect_left(self.offsets, offset)

    @cached_property
    def openers(self) -> tuple[tuple[int, tuple[str, str]], ...]:
        """Where each cell starts, and what can open a pattern there: a word, its shape, a kind of mention (twice)."""
        return tuple(zip(self.offsets, map(_openers, self.text.split(" ")), strict=False))


@lru_cache(maxsize=100_000)
def _openers(written: str) -> tuple[str, str]:
    if written[0] != "@":
        return written[1:], "#" + written[0]
    kind = written[: _END_OF_KIND.search(written).start()]  # type: ignore[union-attr]
    return kind, kind


@dataclass(frozen=True, slots=True)
class Match:
    """One match of one rule: its token range, and for each slot the cells that fill it."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, tuple[tuple[Cell, ...], ...]]
    place: int = 0  # which of the rule's patterns matched, from 0

    def mentions(self, slot: str) -> tuple[Mention, ...]:
        """The mentions in a slot, in order of the text."""
        return tuple(c.mention for run in self.slots.get(slot, ()) for c in run if c.mention is not None)

    def span(self, slot: str) -> tuple[int, int] | None:
        """First and last token (exclusive) of a slot; None where it is not filled."""
        runs = [run for run in self.slots.get(slot, ()) if run]
        return (runs[0][0].start, runs[-1][-1].end) if runs else None


def build_view(sentence: Sentence, mentions: Iterable[Mention]) -> View:
    """The view of a sentence in which each mention is one cell; of overlapping mentions the longest, then first."""
    norms, tokens = sentence.norms, _token_cells(len(sentence.tokens))
    words = [_word_cell(token.shape, token.norm) for token in sentence.tokens]
    written: list[str] = []
    cells: list[Cell] = []
    plain: list[str] = []
    kinds: list[str] = []
    position = 0
    for mention in _apart(mentions):
        start = mention.start
        if start > position:
            written += words[position:start]
            cells += tokens[position:start]
            plain += norms[position:start]
        written.append(f"@{'.'.join((mention.kind, *mention.features))}#{len(cells)} ")
        cells.append(Cell(start, mention.end, mention))
        kinds.append("@" + mention.kind)
        position = mention.end
    written += words[position:]
    cells += tokens[position : len(words)]
    plain += norms[position:]
    offsets = tuple(accumulate(map(len, written), initial=0))
    return View(sentence, tuple(cells), "".join(written), offsets[:-1], frozenset(plain + kinds))


@lru_cache(maxsize=100_000)
def _word_cell(shape: str, norm: str) -> str:
    return f"{shape}{norm.translate(_UNSAFE)} "


_CELLS: list[Cell] = []  # cells of single tokens, the same in every sentence


def _token_cells(count: int) -> list[Cell]:
    while len(_CELLS) < count:
        _CELLS.append(Cell(len(_CELLS), len(_CELLS) + 1))
    return _CELLS


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not overlap, in text order: the longest, then the first, by kind and rule where all is equal."""
    kept = sorted(mentions, key=_first)
    if all(one.end <= other.start for one, other in pairwise(kept)):
        return kept
    taken: set[int] = set()
    found = []
    for mention in sorted(kept, key=lambda m: (m.start - m.end, m.start, m.kind, m.rule)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            found.append(mention)
    return sorted(found, key=_first)


def _first(mention: Mention) -> int:
    return mention.start


class Grammar:
    """Compiled rules that run together. A rule is entered only where its rarest word occurs in the sentence."""

    def __init__(self, rules: Sequence[tuple[Rule, Compiled]]) -> None:
        self.rules = tuple(rules)
        self._anywhere: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        for number, (_, compiled) in enumerate(self.rules):
            if not compiled.required:
                self._anywhere.append(number)
                continue
            for word in compiled.required[0]:
                self._by_word.setdefault(word, []).append(number)
        self._words = frozenset(self._by_word)
        self._remembered: dict[frozenset[str], list[int]] | None = None

    def remember(self) -> None:
        """Keep the candidates of every set of keys: worth it for short views, whose keys come again."""
        self._remembered = {}

    def candidates(self, keys: frozenset[str]) -> list[int]:
        """Numbers of the rules all of whose required words and kinds are among `keys`, in the order of the rules."""
        if self._remembered is None:
            return self._candidates(keys)
        found = self._remembered.get(keys)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[keys] = self._candidates(keys)
        return found

    def _candidates(self, keys: frozenset[str]) -> list[int]:
        rules = self.rules
        numbers = {number for word in keys & self._words for number in self._by_word[word]}
        numbers.update(self._anywhere)
        if not numbers:
            return []
        return sorted([n for n in numbers if not any(map(keys.isdisjoint, rules[n][1].required))])

    def find(self, view: View) -> list[Match]:
        """Every match of every rule, in the order of the rules; matches of one rule do not overlap."""
        return [
            Match(rule, *span, _slots(match, compiled, view), compiled.place)
            for rule, compiled in map(self.rules.__getitem__, self.candidates(view.keys))
            for match in _matches(compiled, view)
            if (span := _tokens(match, view))
        ]


def _matches(compiled: Compiled, view: View) -> Sequence[re.Match[str] | Found]:
    """The matches of a pattern that do not overlap, tried only where one can begin."""
    if isinstance(compiled, Raw):
        return list(compiled.find(view))
    openers = compiled.openers
    if openers is None:
        return list(compiled.expression.finditer(view.text))
    found: list[re.Match[str]] = []
    end, text = 0, view.text
    for offset in [at for at, (word, shape) in view.openers if word in openers or shape in openers]:
        if offset >= end and (match := compiled.expression.match(text, offset)):
            end = match.end()
            found.append(match)
    return found


def _tokens(match: re.Match[str] | Found, view: View) -> tuple[int, int] | None:
    """The tokens of a match; None where it has no cell."""
    first, last = view.cell_at(match.start()), view.cell_at(match.end())
    return (view.cells[first].start, view.cells[last - 1].end) if last > first else None


def _slots(match: re.Match[str] | Found, compiled: Compiled, view: View) -> dict[str, tuple[tuple[Cell, ...], ...]]:
    slots: dict[str, tuple[tuple[Cell, ...], ...]] = {}
    for group, slot in compiled.slots.items():
        start, end = match.span(group)
        if start >= 0:
            slots[slot] = (*slots.get(slot, ()), view.cells[view.cell_at(start) : view.cell_at(end)])
    return slots


def select_longest(matches: Iterable[Match]) -> list[Match]:
    """Matches that do not overlap: higher priority first, then longer, then earlier, then rule id; in text order."""
    taken: set[int] = set()
    kept = []
    order = sorted(matches, key=lambda m: (-m.rule.priority, m.start - m.end, m.start, m.rule.id))
    for match in order:
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)
