"""The countries behind a word such as "Iran-Japan", for the talks and bodies that they have together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence, Span
from extract.entities.entity import Entities, Entity, Key, key_of
from extract.rulebook.book import Rulebook


def link_pairs(
    entities: Entities, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], book: Rulebook
) -> Entities:
    """The entities with the countries of each word that joins several; those named nowhere else take no other part."""
    named = (e for e in entities.all if e.kind == "country" and not e.span.rule.endswith(".city"))
    known = {e.country: e for e in named}
    pairs: dict[Key, tuple[Entity, ...]] = {}
    for sentence, row in zip(sentences, mentions, strict=True):
        for mention in (m for m in row if m.has("sides")):
            pair = mention.part("sides") or mention
            sides = _sides(pair, sentence, book)
            for side in sides:
                side.number = len(entities.all) + len(known)
            pairs[key_of(mention)] = tuple(known.setdefault(side.country, side) for side in sides)
    return replace(entities, pairs=pairs) if pairs else entities


def _sides(pair: Mention, sentence: Sentence, book: Rulebook) -> list[Entity]:
    """One country for each part of the word, called as the word has it, by an adjective as CLDR calls it."""
    tokens = sentence.tokens[pair.start : pair.end]
    text = " ".join(token.text for token in tokens)
    start, sides = tokens[0].start, []
    for word, (country, kind) in zip(text.split("-"), pair.value, strict=True):
        span = Span(start, start + len(word), pair.rule)
        name = word if kind == "country" else book.country_names.get(country, word)
        sides.append(Entity(0, "country", name, (), span, key_of(pair), country=country))
        start += len(word) + 1
    return sides
