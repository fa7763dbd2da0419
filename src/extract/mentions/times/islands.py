"""Finds time expressions in a sentence: runs the rules only on islands of words that they know.

News repeats itself ("on Monday", "last week"), so what an island holds is remembered by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from extract.annotations import Sentence, Token
from extract.mentions.times.cells import build_cells, build_time_view, make_cell
from extract.mentions.times.vocabulary import STAGE, Vocabulary, build_vocabulary, literal_words
from extract.rulebook.book import Rulebook
from extract.rulebook.model import Rule
from extract.rulebook.view import Cell, Match

_UNKNOWN = "~"
# The slots that hold the ends of a range, or the members of a list, and what the names of their fields begin with.
ENDS: Mapping[str, str] = MappingProxyType({"first": "", "second": "second_", "third": "third_", "last": "to_"})
_REACH = 8  # words of an expression to either side of those that opened the search


_NO_PARTS: Mapping[str, tuple[int, int]] = MappingProxyType({})


class Draft(NamedTuple):
    """An expression that is found but not resolved: tokens [start, end) of the sentence, fields and parts."""

    rule: Rule
    start: int
    end: int
    fields: Mapping[str, Any]
    parts: Mapping[str, tuple[int, int]] = _NO_PARTS

    def moved(self, step: int) -> Draft:
        """The same so many tokens on."""
        parts = {slot: (a + step, b + step) for slot, (a, b) in self.parts.items()} if self.parts else _NO_PARTS
        return Draft(self.rule, self.start + step, self.end + step, self.fields, parts)


class Finder:
    """The compiled rules on time of one rule base, with what they found before."""

    def __init__(self, book: Rulebook) -> None:
        self.vocabulary = build_vocabulary(book)
        self.grammar = book.grammar(STAGE, "times")
        self.grammar.remember()
        self.joins = {finds: book.grammar(STAGE, finds) for finds in ("range", "same")}
        self.joiners = {finds: _joiners(book, finds) for finds in self.joins}
        self.settings = book.settings(STAGE)
        self._find = lru_cache(maxsize=20_000)(self._search)

    def drafts(self, sentence: Sentence) -> list[Draft]:
        """The expressions of a sentence, in order; they do not overlap."""
        found: list[Draft] = []
        idle = self.vocabulary.idle
        hot = [n for n, norm in enumerate(sentence.norms) if norm not in idle]
        if not hot:
            return found
        tokens = sentence.tokens
        for start, end in _islands(tokens, hot, self.vocabulary):
            key = tuple([(t.norm, t.shape) for t in tokens[start:end]])
            before = _edge(tokens[start - 1], self.vocabulary) if start else None
            after = _edge(tokens[end], self.vocabulary) if end < len(tokens) else None
            found += [draft.moved(start) if start else draft for draft in self._find(key, before, after)]
        return found

    def _search(self, key: tuple[tuple[str, str], ...], before: str | None, after: str | None) -> tuple[Draft, ...]:
        cells = build_cells(key, self.vocabulary)
        if before:
            cells.insert(0, make_cell(-1, 0, before[1:], before[0]))
        if after:
            cells.append(make_cell(len(key), len(key) + 1, after[1:], after[0]))
        matches = self.grammar.find(build_time_view(cells))
        return tuple(_select([draft for match in matches if (draft := _draft(match, len(key)))]))


def _joiners(book: Rulebook, finds: str) -> frozenset[str]:
    """The words that rules name which join two expressions, and those of all word classes on time."""
    files = [file.content for file in book.sources.files if file.stage == STAGE]
    patterns = [pattern for file in files for rule in file.rules if rule.finds == finds for pattern in rule.pattern]
    patterns += [pattern for file in files for entries in file.words.values() for pattern in entries]
    return frozenset(literal_words(patterns, book.words.split))


def _islands(tokens: Sequence[Token], hot: Sequence[int], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Runs of known words around strong ones, which reach some words to either side; they do not overlap.

    `hot` are the words that may be strong.
    """
    lexeme = vocabulary.lexeme
    strong = [n for n in hot if _is_strong(tokens, n, vocabulary)]
    if not strong:
        return []
    groups: list[tuple[int, int]] = []
    for position in strong:
        first, last = groups[-1] if groups else (0, -3 * _REACH)
        if position - last <= 2 * _REACH and all(_known(token, vocabulary) for token in tokens[last + 1 : position]):
            groups[-1] = first, position
        else:
            groups.append((position, position))
    islands: list[tuple[int, int]] = []
    for first, last in groups:
        earliest = max(islands[-1][1] if islands else 0, first - _REACH)
        while first > earliest and lexeme((token := tokens[first - 1]).norm, token.shape):
            first -= 1
        end, latest = last + 1, min(len(tokens), last + _REACH + 1)
        while end < latest and lexeme((token := tokens[end]).norm, token.shape):
            end += 1
        islands.append((first, end))
    return islands


def _known(token: Token, vocabulary: Vocabulary) -> bool:
    return vocabulary.lexeme(token.norm, token.shape) is not None


def _is_strong(tokens: Sequence[Token], position: int, vocabulary: Vocabulary) -> bool:
    """Whether a word opens a search, by itself or as part of a phrase."""
    token = tokens[position]
    lexeme = vocabulary.lexeme(token.norm, token.shape)
    if lexeme is None or lexeme.strong:
        return lexeme is not None
    for place, words in lexeme.opens:
        begin = position - place
        if begin >= 0 and tuple([t.norm for t in tokens[begin : begin + len(words)]]) == words:
            return True
    return False


def _edge(token: Token, vocabulary: Vocabulary) -> str:
    return token.shape + (token.norm if _known(token, vocabulary) else _UNKNOWN)


def _draft(match: Match, length: int) -> Draft | None:
    """A match as fields: what its slots hold, then what the rule sets; None where it reaches beyond the island."""
    start, end = match.span("span") or (match.start, match.end)
    if start < 0 or end > length:
        return None
    fields: dict[str, Any] = {}
    parts: dict[str, tuple[int, int]] = {}
    for slot, runs in match.slots.items():
        if slot in ENDS:
            parts[slot] = match.span(slot) or (start, end)
        elif slot != "span":
            _fill(fields, slot, runs)
    fields.update(match.rule.set)
    return Draft(match.rule, start, end, fields, parts or _NO_PARTS)


def _fill(fields: dict[str, Any], slot: str, runs: Iterable[Iterable[Cell]]) -> None:
    """What the first mention of a slot says, as fields."""
    found = next((cell.mention for run in runs for cell in run if cell.mention), None)
    if found is None:
        return
    values: Mapping[str, Any] = found.value
    if slot.startswith("fields"):
        fields.update((name, value) for name, value in values.items() if name != "value")
    elif slot in values or "value" in values:
        fields[slot] = values[slot] if slot in values else values["value"]


def _select(drafts: list[Draft]) -> list[Draft]:
    """Of overlapping drafts the higher priority, the longer, the earlier, the rule id; a refusal takes their place."""
    if len(drafts) < 2:
        return [draft for draft in drafts if "refuse" not in draft.fields]
    taken: set[int] = set()
    kept = []
    for draft in sorted(drafts, key=lambda d: (-d.rule.priority, d.start - d.end, d.start, d.rule.id)):
        if taken.isdisjoint(range(draft.start, draft.end)):
            taken.update(range(draft.start, draft.end))
            kept.append(draft)
    return sorted((d for d in kept if "refuse" not in d.fields), key=lambda d: d.start)
