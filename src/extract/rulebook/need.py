"""What a match needs, and where: words and kinds of mention, and what may stand between them and its first cell.

A pattern is tried only at the cells from which the rarest word that it needs can be reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from extract.rulebook.pattern import SHAPES, SUPERKINDS, Choice, Gap, Lemma, MentionOf, Node, Repeat, Slot, Word
from extract.rulebook.pattern import Sequence as Row
from extract.rulebook.pattern import WordClass as Class

if TYPE_CHECKING:
    from extract.rulebook.compile import Words


class Run(NamedTuple):
    """The cells that a node can match: how many at least and at most, and of which words.

    `keys` are normal forms, `@kind` of mentions and `#` with the shape letter of words, None for any;
    `strays` is how many cells may be anything else, as a gap takes what comes.
    """

    low: int
    high: int
    keys: frozenset[str] | None
    strays: int = 0

    def then(self, other: Run) -> Run:
        """What this and the other match in a row."""
        keys = None if self.keys is None or other.keys is None else self.keys | other.keys
        return Run(self.low + other.low, self.high + other.high, keys, self.strays + other.strays)


class Need(NamedTuple):
    """Words (and `@kind`) one of which stands in every match, and the cells before them."""

    words: frozenset[str]
    before: Run


NOTHING = Run(0, 0, frozenset())
_RANKS = 2  # needs of a choice; more cost more to ask than they spare


def find_needs(node: Node, words: Words) -> tuple[Need, ...]:
    """All that a match of the node needs, what most seldom occurs first."""
    return tuple(sorted(_needs(node, words), key=lambda need: _rarity(need.words, words)))


def _needs(node: Node, words: Words) -> tuple[Need, ...]:
    match node:
        case Word(text):
            norms = words.split(text)
            return tuple(_at([norms], at) for at in range(len(norms)))
        case Lemma(text):
            forms = [words.split(form) for form in words.inflect(text)]
            return tuple(_at(forms, at) for at in range(min(map(len, forms))))
        case Class(name):
            if name not in words.needs:
                children = words.classes.get(name, ())
                words.needs[name] = _union([_needs(child, words) for child in children], words)
            return words.needs[name]
        case MentionOf(kind):
            keys = keys_of(kind)
            return (Need(keys, NOTHING),) if keys and not any(key.startswith("#") for key in keys) else ()
        case Slot(_, inner):
            return _needs(inner, words)
        case Repeat(inner, least, _) if least:
            return _needs(inner, words)
        case Row(nodes):
            return _row(nodes, words)
        case Choice(nodes):
            return _union([_needs(child, words) for child in nodes], words)
    return ()


def _at(phrases: Sequence[tuple[str, ...]], at: int) -> Need:
    """That a word at one place of some phrases stands there."""
    before = Run(at, at, frozenset(norm for phrase in phrases for norm in phrase[:at]))
    return Need(frozenset(phrase[at] for phrase in phrases), before)


def _row(nodes: Sequence[Node], words: Words) -> tuple[Need, ...]:
    found: list[Need] = []
    before = NOTHING
    for node in nodes:
        found += [Need(need.words, before.then(need.before)) for need in _needs(node, words)]
        before = before.then(_run(node, words))
    return tuple(found)


def _union(alternatives: list[tuple[Need, ...]], words: Words) -> tuple[Need, ...]:
    """What all alternatives need: one of the rarest of each, and one of the next ("sit" and "down", "come together").

    An alternative with one need only stands for itself in both. Nothing where an alternative needs nothing.
    """
    if not alternatives or not all(alternatives):
        return ()
    ranked = [sorted(needs, key=lambda need: _rarity(need.words, words)) for needs in alternatives]
    found: dict[frozenset[str], Need] = {}
    for rank in range(_RANKS):
        chosen = [needs[min(rank, len(needs) - 1)] for needs in ranked]
        need = Need(frozenset().union(*(each.words for each in chosen)), _widest(each.before for each in chosen))
        found.setdefault(need.words, need)
    return tuple(found.values())


def _rarity(needed: frozenset[str], words: Words) -> tuple[bool, int, int, list[str]]:
    """The less, the more seldom: words before kinds of mention, few frequent words, few words."""
    kinds = any(word.startswith("@") for word in needed)
    return kinds, len(needed & words.frequent), len(needed), sorted(needed)


def _run(node: Node, words: Words) -> Run:
    match node:
        case Word(text):
            return _phrase(words.split(text))
        case Lemma(text):
            return _widest(_phrase(words.split(form)) for form in words.inflect(text))
        case Class(name):
            if name not in words.runs:
                words.runs[name] = _widest(_run(child, words) for child in words.classes.get(name, ()))
            return words.runs[name]
        case MentionOf(kind):
            return Run(1, 1, keys_of(kind))
        case Gap(most):
            return Run(0, most, frozenset(), most)
        case Slot(_, inner):
            return _run(inner, words)
        case Repeat(inner, least, most):
            once = _run(inner, words)
            return Run(once.low * least, once.high * most, once.keys, once.strays * most)
        case Row(nodes):
            return reduce(Run.then, (_run(each, words) for each in nodes), NOTHING)
        case Choice(nodes):
            return _widest(_run(each, words) for each in nodes)
    return NOTHING


def _phrase(norms: tuple[str, ...]) -> Run:
    return Run(len(norms), len(norms), frozenset(norms))


def _widest(runs: Iterable[Run]) -> Run:
    lows, highs, keys, strays = zip(*runs, strict=True)
    known = [each for each in keys if each is not None]
    anything = len(known) < len(keys)
    return Run(min(lows), max(highs), None if anything else frozenset().union(*known), max(strays))


def keys_of(kind: str) -> frozenset[str] | None:
    """What a cell of a kind of mention, or of a shape, has as keys; None for a shape that any word may have."""
    if kind in SHAPES:
        letters = SHAPES[kind].strip("[]")
        return None if letters.startswith("^") else frozenset("#" + letter for letter in letters)
    return frozenset("@" + each for each in SUPERKINDS.get(kind, (kind,)))


def starts_before(places: int, before: Run, passing: int) -> int:
    """The cells from which one of `places` can be reached by a run over cells of `passing`; cell n is bit n."""
    starts = 0
    low, high, _, strays = before
    while places:
        place = places & -places
        places ^= place
        nearest = place >> low
        below = place - 1
        farthest = place >> high or 1
        others = below & ~passing
        for _ in range(strays):
            if not others:
                break
            others ^= 1 << (others.bit_length() - 1)
        if others:
            farthest = max(farthest, 1 << others.bit_length())
        if nearest >= farthest:
            starts |= (nearest << 1) - farthest
    return starts


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
