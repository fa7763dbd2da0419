"""Countries that a hyphen joins: "Iran-Japan talks", "the Sino-Russian commission"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook

_NAMES = ("country", "demonym", "combining")


def find_pairs(sentence: Sentence, book: Rulebook) -> list[Mention]:
    """Words such as "Iran-Japan", "U.S.-led" or "Fatah-backed": neither a person nor a place.

    One whose parts are all countries has the feature `sides`, and as its value their codes with the kinds of name.
    """
    pairs = []
    starts, ends = book.word_set("compound_start"), book.word_set("compound_end")
    for position, token in enumerate(sentence.tokens):
        if token.shape in "cu" and "-" in token.norm.strip("-"):
            words = token.norm.split("-")
            hits = book.lexicon.find(words)
            compound = words[0] in starts or words[-1] in ends
            if compound or any(hit.name.kind in ("country", "demonym") for hit in hits):
                named = {hit.start: hit.name for hit in hits if hit.end == hit.start + 1 and hit.name.kind in _NAMES}
                sides = tuple((named[i].value["country"], named[i].kind) for i in range(len(words)) if i in named)
                whole = len(sides) == len(words) == len({code for code, _ in sides})
                pair = Mention("pair", sentence.index, position, position + 1, "shared.country")
                pairs.append(replace(pair, features=("sides",), value=sides) if whole else pair)
    return pairs


def mark_bodies(bodies: Iterable[Mention], pairs: Iterable[Mention]) -> list[Mention]:
    """Note in the bodies that such countries have together ("the Iran-Japan Joint Commission") which these are."""
    at = {pair.start: pair for pair in pairs if pair.has("sides")}
    return [_marked(body, [at[place] for place in range(body.start, body.end) if place in at]) for body in bodies]


def _marked(body: Mention, pairs: list[Mention]) -> Mention:
    if len(pairs) != 1:
        return body
    return replace(body, features=(*body.features, "sides"), parts={**body.parts, "sides": (pairs[0],)})
