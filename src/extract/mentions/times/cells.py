"""The cells that the patterns on time run on: words, numbers, and words of the lexicon with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from extract.annotations import Sentence
from extract.mentions.times.vocabulary import (
    JOINER,
    NUMBER,
    NUMERAL,
    NUMERIC,
    Entry,
    Lexeme,
    Vocabulary,
    merge_numerals,
    number_entry,
)
from extract.rulebook.view import Cell, View

_WHITE = str.maketrans({" ": "_", "@": "_", "#": "_"})
_FRACTIONS = (2, 3, 4, 8)
_NO_SENTENCE = Sentence(0, ())
_SHORT = 50  # tokens: cells are kept for islands of this length
_SCALE = 1000  # a numeral from here on multiplies the digits before it


class TimeCell(NamedTuple):
    """A word at tokens [start, end), with what it means; two cells can share a token ("third-quarter").

    `cell` is what a view has of it, `written` how the view writes it, before the number of a word of the lexicon.
    """

    start: int
    end: int
    word: str
    shape: str
    entry: Entry | None
    cell: Cell
    written: str


def make_cell(start: int, end: int, word: str, shape: str, entry: Entry | None = None) -> TimeCell:
    """A word, or a word of the lexicon, at its place."""
    if entry is None:
        return TimeCell(start, end, word, shape, None, _plain(start, end), _word(shape, word))
    return TimeCell(start, end, word, shape, entry, entry.cell(start, end), entry.view_mark)


def build_cells(words: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[TimeCell]:
    """The cells of tokens, given by normal form and shape; phrases and rows of number words are one cell each."""
    cells: list[TimeCell] = []
    alone = True
    for position, (norm, shape) in enumerate(words):
        if lexeme := vocabulary.lexeme(norm, shape):
            cells += lexeme.cells.get(position) or _cells_of(lexeme, position)
            alone = alone and lexeme.alone
    return cells if alone else _merge(cells, vocabulary)


def _cells_of(lexeme: Lexeme, position: int) -> tuple[TimeCell, ...]:
    cells = tuple([make_cell(position, position + 1, *piece) for piece in lexeme.pieces])
    if position < _SHORT:
        lexeme.cells[position] = cells
    return cells


def _merge(cells: list[TimeCell], vocabulary: Vocabulary) -> list[TimeCell]:
    words = [cell.word for cell in cells]
    merged: list[TimeCell] = []
    at = 0
    while at < len(cells):
        cell = cells[at]
        phrase = vocabulary.longest(words, at)
        if phrase is None and _stands_alone(cells, at):
            merged.append(cell)
            at += 1
            continue
        end, entry = phrase or (at + 1, cell.entry)
        if entry and "capital" in entry.tags and cell.shape == "l":
            end, entry = at + 1, cell.entry
        if entry and entry.kind == NUMBER:
            end, entry = _mixed_number(cells[end : end + 4], end, entry)
        elif entry and entry.kind == NUMERAL:
            end, entry = _numeral_row(cells, words, end, entry, vocabulary)
        merged.append(make_cell(cell.start, cells[end - 1].end, words[at], cell.shape, entry))
        at = end
    return merged


def _stands_alone(cells: list[TimeCell], at: int) -> bool:
    """Whether nothing that follows can be of one number with a cell."""
    entry = cells[at].entry
    if entry is None or entry.kind not in NUMERIC:
        return True
    following = cells[at + 1] if at + 1 < len(cells) else None
    return entry.kind == NUMBER and (following is None or (following.entry is None and following.word != "-"))


def _numeral_row(
    cells: list[TimeCell], words: list[str], end: int, entry: Entry, vocabulary: Vocabulary
) -> tuple[int, Entry]:
    """The longest row of number words that makes one number, and where it ends."""
    row, best = [entry], (end, merge_numerals([entry]) or entry)
    while end < len(cells):
        found = cells[end].entry
        position = end + bool((found and found.kind == JOINER) or cells[end].word == "-")
        following = cells[position].entry if position < len(cells) else None
        if following is None or following.kind != NUMERAL or vocabulary.longest(words, position):
            break
        row.append(following)
        end = position + 1
        number = merge_numerals(row)
        if number is None:
            break
        best = (end, number)
    return best


def _mixed_number(ahead: list[TimeCell], end: int, entry: Entry) -> tuple[int, Entry]:
    """ "2 1/2" as one number; a number before a scale ("2 million") likewise."""
    whole = entry.fields["value"]
    hyphen = bool(ahead) and ahead[0].word == "-"  # 3-1/2
    part = ahead[hyphen : hyphen + 3]
    values = [cell.entry.fields["value"] if cell.entry and cell.entry.kind == NUMBER else None for cell in part]
    if len(part) == 3 and part[1].word == "/" and values[0] and values[2] in _FRACTIONS and values[0] < values[2]:
        return end + hyphen + 3, number_entry(whole + Fraction(values[0], values[2])) or entry
    scale = ahead[0].entry if ahead else None
    if scale and scale.kind == NUMERAL and scale.fields["value"] >= _SCALE:
        return end + 1, Entry(NUMBER, ("int",), {"value": whole * scale.fields["value"]})
    return end, entry


def build_time_view(cells: list[TimeCell]) -> View:
    """The view of cells: as that of a sentence, but a cell of the lexicon stands as a mention of its kind."""
    written = [cell.written if cell.entry is None else f"{cell.written}{number} " for number, cell in enumerate(cells)]
    names = tuple([cell.word if cell.entry is None else cell.entry.name for cell in cells])
    offsets = tuple(accumulate(map(len, written), initial=0))
    return View(_NO_SENTENCE, tuple([cell.cell for cell in cells]), "".join(written), offsets[:-1], names)


@lru_cache(maxsize=4096)
def _plain(start: int, end: int) -> Cell:
    return Cell(start, end)


@lru_cache(maxsize=4096)
def _word(shape: str, word: str) -> str:
    return f"{shape}{word.translate(_WHITE)} "
