"""Finds time expressions in a sentence: runs the rules only on islands of words that they know.

News repeats itself ("on Monday", "last week"), so what an island holds is remembered by its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from extract.annotations import Mention, Sentence, Token
from extract.mentions.times.vocabulary import (
    JOINER,
    NUMBER,
    NUMERAL,
    STAGE,
    Entry,
    Lexeme,
    Vocabulary,
    build_vocabulary,
    merge_numerals,
    number_entry,
)
from extract.rulebook.book import Rulebook
from extract.rulebook.model import Rule
from extract.rulebook.view import Cell, Match, View

_WHITE = str.maketrans({" ": "_", "@": "_", "#": "_"})
_UNKNOWN = "~"
_REACH = 8  # words of an expression to either side of those that opened the search


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression that is found but not resolved: tokens [start, end) of the sentence, fields and parts."""

    rule: Rule
    start: int
    end: int
    fields: Mapping[str, Any]
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    word: str
    shape: str
    entry: Entry | None


class Finder:
    """The compiled rules on time of one rule base, with what they found before."""

    def __init__(self, book: Rulebook) -> None:
        self.vocabulary = build_vocabulary(book)
        self.grammar = book.grammar(STAGE, "times")
        self.joins = {finds: book.grammar(STAGE, finds) for finds in ("range", "same")}
        self.settings = book.settings(STAGE)
        self._find = lru_cache(maxsize=20_000)(self._search)

    def drafts(self, sentence: Sentence) -> list[Draft]:
        """The expressions of a sentence, in order; they do not overlap."""
        found: list[Draft] = []
        for start, end in _islands(sentence.tokens, self.vocabulary):
            key = tuple((t.norm, t.shape) for t in sentence.tokens[start:end])
            before = _edge(sentence.tokens[start - 1], self.vocabulary) if start else None
            after = _edge(sentence.tokens[end], self.vocabulary) if end < len(sentence.tokens) else None
            for draft in self._find(key, before, after):
                parts = {slot: (a + start, b + start) for slot, (a, b) in draft.parts.items()}
                found.append(Draft(draft.rule, draft.start + start, draft.end + start, draft.fields, parts))
        return found

    def _search(self, key: tuple[tuple[str, str], ...], before: str | None, after: str | None) -> tuple[Draft, ...]:
        cells = _merge(_cells(key, self.vocabulary), self.vocabulary)
        if before:
            cells.insert(0, _Cell(-1, 0, before[1:], before[0], None))
        if after:
            cells.append(_Cell(len(key), len(key) + 1, after[1:], after[0], None))
        view = _view(cells)
        drafts = [draft for match in self.grammar.find(view) if (draft := _draft(match, len(key)))]
        return tuple(_select(drafts))


