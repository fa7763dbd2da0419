"""The grammar of the pattern language, and the parser that makes a tree of nodes of a pattern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken

from extract.rulebook.pattern import (
    MOST_REPEATS,
    Choice,
    Edge,
    Gap,
    Lemma,
    MentionOf,
    Node,
    PatternError,
    Repeat,
    Sequence,
    Slot,
    Unless,
    Word,
    WordClass,
)

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


def parse_tree(text: str) -> Node:
    """The tree of a pattern; raises PatternError with the column of what cannot be read."""
    try:
        return _parser().parse(text)  # type: ignore[return-value]
    except UnexpectedInput as error:
        raise _unreadable(text, error) from error


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Tree(), propagate_positions=False)


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


def _column(token: Token) -> int:
    return (token.start_pos or 0) + 1
