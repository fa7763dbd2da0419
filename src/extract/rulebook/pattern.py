"""The pattern language: parses a pattern into a small tree. docs/rules.md is its specification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args


class PatternError(ValueError):
    """A pattern that is refused: `column` counts from 1 inside the pattern, `cure` says what to write instead."""

    def __init__(self, message: str, column: int = 1, code: str = "pattern", cure: str = "") -> None:
        self.column, self.code, self.cure = column, code, cure
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or punctuation mark, in any case."""

    text: str


@dataclass(frozen=True, slots=True)
class Lemma:
    """Any inflected form of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class WordClass:
    """A class of words or a fragment, defined under `words:`."""

    name: str
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class MentionOf:
    """A mention of a kind, with the features that it must have."""

    kind: str
    features: tuple[str, ...] = ()
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words; `crossing` lets it run over commas and other marks."""

    most: int
    crossing: bool
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """The start (^) or the end ($) of the sentence."""

    sign: str


@dataclass(frozen=True, slots=True)
class Unless:
    """Refuses the match where the node follows here, or (`behind`) stands just before."""

    node: Node
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """What the node matches fills the slot."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """`least` to `most` times the node."""

    node: Node
    least: int
    most: int
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """The nodes one after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the nodes."""

    nodes: tuple[Node, ...]


Node = Word | Lemma | WordClass | MentionOf | Gap | Edge | Unless | Slot | Repeat | Sequence | Choice

# Names for a group of mention kinds, and for the shapes of single tokens.
SUPERKINDS: Mapping[str, tuple[str, ...]] = {
    "actor": ("person", "office", "country", "organization", "pronoun", "group"),
    "place": ("city", "country", "venue"),
}
SHAPES: Mapping[str, str] = {
    "cap": "[cu]", "upper": "u", "lower": "[ldz]", "number": "n", "word": "[culxdyz]", "caseless": "[xy]",
    "definite": "[dz]", "surname": "y", "nisba": "z", "punct": "p", "token": "[^@ ]",
}  # fmt: skip

# A repeated part may occur this often: enough for any list of people, too little for a blow-up.
MOST_REPEATS = 12


_NODES: tuple[Any, ...] = get_args(Node)
# Trees as plain data by their text; `reuse` keeps them between runs.
KEPT: dict[str, Any] = {}

_PLAIN = re.compile(r'(?:\s*~?[^\s()\[\]{}<>|~!"+*^$:.]+(?=\s|$))+\s*')


@lru_cache(maxsize=20_000)
def parse_pattern(text: str) -> Node:
    """The tree of a pattern; raises PatternError with the column of what cannot be read."""
    if _PLAIN.fullmatch(text):  # words and lemmas in a row, the most common entry of a class
        parts = tuple(Lemma(part[1:]) if part[0] == "~" else Word(part) for part in text.split())
        return parts[0] if len(parts) == 1 else Sequence(parts)
    if text not in KEPT:
        from extract.rulebook.syntax import (
            parse_tree,  # its library loads slowly, and a kept rule base has no need of it
        )

        KEPT[text] = plain_tree(parse_tree(text))
    return grow_tree(KEPT[text])  # type: ignore[no-any-return]


def plain_tree(node: Any) -> Any:
    """A tree as plain data."""
    if isinstance(node, tuple):
        return (None, *map(plain_tree, node))
    if not isinstance(node, Node):
        return node
    return (_NODES.index(type(node)), *(plain_tree(getattr(node, name)) for name in node.__slots__))


def grow_tree(plain: Any) -> Any:
    """A tree from plain data."""
    if not isinstance(plain, tuple):
        return plain
    kind, *parts = plain
    grown = map(grow_tree, parts)
    return tuple(grown) if kind is None else _NODES[kind](*grown)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node."""
    if isinstance(node, Sequence | Choice):
        return node.nodes
    if isinstance(node, Unless | Slot | Repeat):
        return (node.node,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)
