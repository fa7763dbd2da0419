"""The view of a sentence that patterns run on, and the matches they find in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.annotations import Mention, Sentence
from extract.rulebook.compile import Compiled
from extract.rulebook.model import Rule

_END_OF_KIND = re.compile("[.#]")
_UNSAFE = str.maketrans({" ": "_", "@": "_", "#": "_"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One token, or one mention that stands for its tokens: [start, end) of the sentence's tokens."""

    start: int
    end: int
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Match:
    """One match of one rule: its token range, and for each slot the cells that fill it."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, tuple[tuple[Cell, ...], ...]]

    def mentions(self, slot: str) -> tuple[Mention, ...]:
        """The mentions in a slot, in order of the text."""
        return tuple(c.mention for run in self.slots.get(slot, ()) for c in run if c.mention is not None)

    def span(self, slot: str) -> tuple[int, int] | None:
        """First and last token (exclusive) of a slot; None where it is not filled."""
        runs = [run for run in self.slots.get(slot, ()) if run]
        return (runs[0][0].start, runs[-1][-1].end) if runs else None


def build_view(sentence: Sentence, mentions: Iterable[Mention]) -> View:
    """The view of a sentence in which each mention is one cell; of overlapping mentions the longest, then first."""
    cells = _cells(sentence, mentions)
    written: list[str] = []
    offsets: list[int] = []
    keys: set[str] = set()
    length = 0
    for number, cell in enumerate(cells):
        if cell.mention is None:
            token = sentence.tokens[cell.start]
            word = _word_cell(token.shape, token.norm)
            keys.add(token.norm)
        else:
            features = "".join(f".{feature}" for feature in cell.mention.features)
            word = f"@{cell.mention.kind}{features}#{number} "
            keys.add("@" + cell.mention.kind)
        written.append(word)
        offsets.append(length)
        length += len(word)
    return View(sentence, tuple(cells), "".join(written), tuple(offsets), frozenset(keys))


@lru_cache(maxsize=100_000)
def _word_cell(shape: str, norm: str) -> str:
    return f"{shape}{norm.translate(_UNSAFE)} "


def _cells(sentence: Sentence, mentions: Iterable[Mention]) -> list[Cell]:
    starts: dict[int, Mention] = {}
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.kind, m.rule)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            starts[mention.start] = mention
    cells, position = [], 0
    while position < len(sentence.tokens):
        mention_here = starts.get(position)
        end = mention_here.end if mention_here else position + 1
        cells.append(Cell(position, end, mention_here))
        position = end
    return cells


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

    def candidates(self, view: View) -> list[int]:
        """Numbers of the rules all of whose required words occur in the view, in the order of the rules."""
        keys, rules = view.keys, self.rules
        numbers = {number for word in keys & self._words for number in self._by_word[word]}
        numbers.update(self._anywhere)
        if not numbers:
            return []
        return sorted(n for n in numbers if all(not keys.isdisjoint(s) for s in rules[n][1].required))

    def find(self, view: View) -> list[Match]:
        """Every match of every rule, in the order of the rules; matches of one rule do not overlap."""
        found = []
        starts: dict[str, list[int]] = {}
        for number in self.candidates(view):
            rule, compiled = self.rules[number]
            starts = starts or _starts(view)
            for match in _matches(compiled, view, starts):
                slots: dict[str, tuple[tuple[Cell, ...], ...]] = {}
                for group, slot in compiled.slots.items():
                    if match.start(group) >= 0:
                        first, last = view.cell_at(match.start(group)), view.cell_at(match.end(group))
                        slots[slot] = (*slots.get(slot, ()), view.cells[first:last])
                first, last = view.cell_at(match.start()), view.cell_at(match.end())
                if last > first:
                    found.append(Match(rule, view.cells[first].start, view.cells[last - 1].end, slots))
        return found


def _starts(view: View) -> dict[str, list[int]]:
    """Where the cells begin, by what can open a pattern: word, shape or kind of mention."""
    starts: dict[str, list[int]] = {}
    for offset, word in zip(view.offsets, view.text.split(" "), strict=False):
        if word[0] == "@":
            starts.setdefault(word[: _END_OF_KIND.search(word).start()], []).append(offset)  # type: ignore[union-attr]
        else:
            starts.setdefault(word[1:], []).append(offset)
            starts.setdefault("#" + word[0], []).append(offset)
    return starts


def _matches(compiled: Compiled, view: View, starts: Mapping[str, list[int]]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that do not overlap, tried only where one can begin."""
    expression, openers = compiled.expression, compiled.openers
    if openers is None:
        yield from expression.finditer(view.text)
        return
    end = 0
    for offset in sorted(offset for key in starts.keys() & openers for offset in starts[key]):
        if offset >= end and (match := expression.match(view.text, offset)):
            end = match.end()
            yield match


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
