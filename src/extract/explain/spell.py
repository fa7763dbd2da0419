"""Writes the parts of a parsed pattern as a rule author writes them, and cuts a pattern into its elements."""

from __future__ import annotations

from collections.abc import Iterator

from extract.rulebook.pattern import (
    Choice,
    Edge,
    Gap,
    Lemma,
    MentionOf,
    Node,
    Repeat,
    Sequence,
    Slot,
    Unless,
    Word,
    WordClass,
)

_LONG = 60  # characters of one element in a message


def spell(node: Node) -> str:
    """A node in the pattern language."""
    match node:
        case Slot(name, MentionOf() as inner):
            return f"{spell(inner)[:-1]}:{name}>"
        case Slot(name, inner):
            return f"{name}:{_grouped(inner)}"
        case Repeat(inner, 0, 1):
            return f"[{spell(inner)}]"
        case Repeat(inner, least, _):
            return f"{_grouped(inner)}{'+' if least else '*'}"
        case Unless(inner, behind):
            return f"!{'<' if behind else ''}({spell(inner)})"
        case Sequence(nodes):
            return " ".join(f"({spell(n)})" if isinstance(n, Choice) else spell(n) for n in nodes)
        case Choice(nodes):
            return "|".join(spell(n) for n in nodes)
    return _spell_leaf(node)


def _spell_leaf(node: Word | Lemma | WordClass | MentionOf | Gap | Edge) -> str:
    match node:
        case Word(text):
            return text
        case Lemma(text):
            return f"~{text}"
        case WordClass(name):
            return f"{{{name}}}"
        case MentionOf(kind, features):
            return f"<{'.'.join((kind, *features))}>"
        case Gap(most, crossing):
            return f"{'...' if crossing else '..'}{most}"
        case Edge(sign):
            return sign


def _grouped(node: Node) -> str:
    return f"({spell(node)})" if isinstance(node, Sequence | Choice | Word | Lemma | MentionOf) else spell(node)


def spell_short(node: Node) -> str:
    """A node in the pattern language, cut where it is long."""
    written = spell(node)
    return written if len(written) <= _LONG else f"{written[: _LONG - 2].rstrip()} …"


def elements(node: Node) -> Iterator[tuple[Node, ...]]:
    """The elements of each alternative of a pattern, in order; what only groups them is taken off."""
    options = node.nodes if isinstance(node, Choice) else (node,)
    for option in options:
        yield tuple(_flat(option))


def _flat(node: Node) -> Iterator[Node]:
    if isinstance(node, Sequence):
        for child in node.nodes:
            yield from _flat(child)
    elif isinstance(node, Slot) and isinstance(node.node, Sequence):
        yield from _flat(node.node)
    else:
        yield node


def is_optional(node: Node) -> bool:
    """Whether a pattern may go on without the element: an option, a gap, a condition."""
    inner = node.node if isinstance(node, Slot) else node
    return isinstance(inner, Gap | Unless | Edge) or (isinstance(inner, Repeat) and inner.least == 0)


def repeated(option: tuple[Node, ...]) -> tuple[Node, ...]:
    """The elements of the last repetition of a pattern, which would have to match once more for it to read on."""
    last = next((node for node in reversed(option) if isinstance(node, Repeat) and node.most > 1), None)
    return () if last is None else tuple(_flat(last.node))
