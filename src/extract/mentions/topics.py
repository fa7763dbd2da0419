"""Topics: what a report says that talks were about, split into single matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook
from extract.rulebook.coordination import Range, split_coordination
from extract.rulebook.view import Match, build_view

def find_topics(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Single topics of a sentence, each with the taxonomy id where one fits as its value.

    The span of a rule's slot `topic` is split at its commas and conjunctions; heads that say nothing ("ways to
    strengthen cooperation in") are left out.
    """
    found = find_by_rules(sentence, mentions, book, "topics", "topics", _first_verbs)
    topics: list[Mention] = []
    for phrase in found:
        for start, end in split_coordination(sentence, phrase.spans["topic"], book, "topics"):
            start, end = _trim(sentence, start, end, mentions, book)
            if end > start and not _is_empty(sentence, start, end, book):
                topics.append(replace(phrase, kind="topic", start=start, end=end, value=_taxonomy(sentence, start, end, book)))
    return topics


def _first_verbs(matches: Sequence[Match]) -> list[Match]:
    """Matches whose topic spans do not overlap, the earliest first: a later verb inside a topic is part of it."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (-m.rule.priority, m.start, m.start - m.end, m.rule.id)):
        span = range(*(match.span("topic") or (0, 0)))
        if span and taken.isdisjoint(span):
            taken.update(span)
            kept.append(match)
    return kept


def _trim(sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], book: Rulebook) -> Range:
    """Leave out the heads that say nothing, by the rules that find `head`, and marks at the edges."""
    grammar = book.grammar("topics", "head")
    for _ in range(4):
        while start < end and sentence.tokens[start].shape == "p" and sentence.tokens[start].norm not in ('"', "'", "("):
            start += 1
        while end > start and sentence.tokens[end - 1].shape == "p" and sentence.tokens[end - 1].norm not in ('"', "'", ")"):
            end -= 1
        part = replace(sentence, tokens=sentence.tokens[start:end])
        inner = [replace(m, start=m.start - start, end=m.end - start) for m in mentions if start <= m.start and m.end <= end]
        if end <= start:
            break
        heads = [m for m in grammar.find(build_view(part, inner)) if m.start == 0]
        if not heads or not any(m.end < end - start for m in heads):
            break
        start += max(m.end for m in heads if m.end < end - start)
    return start, end


def _is_empty(sentence: Sentence, start: int, end: int, book: Rulebook) -> bool:
    words = " ".join(token.norm for token in sentence.tokens[start:end])
    return words in book.word_set("empty_topic") or all(t.shape == "p" for t in sentence.tokens[start:end])


def _taxonomy(sentence: Sentence, start: int, end: int, book: Rulebook) -> str | None:
    hits = [h for h in book.lexicon.find([t.norm for t in sentence.tokens[start:end]]) if h.name.kind == "topic"]
    hits.sort(key=lambda h: (h.start - h.end, h.start))
    return str(hits[0].name.value["id"]) if hits else None
