"""The view of a sentence that patterns run on, and the matches they find in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from extract.annotations import Mention, Sentence
from extract.rulebook.compile import Compiled
from extract.rulebook.model import Rule
from extract.rulebook.need import Need, bits, starts_before
from extract.rulebook.raw import Found, Raw

_MOST_REMEMBERED = 20_000
_FEW = 12  # cells; in a short view a simple pattern is sooner tried everywhere than asked where it can begin
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
    names: tuple[str, ...]

    def cell_at(self, offset: int) -> int:
        """The number of the cell that starts at `offset`; the number of cells at the very end."""
        return bisect_left(self.offsets, offset)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What stands in the sentence: normal forms, and `@kind` of mentions."""
        return frozenset(self.names)

    @cached_property
    def _shapes(self) -> str:
        """The shape of each cell, `@` for mentions."""
        return "".join([self.text[offset] for offset in self.offsets])

    @cached_property
    def _sets(self) -> dict[frozenset[str], int]:
        return {}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {}

    def places_of(self, keys: frozenset[str]) -> int:
        """The cells that any of some keys stands in, or a word of a shape (`#l`): cell n is bit n of a number."""
        found = self._sets.get(keys)
        if found is None:
            found = 0
            for key in keys & self.keys:
                found |= self._cells(key, self.names, key)
            for shape in _shapes_among(keys):
                found |= self._cells("#" + shape, self._shapes, shape)
            self._sets[keys] = found
        return found

    def _cells(self, key: str, row: Sequence[str], wanted: str) -> int:
        """The cells of one key, looked for when it is asked for: rules ask for few of the words of a sentence."""
        found = self._places.get(key)
        if found is None:
            found, at = 0, -1
            for _ in range(row.count(wanted)):
                at = row.index(wanted, at + 1)
                found |= 1 << at
            self._places[key] = found
        return found

    def starts_of(self, need: Need) -> int:
        """The cells from which what is needed can be reached."""
        places, before = self.places_of(need.words), need.before
        if not places or not before.high:
            return places
        return starts_before(places, before, -1 if before.keys is None else self.places_of(before.keys))


class Match(NamedTuple):
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
    names: list[str] = []
    position = 0
    for mention in _apart(mentions):
        start = mention.start
        if start > position:
            written += words[position:start]
            cells += tokens[position:start]
            names += norms[position:start]
        written.append(f"@{'.'.join((mention.kind, *mention.features))}#{len(cells)} ")
        cells.append(Cell(start, mention.end, mention))
        names.append("@" + mention.kind)
        position = mention.end
    written += words[position:]
    cells += tokens[position : len(words)]
    names += norms[position:]
    offsets = tuple(accumulate(map(len, written), initial=0))
    return View(sentence, tuple(cells), "".join(written), offsets[:-1], tuple(names))


@lru_cache(maxsize=10_000)
def _shapes_among(keys: frozenset[str]) -> tuple[str, ...]:
    """The letters of the shapes among the keys of a need, which stand there as `#l`."""
    return tuple(sorted(key[1] for key in keys if len(key) == 2 and key[0] == "#"))


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
        # Which rules a word enters, by number, as the rarest that they need. Then what else each needs.
        self._entries: dict[str, list[int]] = {}
        self._idle: list[int] = []  # rules that need no word
        self._needs: list[tuple[frozenset[str], ...]] = []
        for number, (_, compiled) in enumerate(self.rules):
            rarest, *others = compiled.required or (frozenset[str](),)
            self._needs.append(tuple(others))
            for word in rarest:
                self._entries.setdefault(word, []).append(number)
            if not rarest:
                self._idle.append(number)
        self._asked = frozenset(word for _, compiled in self.rules for words in compiled.required for word in words)
        self._remembered: dict[frozenset[str], list[int]] | None = None

    def remember(self) -> None:
        """Keep the candidates of every set of keys, and try patterns everywhere: worth it for short views only."""
        self._remembered = {}

    def candidates(self, keys: frozenset[str]) -> list[int]:
        """Numbers of the rules all of whose required words and kinds are among `keys`, in the order of the rules."""
        if self._remembered is None:
            return self._candidates(keys)
        keys &= self._asked
        found = self._remembered.get(keys)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[keys] = self._candidates(keys)
        return found

    def _candidates(self, keys: frozenset[str]) -> list[int]:
        entries, needs = self._entries, self._needs
        entered = set(self._idle)
        for key in keys & entries.keys():
            entered.update(entries[key])
        found = []
        for number in sorted(entered):
            for words in needs[number]:
                if keys.isdisjoint(words):
                    break
            else:
                found.append(number)
        return found

    def may_match(self, keys: frozenset[str]) -> bool:
        """Whether any rule is a candidate."""
        if self._remembered is not None or self._idle:
            return bool(self.candidates(keys))
        entries, needs = self._entries, self._needs
        for key in keys & entries.keys():
            for number in entries[key]:
                for words in needs[number]:
                    if keys.isdisjoint(words):
                        break
                else:
                    return True
        return False

    def find(self, view: View) -> list[Match]:
        """Every match of every rule, in the order of the rules; matches of one rule do not overlap."""
        found: list[Match] = []
        if self._remembered is not None and len(view.cells) <= _FEW:
            text = view.text
            for number in self.candidates(frozenset(view.names)):
                rule, compiled = self.rules[number]
                if isinstance(compiled, Raw) or compiled.expression.search(text):  # most are tried in vain
                    found += _found(rule, compiled, view, anywhere=True)
        else:
            for number in self.candidates(view.keys):
                found += _found(*self.rules[number], view, anywhere=False)
        return found


def _found(rule: Rule, compiled: Compiled, view: View, anywhere: bool) -> list[Match]:
    return [
        Match(rule, *span, _slots(match, compiled, view), compiled.place)
        for match in _matches(compiled, view, anywhere)
        if (span := _tokens(match, view))
    ]


def _matches(compiled: Compiled, view: View, anywhere: bool) -> Sequence[re.Match[str] | Found]:
    """The matches of a pattern that do not overlap, tried only where one can begin, or anywhere."""
    if isinstance(compiled, Raw):
        return list(compiled.find(view))
    starts = None if anywhere else _starts(compiled, view)
    if starts is None:
        return list(compiled.expression.finditer(view.text))
    found: list[re.Match[str]] = []
    end, text, offsets = 0, view.text, view.offsets
    for cell in bits(starts):
        offset = offsets[cell]
        if offset >= end and (match := compiled.expression.match(text, offset)):
            end = match.end()
            found.append(match)
    return found


def _starts(compiled: Compiled, view: View) -> int | None:
    """The cells where a match may begin, as bits: what can open one, with what it needs in reach; None for any."""
    starts = None
    if compiled.openers is not None:
        starts = 0
        for opener in compiled.openers:
            starts |= view.starts_of(opener)
    if compiled.needs and starts != 0:
        near = view.starts_of(compiled.needs[0])
        starts = near if starts is None else starts & near
    return starts


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
