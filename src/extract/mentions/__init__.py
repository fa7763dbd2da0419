"""Spans that may matter, one module a kind; this module knows their order within a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention, Sentence
from extract.mentions import organizations, pairs, people, places
from extract.rulebook.apply import uncovered
from extract.rulebook.book import Rulebook

WORDS = ("title", "org_head", "portfolio", "office_modifier")


def find_mentions(
    sentence: Sentence, times: Sequence[Mention], book: Rulebook, surnames: frozenset[str] = frozenset()
) -> list[Mention]:
    """The actors, places and times of a sentence, none inside another, in text order; `surnames` are no cities."""
    hits = book.lexicon.find(sentence.norms)
    known = places.find_places(sentence, hits, book.plain_words, book.word_set("descent"), surnames)
    groups = people.find_groups(sentence, book, known)
    taken: list[Mention] = [*times, *groups]
    read = uncovered(places.read_words(sentence, hits, WORDS), taken)
    titles = [word for word in read if word.kind == "title"]  # "Vice-Minister" is no compound of two names
    joined = pairs.find_pairs(sentence, book)
    known = uncovered(known, [pair for pair in joined if pair.end - pair.start > 1])  # "Iran-South Korea"
    joined = uncovered(joined, [*known, *titles])
    here = uncovered([*known, *joined], taken)
    words = [m for m in read if _is_word(m, sentence, [*known, *read], book)]
    # A title inside the name of a place or body, or the other way round: the longer of the two stays.
    lexical = places.keep_apart(sorted([*here, *words], key=lambda m: (m.start - m.end, m.start)))
    bodies = pairs.mark_bodies(organizations.find_organizations(sentence, [*taken, *lexical], book), joined)
    spared = [hit for hit in hits if not any(b.start < hit.end and hit.start < b.end for b in bodies)]
    lexical = [m for m in uncovered(lexical, bodies) if m.kind != "body"]
    # A title whose last words are a body's keeps the words before it.
    shorter = uncovered(places.read_words(sentence, spared, ("title",)), [*taken, *lexical, *bodies])
    lexical.extend(m for m in shorter if _is_word(m, sentence, [*known, *read], book))
    persons = people.find_people(sentence, [*taken, *lexical, *bodies], book)
    rest = uncovered([*taken, *lexical, *bodies], persons)
    kept = [m for m in rest if m.kind not in (*WORDS, "decoy", "pair") or m.has("sides")]
    return sorted([*persons, *kept], key=lambda mention: mention.start)


def _is_word(word: Mention, sentence: Sentence, known: Sequence[Mention], book: Rulebook) -> bool:
    """Ranks that are common words too count only with a capital, titles that are verbs too not behind "to" or "will",
    titles that are given names not within a name.
    """
    if word.value.get("capital_only") and not word.has("cap"):
        return False
    before = sentence.tokens[word.start - 1].norm if word.start else ""
    if word.value.get("also_verb") and not word.has("cap") and before in book.word_set("verb_mark"):
        return False
    around = sentence.tokens[max(word.start - 1, 0) : word.start] + sentence.tokens[word.end : word.end + 1]
    inside = len(around) == 2 and all(token.shape == "c" for token in around)
    return not (word.has("given") and inside and not any(m.end == word.start for m in known))
