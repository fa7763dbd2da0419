"""The near misses: which rule of a stage came nearest to matching in a sentence, and which element stopped it.

The elements of a pattern are tried as growing prefixes, each compiled as the rule base compiles a whole pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extract.explain.spell import elements, repeated, spell, spell_short
from extract.explain.spell import is_optional as may_lack
from extract.rulebook.compile import Compiled, Words, compile_pattern
from extract.rulebook.model import Rule
from extract.rulebook.pattern import Node, PatternError, Sequence, parse_pattern
from extract.rulebook.raw import Raw, build_matcher, failing_tests, is_optional, literals, spell_element, write_doc
from extract.rulebook.view import Cell, View

_SHOWN = 4  # words that are quoted of what stood in the place
_READ = 14  # cells that are quoted of what was read
_MANY = 40  # patterns tried in earnest, those that share most words with the sentence first

Range = tuple[int, int]
Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """How far one pattern of a rule got: `reached` of `count` elements, the one that `failed`, and what stood there.

    `start` and `stop` are the tokens that were read; `covers` says whether the wanted words are among them or next.
    """

    rule: Rule
    reached: int
    count: int
    read: str
    failed: str
    found: str
    start: int
    stop: int
    covers: bool
    literal: int
    fixed: int

    @property
    def worth(self) -> tuple[bool, int, int, float]:
        """More is nearer: about the wanted words, with more words of its own read, with more elements reached."""
        return (self.covers, self.literal, self.fixed, self.reached / self.count)


@dataclass(frozen=True)
class Prober:
    """Tries the patterns of one rule base element by element."""

    words: Words
    _prefixes: dict[str, Compiled | None] = field(default_factory=dict, repr=False)

    def nearest(
        self, rules: Iterable[tuple[Rule, Compiled]], view: View, wanted: Range, most: int = 3, further: bool = False
    ) -> list[Near]:
        """The rules that came nearest in a view to reading the tokens `wanted`, best first, one pattern a rule.

        `further` asks what kept a rule that matched from reading on: why a repetition at its end came to no more.
        """
        ranked = sorted(rules, key=lambda pair: -_shared(pair[1], view))[:_MANY]
        tried = [near for pair in ranked for near in self._misses(*pair, view, wanted, further)]
        best: dict[str, Near] = {}
        for near in sorted(tried, key=lambda n: n.worth, reverse=True):
            best.setdefault(near.rule.id, near)
        return list(best.values())[:most]

    def _misses(self, rule: Rule, compiled: Compiled, view: View, wanted: Range, further: bool) -> Iterator[Near]:
        if isinstance(compiled, Raw):
            yield from _raw_misses(rule, compiled, view, wanted)
            return
        for plain in elements(parse_pattern(rule.pattern[compiled.place])):
            option = (*plain, *repeated(plain)) if further else plain
            near = max(self._stops(rule, option, view, wanted), key=lambda n: (n.worth, -n.start), default=None)
            if near is not None:
                yield near

    def _stops(self, rule: Rule, option: Nodes, view: View, wanted: Range) -> Iterator[Near]:
        """For every place where the pattern may begin, where it ended."""
        ends = self._ends(option[:1], view, view.offsets)
        for length in range(2, len(option) + 1):
            further = self._ends(option[:length], view, tuple(ends))
            for offset in ends.keys() - further.keys():
                yield self._describe(rule, option, length - 1, view, (offset, ends[offset]), wanted)
            ends = further
            if not ends:
                return

    def _ends(self, nodes: Nodes, view: View, offsets: Iterable[int]) -> dict[int, int]:
        compiled = self._prefix(nodes)
        if compiled is None:  # nothing but conditions: they hold wherever the next element decides
            return {offset: offset for offset in offsets}
        matches = ((offset, compiled.expression.match(view.text, offset)) for offset in offsets)
        return {offset: match.end() for offset, match in matches if match}

    def _prefix(self, nodes: Nodes) -> Compiled | None:
        node = nodes[0] if len(nodes) == 1 else Sequence(nodes)
        key = spell(node)
        if key not in self._prefixes:
            try:
                self._prefixes[key] = compile_pattern(node, self.words)
            except PatternError:
                self._prefixes[key] = None
        return self._prefixes[key]

    def _describe(self, rule: Rule, option: Nodes, length: int, view: View, at: Range, wanted: Range) -> Near:
        first, last = view.cell_at(at[0]), view.cell_at(at[1])
        start = view.cells[first].start
        stop = view.cells[last - 1].end if last > first else start
        reach = view.cells[min(last + 1, len(view.cells)) - 1].end
        read = self._prefix(option[:length])
        literal = sum(not any(w.startswith("@") for w in each) for each in read.required) if read else 0
        return Near(
            rule,
            length,
            len(option),
            _quote(view.cells[first:last], view, _READ),
            spell_short(option[length]),
            _quote(view.cells[last:], view, _SHOWN),
            start,
            stop,
            start < wanted[1] and wanted[0] < reach,
            literal,
            sum(not may_lack(node) for node in option[:length]),
        )


def _raw_misses(rule: Rule, compiled: Raw, view: View, wanted: Range) -> Iterator[Near]:
    """The same for a token pattern: the longest beginning of it that matches, and the element that stops it."""
    parts, doc = compiled.elements, write_doc(view)
    ends = {start: start for start in range(len(view.cells))}
    for length in range(len(parts)):
        longer = {start: end for _, start, end in sorted(build_matcher(parts[: length + 1])(doc)) if start in ends}
        for start in sorted(ends.keys() - longer.keys()) if length else ():
            yield _describe_raw(rule, compiled, length, view, (start, ends[start]), wanted)
        if is_optional(parts[length]):
            longer = ends | longer
        ends = longer


def _describe_raw(rule: Rule, compiled: Raw, length: int, view: View, at: Range, wanted: Range) -> Near:
    parts, (first, last) = compiled.elements, at
    start = view.cells[first].start
    stop = view.cells[last - 1].end if last > first else start
    reach = view.cells[min(last + 1, len(view.cells)) - 1].end
    failed = spell_element(parts[length])
    tests = failing_tests(parts[length], write_doc(view)[last : last + 1]) if last < len(view.cells) else []
    return Near(
        rule,
        length,
        len(parts),
        _quote(view.cells[first:last], view, _READ),
        failed + (f" (not so: {', '.join(tests)})" if len(parts[length]) > 1 and tests else ""),
        _quote(view.cells[last:], view, _SHOWN),
        start,
        stop,
        start < wanted[1] and wanted[0] < reach,
        sum(bool([*literals([each])]) for each in parts[:length]),
        sum(not is_optional(each) for each in parts[:length]),
    )


def _shared(compiled: Compiled, view: View) -> float:
    """The share of what a pattern demands that the sentence has."""
    if not compiled.required:
        return 0.5
    return sum(not view.keys.isdisjoint(each) for each in compiled.required) / len(compiled.required)


def _quote(cells: tuple[Cell, ...], view: View, most: int) -> str:
    """The words of some cells with the spaces that the article has between them."""
    if not cells:
        return ""
    tokens = view.sentence.tokens[cells[0].start : cells[:most][-1].end]
    gaps = [" " * (after.start > before.end) for before, after in pairwise(tokens)]
    words = "".join(token.text + gap for token, gap in zip(tokens, [*gaps, ""], strict=True))
    return words + (" …" if len(cells) > most else "")
