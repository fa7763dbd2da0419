"""The pattern language: parses a pattern into a small tree. docs/rules.md is its specification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken

GRAMMAR = r"""
start: choice
choice: sequence ("|" sequence)*
sequence: item+
item: SLOT? atom REPEAT?
?atom: group | optional | unless | unless_after | edge | gap | mention | word_class | lemma | word
group: "(" choice ")"
optional: "[" choice "]"
unless: "!(" choice ")"
unless_after: "!<(" choice ")"
edge: EDGE
gap: GAP
mention: MENTION
word_class: CLASS
lemma: LEMMA
word: WORD | QUOTED
SLOT: /[a-z][a-z0-9_]*:(?=[(\[{<~])/
REPEAT: /[+*]/
EDGE: /[\^$]/
GAP.2: /\.\.\.?\d+/
MENTION: /<[a-z_]+(\.[a-z_]+)*(:[a-z][a-z0-9_]*)?>/
CLASS: /\{[a-z][a-z0-9_]*\}/
LEMMA: /~[^\s()\[\]{}<>|~!"+*^$]+/
QUOTED: /"[^"]+"/
WORD: /[^\s()\[\]{}<>|~!"+*^$:]+|:/
%ignore /\s+/
"""


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

# A repeated part may occur this often: enough for any list of people, too little for a blow-up.
MOST_REPEATS = 12


class _Tree(Transformer[Any, Any]):
    """Turns lark's tree into nodes."""

    def start(self, children: list[Any]) -> Node:
        return children[0]  # type: ignore[no-any-return]

    def choice(self, children: list[Any]) -> Node:
        return children[0] if len(children) == 1 else Choice(tuple(children))

    def sequence(self, children: list[Any]) -> Node:
        return children[0] if len(children) == 1 else Sequence(tuple(children))

    def item(self, children: list[Any]) -> Node:
        slot: str | None = None
        repeat: Token | None = None
        if isinstance(children[0], Token):
            slot = str(children.pop(0))[:-1]
        if isinstance(children[-1], Token):
            repeat = children.pop()
        node: Node = children[0]
        if repeat:
            node = Repeat(node, 1 if repeat == "+" else 0, MOST_REPEATS, _column(repeat))
        return Slot(slot, node) if slot else node

    def group(self, children: list[Any]) -> Node:
        return children[0]  # type: ignore[no-any-return]

    def optional(self, children: list[Any]) -> Node:
        return Repeat(children[0], 0, 1)

    def unless(self, children: list[Any]) -> Node:
        return Unless(children[0])

    def unless_after(self, children: list[Any]) -> Node:
        return Unless(children[0], behind=True)

    def edge(self, children: list[Any]) -> Node:
        return Edge(str(children[0]))

    def gap(self, children: list[Any]) -> Node:
        digits = str(children[0]).lstrip(".")
        return Gap(int(digits), str(children[0]).startswith("..."), _column(children[0]))

    def mention(self, children: list[Any]) -> Node:
        inside, _, slot = str(children[0])[1:-1].partition(":")
        kind, *features = inside.split(".")
        node = MentionOf(kind, tuple(features), _column(children[0]))
        return Slot(slot, node) if slot else node

    def word_class(self, children: list[Any]) -> Node:
        return WordClass(str(children[0])[1:-1], _column(children[0]))

    def lemma(self, children: list[Any]) -> Node:
        return Lemma(str(children[0])[1:])

    def word(self, children: list[Any]) -> Node:
        return Word(str(children[0]).strip('"'))


_PLAIN = re.compile(r'(?:\s*~?[^\s()\[\]{}<>|~!"+*^$:.]+(?=\s|$))+\s*')


def _column(token: Token) -> int:
    return (token.start_pos or 0) + 1


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Tree(), propagate_positions=False)


@lru_cache(maxsize=20_000)
def parse_pattern(text: str) -> Node:
    """The tree of a pattern; raises PatternError with the column of what cannot be read."""
    if _PLAIN.fullmatch(text):  # words and lemmas in a row, the most common entry of a class
        parts = tuple(Lemma(part[1:]) if part[0] == "~" else Word(part) for part in text.split())
        return parts[0] if len(parts) == 1 else Sequence(parts)
    try:
        return _parser().parse(text)  # type: ignore[return-value]
    except UnexpectedInput as error:
        raise _unreadable(text, error) from error


def _unreadable(text: str, error: UnexpectedInput) -> PatternError:
    column = error.column if isinstance(error.column, int) and error.column > 0 else len(text) + 1
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return PatternError(
            "the pattern ends too early", len(text) + 1, "pattern-syntax", "close every bracket; leave no part empty"
        )
    cure = "put signs such as ( ) [ ] | ~ ! + * ^ $ in double quotes where they are meant as words"
    return PatternError(
        f"cannot read the pattern here: {text[column - 1 : column + 15]!r}", column, "pattern-syntax", cure
    )


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
