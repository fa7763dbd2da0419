"""Topics: what a report says that talks were about, split into single matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook
from extract.rulebook.complement import find_complements, inner_view
from extract.rulebook.coordination import Range, split_coordination
from extract.rulebook.view import View

_TURNS = 8  # heads within heads that are left out: "the importance of | their commitment to | working towards"


def find_topics(
    sentence: Sentence, mentions: Sequence[Mention], book: Rulebook, view: View | None = None
) -> list[Mention]:
    """Single topics of a sentence, each with the taxonomy id where one fits as its value.

    What a rule speaks of is split at its commas and conjunctions; heads that say nothing ("ways to strengthen") and
    matters that are none ("issues of mutual interest") are left out.
    """
    topics: list[Mention] = []
    for phrase, span in find_complements(sentence, mentions, book, "topics", "topic", view):
        for start, end in _members(sentence, span, mentions, book):
            if end > start and not _says_nothing(sentence, start, end, mentions, book):
                value = _taxonomy(sentence, start, end, book)
                topics.append(replace(phrase, kind="topic", start=start, end=end, value=value))
    return topics


def _members(sentence: Sentence, span: Range, mentions: Sequence[Mention], book: Rulebook) -> Iterator[Range]:
    start, end = _trim(sentence, *span, mentions, book)
    for part in split_coordination(sentence, (start, end), mentions, book, "topics"):
        yield _trim(sentence, *part, mentions, book)


def _trim(sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], book: Rulebook) -> Range:
    """Leave out marks at the edges, the heads that say nothing and the tails that belong to the sentence."""
    heads, tails = book.grammar("topics", "head"), book.grammar("topics", "tail")
    for _ in range(_TURNS):
        start, end = _trim_marks(sentence, start, end)
        view = inner_view(sentence, mentions, start, end)
        size = end - start
        head = max((m.end for m in heads.find(view) if m.start == 0 and m.end < size), default=0)
        tail = min((m.start for m in tails.find(view) if m.start > head and m.end == size), default=size)
        if not head and tail == size:
            break
        start, end = start + head, start + tail
    return start, end


def _trim_marks(sentence: Sentence, start: int, end: int) -> Range:
    """Leave out punctuation at the edges; quotes and brackets stay where both of a pair are inside."""
    tokens = sentence.tokens
    while start < end and tokens[start].shape == "p" and not _paired(tokens[start].norm, sentence, start + 1, end):
        start += 1
    while end > start and tokens[end - 1].shape == "p" and not _paired(tokens[end - 1].norm, sentence, start, end - 1):
        end -= 1
    return start, end


_PAIRS = {"(": ")", ")": "(", '"': '"', "“": "”", "”": "“", "'": "'", "‘": "’", "’": "‘"}


def _paired(mark: str, sentence: Sentence, start: int, end: int) -> bool:
    other = _PAIRS.get(mark)
    return other is not None and any(token.norm == other for token in sentence.tokens[start:end])


def _says_nothing(sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], book: Rulebook) -> bool:
    """Whether all words are of the kind that any talks could be said to be about, or the phrase is somebody."""
    if any(m.start <= start and end <= m.end and _is_somebody(m) for m in mentions):
        return True
    empty = book.word_set("empty_topic")
    words = " ".join(token.norm for token in sentence.tokens[start:end])
    return words in empty or all(token.shape in "pn" or token.norm in empty for token in sentence.tokens[start:end])


def _is_somebody(mention: Mention) -> bool:
    """Whether a mention names a person or time; one capital word that opens the sentence proves no name."""
    if mention.kind == "person":
        return mention.end - mention.start > 1 or mention.start > 0
    return mention.kind in ("office", "demonym", "pronoun", "group", "time")


def _taxonomy(sentence: Sentence, start: int, end: int, book: Rulebook) -> str | None:
    hits = [h for h in book.lexicon.find([t.norm for t in sentence.tokens[start:end]]) if h.name.kind == "topic"]
    hits.sort(key=lambda h: (h.start - h.end, h.start))
    return str(hits[0].name.value["id"]) if hits else None
