"""Countries, demonyms, cities and named buildings, from the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import mention_of_name
from extract.rulebook.lexicon import Hit

KINDS = ("decoy", "country", "demonym", "city", "venue", "body")


def find_places(
    sentence: Sentence,
    hits: Iterable[Hit],
    ordinary: frozenset[str] | None = None,
    descent: frozenset[str] = frozenset(),
    surnames: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Names of the world in a sentence, the longest of overlapping ones.

    In a script with capitals a name counts only where it is written with one; in one without, a single word counts only
    where it is none of the `ordinary` ones, and none beside a word of `descent`, which parts the names of child and
    father; the `surnames` of the article are no cities here. Of equal spans the order of KINDS decides.
    """
    hits = list(hits)
    words = {hit.start for hit in hits if hit.name.kind not in KINDS}
    found = [hit for hit in hits if hit.name.kind in KINDS and _written_as_name(sentence, hit, ordinary, words)]
    found = [hit for hit in found if not (descent and _in_descent(sentence, hit, descent))]
    found = [hit for hit in found if hit.name.kind != "city" or sentence.tokens[hit.start].norm not in surnames]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start, KINDS.index(hit.name.kind)))
    return keep_apart(mention_of_name(hit, sentence) for hit in found)


def _written_as_name(sentence: Sentence, hit: Hit, ordinary: frozenset[str] | None, words: set[int]) -> bool:
    tokens = sentence.tokens[hit.start : hit.end]
    if hit.name.value.get("upper") and any(token.shape in "cl" for token in tokens):
        return False
    if hit.name.value.get("doubtful") and tokens[0].shape in "cu" and _beside_a_name(sentence, hit, words):
        return False
    if ordinary is not None:
        return len(tokens) > 1 or tokens[0].norm not in ordinary
    return any(token.shape in "cux" for token in tokens)


def _in_descent(sentence: Sentence, hit: Hit, descent: frozenset[str]) -> bool:
    """Whether a single word stands before or behind a word of descent: "Turki bin Saud"."""
    around = sentence.tokens[max(hit.start - 1, 0) : hit.start] + sentence.tokens[hit.end : hit.end + 1]
    return hit.end - hit.start == 1 and any(token.norm in descent for token in around)


def _beside_a_name(sentence: Sentence, hit: Hit, words: set[int]) -> bool:
    """Whether a doubtful name (Jordan, Georgia) stands next to another capitalized word: likely a person's.

    Of what stands before or behind a demonym an office or its field is none: `words` holds where such begin.
    """
    adjective = hit.name.kind == "demonym"
    before = () if adjective else sentence.tokens[max(hit.start - 1, 0) : hit.start]
    around = (*before, *(() if adjective and hit.end in words else sentence.tokens[hit.end : hit.end + 1]))
    return any(token.shape == "c" for token in around)


def keep_apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not overlap, the first given wins; in text order."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in mentions:
        tokens = range(mention.start, mention.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def read_words(sentence: Sentence, hits: Iterable[Hit], kinds: Sequence[str]) -> list[Mention]:
    """Names of the given kinds as mentions, of overlapping ones the longest, of equal ones the first in `kinds`."""
    found = [hit for hit in hits if hit.name.kind in kinds]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start, kinds.index(hit.name.kind)))
    return keep_apart(mention_of_name(hit, sentence) for hit in found)
