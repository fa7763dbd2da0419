"""Countries that a hyphen joins: "Iran-Japan talks", "the Sino-Russian commission"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook

_NAMES = ("country", "demonym", "combining")


def find_pairs(sentence: Sentence, book: Rulebook) -> list[Mention]:
    """Words such as "Iran-Japan", "U.S.-led" or "Fatah-backed": neither a person nor a place.

    One whose parts are all countries has the feature `sides`, and as its value their codes with the kinds of name. The
    first and the last may have a word more beside the compound: "Iran-South Korea".
    """
    pairs = []
    starts, ends = book.word_set("compound_start"), book.word_set("compound_end")
    for position, token in enumerate(sentence.tokens):
        if token.shape in "cu" and "-" in token.norm.strip("-"):
            words = token.norm.split("-")
            hits = book.lexicon.find(words)
            compound = words[0] in starts or words[-1] in ends
            if compound or any(hit.name.kind in ("country", "demonym") for hit in hits):
                pairs.append(_sides(sentence, position, words, book))
    return pairs


def _sides(sentence: Sentence, position: int, words: list[str], book: Rulebook) -> Mention:
    """The compound at a place, with the countries that it joins where it joins nothing else."""
    tokens = sentence.tokens
    before = [t.norm for t in tokens[max(position - 1, 0) : position] if t.shape == "c"]
    after = [t.norm for t in tokens[position + 1 : position + 2] if t.shape == "c"]
    plain = Mention("pair", sentence.index, position, position + 1, "shared.country")
    for left, right in (([], []), ([], after), (before, [])):
        spelled = [[word] for word in words]
        spelled[0], spelled[-1] = [*left, *spelled[0]], [*spelled[-1], *right]
        sides = tuple(side for name in spelled if (side := _country(name, book)))
        if len(sides) == len(words) == len({code for code, _ in sides}):
            start, end = position - len(left), position + 1 + len(right)
            return replace(plain, start=start, end=end, features=("sides",), value=sides)
    return plain


def _country(words: list[str], book: Rulebook) -> tuple[str, str] | None:
    """The country that words name and the kind of name, where they name one and nothing else."""
    hits = (hit for hit in book.lexicon.find(words) if hit.start == 0 and hit.end == len(words))
    return next(((hit.name.value["country"], hit.name.kind) for hit in hits if hit.name.kind in _NAMES), None)


def mark_bodies(bodies: Iterable[Mention], pairs: Iterable[Mention]) -> list[Mention]:
    """Note in the bodies that such countries have together ("the Iran-Japan Joint Commission") which these are."""
    at = {pair.start: pair for pair in pairs if pair.has("sides")}
    return [_marked(body, [at[place] for place in range(body.start, body.end) if place in at]) for body in bodies]


def _marked(body: Mention, pairs: list[Mention]) -> Mention:
    if len(pairs) != 1:
        return body
    return replace(body, features=(*body.features, "sides"), parts={**body.parts, "sides": (pairs[0],)})
