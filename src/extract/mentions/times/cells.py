"""The cells that the patterns on time run on: words, numbers, and words of the lexicon with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from extract.annotations import Mention, Sentence, Token
from extract.mentions.times.vocabulary import JOINER, NUMBER, NUMERAL, Entry, Vocabulary, merge_numerals, number_entry
from extract.rulebook.view import Cell, View

_WHITE = str.maketrans({" ": "_", "@": "_", "#": "_"})
_FRACTIONS = (2, 3, 4, 8)
_SCALE = 1000  # a numeral from here on multiplies the digits before it


@dataclass(frozen=True, slots=True)
class TimeCell:
    """A word at tokens [start, end), with what it means; two cells can share a token ("third-quarter")."""

    start: int
    end: int
    word: str
    shape: str
    entry: Entry | None


def build_cells(words: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[TimeCell]:
    """The cells of tokens, given by normal form and shape; phrases and rows of number words are one cell each."""
    cells: list[TimeCell] = []
    for position, (norm, shape) in enumerate(words):
        lexeme = vocabulary.lexeme(Token(norm, norm, shape, 0, 0))
        pieces = lexeme.pieces if lexeme else ()
        cells.extend(TimeCell(position, position + 1, p.word, p.shape, p.entry) for p in pieces)
    return _merge(cells, vocabulary)


def _merge(cells: list[TimeCell], vocabulary: Vocabulary) -> list[TimeCell]:
    words = [cell.word for cell in cells]
    merged: list[TimeCell] = []
    at = 0
    while at < len(cells):
        end, entry = vocabulary.longest(words, at) or (at + 1, cells[at].entry)
        if entry and "capital" in entry.tags and cells[at].shape == "l":
            end, entry = at + 1, cells[at].entry
        if entry and entry.kind == NUMBER:
            end, entry = _mixed_number(cells[end : end + 3], end, entry)
        elif entry and entry.kind == NUMERAL:
            end, entry = _numeral_row(cells, words, end, entry, vocabulary)
        merged.append(TimeCell(cells[at].start, cells[end - 1].end, words[at], cells[at].shape, entry))
        at = end
    return merged


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
    values = [cell.entry.fields["value"] if cell.entry and cell.entry.kind == NUMBER else None for cell in ahead]
    whole = entry.fields["value"]
    if len(ahead) == 3 and ahead[1].word == "/" and values[0] and values[2] in _FRACTIONS and values[0] < values[2]:
        return end + 3, number_entry(whole + Fraction(values[0], values[2])) or entry
    scale = ahead[0].entry if ahead else None
    if scale and scale.kind == NUMERAL and scale.fields["value"] >= _SCALE:
        return end + 1, Entry(NUMBER, ("int",), {"value": whole * scale.fields["value"]})
    return end, entry


def build_time_view(cells: list[TimeCell]) -> View:
    """The view of cells: as that of a sentence, but a cell of the lexicon stands as a mention of its kind."""
    rows: list[Cell] = []
    written: list[str] = []
    offsets: list[int] = []
    keys: set[str] = set()
    length = 0
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