def _islands(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Runs of known words around strong ones; a strong word reaches some words to either side, and so do runs of them."""
    start = first = last = -1
    for position, token in enumerate(tokens):
        lexeme = vocabulary.lexeme(token)
        if lexeme is None or (last >= 0 and position - last > 2 * _REACH):
            if last >= 0:
                yield max(start, first - _REACH), min(position, last + _REACH + 1)
            start = first = last = -1
        if lexeme is not None:
            start = position if start < 0 else start
            if lexeme.strong:
                first, last = (position if first < 0 else first), position
    if last >= 0:
        yield max(start, first - _REACH), min(len(tokens), last + _REACH + 1)


def _edge(token: Token, vocabulary: Vocabulary) -> str:
    return token.shape + (_UNKNOWN if vocabulary.lexeme(token) is None else token.norm)


def _cells(key: tuple[tuple[str, str], ...], vocabulary: Vocabulary) -> list[_Cell]:
    cells = []
    for position, (norm, shape) in enumerate(key):
        lexeme = vocabulary.lexeme(Token(norm, norm, shape, 0, 0))
        pieces = lexeme.pieces if isinstance(lexeme, Lexeme) else ()
        cells.extend(_Cell(position, position + 1, p.word, p.shape, p.entry) for p in pieces)
    return cells


def _merge(cells: list[_Cell], vocabulary: Vocabulary) -> list[_Cell]:
    """Phrases become one cell, and so do rows of numerals and mixed numbers."""
    words = [cell.word for cell in cells]
    merged: list[_Cell] = []
    at = 0
    while at < len(cells):
        end, entry = vocabulary.longest(words, at) or (at + 1, cells[at].entry)
        if entry and "capital" in entry.tags and cells[at].shape == "l":
            end, entry = at + 1, cells[at].entry
        if entry and entry.kind in (NUMERAL, NUMBER):
            end, entry = _number_run(cells, at, end, entry, vocabulary)
        merged.append(_Cell(cells[at].start, cells[end - 1].end, words[at], cells[at].shape, entry))
        at = end
    return merged


def _number_run(cells: list[_Cell], at: int, end: int, entry: Entry, vocabulary: Vocabulary) -> tuple[int, Entry]:
    if entry.kind == NUMBER:
        return _mixed_number(cells, at, end, entry)
    row, best = [entry], (end, merge_numerals([entry]) or entry)
    while end < len(cells):
        found, position = cells[end].entry, end
        if found and found.kind == JOINER or cells[end].word == "-":
            position += 1
        following = cells[position].entry if position < len(cells) else None
        longer = vocabulary.longest([c.word for c in cells[position : position + 3]], 0) if position < len(cells) else None
        if longer and longer[1].kind == NUMERAL:
            break
        if following is None or following.kind != NUMERAL:
            break
        row.append(following)
        end = position + 1
        number = merge_numerals(row)
        if number is None:
            break
        best = (end, number)
    return best


def _mixed_number(cells: list[_Cell], at: int, end: int, entry: Entry) -> tuple[int, Entry]:
    """ "2 1/2" as one number; a number before a scale ("2 million") likewise."""
    ahead = cells[end : end + 3]
    values = [cell.entry.fields["value"] if cell.entry and cell.entry.kind == NUMBER else None for cell in ahead]
    whole = entry.fields["value"]
    if len(ahead) == 3 and ahead[1].word == "/" and values[0] and values[2] in (2, 3, 4, 8) and values[0] < values[2]:
        return end + 3, number_entry(whole + Fraction(values[0], values[2])) or entry
    if ahead and ahead[0].entry and ahead[0].entry.kind == NUMERAL and ahead[0].entry.fields["value"] >= 1000:
        return end + 1, Entry(NUMBER, ("int",), {"value": whole * ahead[0].entry.fields["value"]})
    return end, entry


def _view(cells: list[_Cell]) -> View:
    written, offsets, rows, keys, length = [], [], [], set(), 0
    for number, cell in enumerate(cells):
        mention = None
        if cell.entry:
            kind, tags = cell.entry.kind, cell.entry.tags
            mention = Mention(kind, 0, cell.start, cell.end, "", tags, cell.entry.fields)
            word = f"@{kind}{''.join('.' + tag for tag in tags)}#{number} "
            keys.add("@" + kind)
        else:
            word = f"{cell.shape}{cell.word.translate(_WHITE)} "
            keys.add(cell.word)
        rows.append(Cell(cell.start, cell.end, mention))
        written.append(word)
        offsets.append(length)
        length += len(word)
    return View(Sentence(0, ()), tuple(rows), "".join(written), tuple(offsets), frozenset(keys))


def _draft(match: Match, length: int) -> Draft | None:
    """A match as fields: what its slots hold, then what the rule sets; None where it reaches beyond the island."""
    fields: dict[str, Any] = {}
    parts: dict[str, tuple[int, int]] = {}
    start, end = match.span("span") or (match.start, match.end)
    for slot in match.slots:
        if slot in ("first", "last"):
            parts[slot] = match.span(slot) or (start, end)
        elif slot != "span":
            _fill(fields, slot, match)
    for name, setting in match.rule.set.items():
        if isinstance(setting, str) and setting.startswith("$"):
            if setting[1:] in fields:
                fields[name] = fields[setting[1:]]
        else:
            fields[name] = setting
    if start < 0 or end > length:
        return None
    return Draft(match.rule, start, end, fields, parts)


def _fill(fields: dict[str, Any], slot: str, match: Match) -> None:
    found = next(iter(match.mentions(slot)), None)
    if found is None:
        return
    values: Mapping[str, Any] = found.value
    if slot.startswith("fields"):
        fields.update((name, value) for name, value in values.items() if name != "value")
    elif slot in values or "value" in values:
        fields[slot] = values[slot] if slot in values else values["value"]


def _select(drafts: list[Draft]) -> list[Draft]:
    """Of overlapping drafts the higher priority, then the longer, the earlier, the rule id; refusals take their place."""
    taken: set[int] = set()
    kept = []
    for draft in sorted(drafts, key=lambda d: (-d.rule.priority, d.start - d.end, d.start, d.rule.id)):
        if taken.isdisjoint(range(draft.start, draft.end)):
            taken.update(range(draft.start, draft.end))
            kept.append(draft)
    return sorted((d for d in kept if "refuse" not in d.fields), key=lambda d: d.start)

