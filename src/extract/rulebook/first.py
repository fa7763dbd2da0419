"""With what a match can begin: a pattern is tried only at the words that can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.rulebook.need import NOTHING, Need, find_needs, keys_of
from extract.rulebook.pattern import Choice, Edge, Gap, Lemma, MentionOf, Node, Repeat, Sequence, Slot, Unless, Word
from extract.rulebook.pattern import WordClass as Class

if TYPE_CHECKING:
    from extract.rulebook.compile import Words

# A match begins where one of these is met, at its first cell or behind the cells before it; None for anywhere.
Openers = tuple[Need, ...] | None
Opening = tuple[Openers, bool]  # and whether the node may match nothing


def find_openers(node: Node, words: Words) -> Openers:
    """What a match of the node can begin with."""
    openers, empty = _opening(node, words)
    return None if empty else openers


def _opening(node: Node, words: Words) -> Opening:
    match node:
        case Word(text):
            return _at_once(frozenset(words.split(text)[:1])), False
        case Lemma(text):
            return _at_once(frozenset(words.split(form)[0] for form in words.inflect(text))), False
        case MentionOf(kind):
            keys = keys_of(kind)
            return None if keys is None else _at_once(keys), False
        case Class(name):
            if name not in words.openers:
                words.openers[name] = _any([_opening(each, words) for each in words.classes.get(name, ())])
            return words.openers[name]
        case Gap():
            return None, True
        case Edge() | Unless():
            return (), True
        case Slot(_, inner):
            return _opening(inner, words)
        case Repeat(inner, least, _):
            openers, empty = _opening(inner, words)
            return openers, empty or least == 0
        case Sequence(nodes):
            return _row(node, nodes, words)
        case Choice(nodes):
            return _any([_opening(each, words) for each in nodes])


def _at_once(keys: frozenset[str]) -> tuple[Need, ...]:
    return (Need(keys, NOTHING),)


def _row(node: Sequence, nodes: tuple[Node, ...], words: Words) -> Opening:
    gathered: tuple[Need, ...] = ()
    for each in nodes:
        openers, empty = _opening(each, words)
        gathered = () if openers is None else _together((*gathered, *openers))
        if openers is None or not empty:
            return _rarest(node, None if openers is None else gathered, words), False
    return gathered, True


def _rarest(node: Sequence, openers: Openers, words: Words) -> Openers:
    """What opens a row, or the word that it needs where the row can open with nearly any word."""
    if openers is not None and not any(key.startswith("#") for need in openers for key in need.words):
        return openers
    rarest = next(iter(find_needs(node, words)), None)
    if rarest is None or rarest.before.strays or any(key.startswith("@") for key in rarest.words):
        return openers
    return (rarest,)


def _any(openings: list[Opening]) -> Opening:
    empty = any(empty for _, empty in openings)
    if any(openers is None for openers, _ in openings):
        return None, empty
    return _together(tuple(need for openers, _ in openings for need in openers or ())), empty


def _together(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The same with one entry for all that is met after the same cells."""
    runs = dict.fromkeys(need.before for need in needs)
    return tuple(Need(frozenset().union(*(n.words for n in needs if n.before == run)), run) for run in runs)
