"""Splits a coordination into its members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.annotations import Sentence
from extract.rulebook.book import Rulebook

Range = tuple[int, int]


def split_coordination(sentence: Sentence, span: Range, book: Rulebook, stage: str) -> Iterator[Range]:
    """The members of a coordination. With commas it is a list, and its last conjunction parts it too; without, a
    conjunction parts it only before a word that opens a phrase of its own (an article, "ways", "how").
    """
    commas = book.word_set("list_mark")
    conjunctions = book.word_set("conjunction")
    openers = frozenset(book.settings(stage).get("split_before", []))
    norms = [token.norm for token in sentence.tokens]
    start, end = span
    marks = [i for i in range(start, end) if norms[i] in commas and not _inside_brackets(norms, start, i)]
    cuts: list[Range] = []
    for i in range(start + 1, end - 1):
        if norms[i] in commas and i in marks:
            wide = i + 2 if norms[i + 1] in conjunctions else i + 1
            cuts.append((i, wide))
        elif norms[i] in conjunctions and not (cuts and cuts[-1][1] > i):
            last = bool(marks) and i > marks[-1] and not any(norms[j] in conjunctions for j in range(marks[-1], i))
            if last or norms[i + 1] in openers:
                cuts.append((i, i + 1))
    position = start
    for cut_start, cut_end in cuts:
        if cut_start > position:
            yield position, cut_start
        position = cut_end
    if end > position:
        yield position, end


def _inside_brackets(norms: Sequence[str], start: int, position: int) -> bool:
    before = norms[start:position]
    return before.count("(") > before.count(")")
