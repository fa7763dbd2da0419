"""With what a match can begin: a pattern is tried only at the words that can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.rulebook.pattern import Choice, Edge, Gap, Lemma, MentionOf, Node, Repeat, Sequence, Slot, Unless, Word
from extract.rulebook.pattern import WordClass as Class

if TYPE_CHECKING:
    from extract.rulebook.compile import Words

# Normal forms, `@kind` of mentions, and `#` with the shape letter of tokens; None for anything.
Openers = frozenset[str] | None
Opening = tuple[Openers, bool]  # and whether the node may match nothing
_NOTHING: frozenset[str] = frozenset()


def find_openers(node: Node, words: Words) -> Openers:
    """What a match of the node can begin with."""
    openers, empty = _opening(node, words)
    return None if empty else openers


def _opening(node: Node, words: Words) -> Opening:
    match node:
        case Word(text):
            return frozenset(words.split(text)[:1]), False
        case Lemma(text):
            return frozenset(words.split(form)[0] for form in words.inflect(text)), False
        case MentionOf(kind):
            return _of_kind(kind), False
        case Class(name):
            if name not in words.openers:
                words.openers[name] = _any([_opening(each, words) for each in words.classes.get(name, ())])
            return words.openers[name]
        case Gap():
            return None, True
        case Edge() | Unless():
            return _NOTHING, True
        case Slot(_, inner):
            return _opening(inner, words)
        case Repeat(inner, least, _):
            openers, empty = _opening(inner, words)
            return openers, empty or least == 0
        case Sequence(nodes):
            return _row(nodes, words)
        case Choice(nodes):
            return _any([_opening(each, words) for each in nodes])


def _row(nodes: tuple[Node, ...], words: Words) -> Opening:
    gathered = _NOTHING
    for node in nodes:
        openers, empty = _opening(node, words)
        if openers is None:
            return None, False
        gathered |= openers
        if not empty:
            return gathered, False
    return gathered, True


def _any(openings: list[Opening]) -> Opening:
    empty = any(empty for _, empty in openings)
    if any(openers is None for openers, _ in openings):
        return None, empty
    return _NOTHING.union(*(openers for openers, _ in openings if openers)), empty


def _of_kind(kind: str) -> Openers:
    from extract.rulebook.compile import SHAPES, SUPERKINDS

    if kind in SHAPES:
        letters = SHAPES[kind].strip("[]")
        return None if letters.startswith("^") else frozenset("#" + letter for letter in letters)
    return frozenset("@" + each for each in SUPERKINDS.get(kind, (kind,)))
