"""What a pattern must not be: empty, or open to so many readings that it takes for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.rulebook.pattern import Choice, Edge, Gap, Lemma, Node, PatternError, Repeat, Sequence, Slot, Unless, Word
from extract.rulebook.pattern import WordClass as Class

if TYPE_CHECKING:
    from extract.rulebook.compile import Words

MOST_ALTERNATIVES = 1_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Of a node: may it match nothing, does it hold a gap that no word guards, does it repeat, its alternatives."""

    empty: bool = False
    gap: bool = False
    repeats: bool = False
    alternatives: int = 1


def check_limits(node: Node, words: Words) -> None:
    """Raise PatternError, with the column, for a pattern that is refused."""
    if _facts(node, words, ()).empty:
        raise PatternError(
            "the pattern may match no word at all", code="empty-match", cure="make one part of it required"
        )


def _facts(node: Node, words: Words, stack: tuple[str, ...]) -> Facts:
    match node:
        case Gap():
            return Facts(empty=True, gap=True)
        case Edge() | Unless():
            return Facts(empty=True)
        case Slot(_, inner):
            return _facts(inner, words, stack)
        case Repeat():
            return _repeat(node, words, stack)
        case Class(name):
            return _word_class(name, words, stack)
        case Sequence(nodes):
            parts = [_facts(each, words, stack) for each in nodes]
            return Facts(all(p.empty for p in parts), _any_gap(parts), any(p.repeats for p in parts))
        case Choice(nodes):
            return _choice(nodes, words, stack, 1)
    return Facts()


def _repeat(node: Repeat, words: Words, stack: tuple[str, ...]) -> Facts:
    inner = _facts(node.node, words, stack)
    if node.most > 1:
        if inner.gap or any(isinstance(each, Gap) for each in _written(node.node)):
            raise PatternError("a gap inside a repeated part", node.at, "blow-up", "write the gap once, outside")
        if inner.repeats:
            raise PatternError(
                "a repeated part inside a repeated part", node.at, "blow-up", "repeat only one of the two"
            )
    return Facts(inner.empty or node.least == 0, inner.gap, inner.repeats or node.most > 1)


def _word_class(name: str, words: Words, stack: tuple[str, ...]) -> Facts:
    if name in stack or name not in words.classes:
        return Facts()  # the compiler says so
    if name not in words.facts:
        # A class may hold any number of words: they are data. Its gaps count where no word stands beside them.
        open_ = [each for each in words.classes[name] if not _guarded(each)]
        whole = _choice(words.classes[name], words, (*stack, name), 0)
        gap = any(_facts(each, words, (*stack, name)).gap for each in open_)
        words.facts[name] = Facts(whole.empty, gap, whole.repeats)
    return words.facts[name]


def _choice(nodes: tuple[Node, ...], words: Words, stack: tuple[str, ...], counted: int) -> Facts:
    parts = [_facts(each, words, stack) for each in nodes]
    alternatives = sum(part.alternatives for part in parts)
    if counted and alternatives > MOST_ALTERNATIVES:
        message = f"{alternatives} alternatives, more than {MOST_ALTERNATIVES}"
        raise PatternError(message, code="blow-up", cure="make a word class or a list in the lexicon of them")
    return Facts(any(p.empty for p in parts), any(p.gap for p in parts), any(p.repeats for p in parts), alternatives)


def _any_gap(parts: list[Facts]) -> bool:
    return any(part.gap for part in parts)


def _guarded(node: Node) -> bool:
    """Whether a word of its own stands in every reading of the node; a gap starts only where that word does."""
    if isinstance(node, Sequence):
        return any(isinstance(each, Word | Lemma) for each in node.nodes)
    return isinstance(node, Word | Lemma)


def _written(node: Node) -> list[Node]:
    """The node and those written under it, without what its classes hold."""
    below = node.nodes if isinstance(node, Sequence | Choice) else ()
    inner = (node.node,) if isinstance(node, Slot | Repeat) else ()
    return [node, *(deep for each in (*below, *inner) for deep in _written(each))]
