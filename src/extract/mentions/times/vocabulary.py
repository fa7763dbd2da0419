"""What the tokens of a text are to the rules on time: words of the time lexicon, numbers, or words that patterns name.

A token with hyphens ("third-quarter") is taken apart; its parts keep the place of their token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from extract.annotations import Mention
from extract.rulebook.book import Rulebook
from extract.rulebook.view import Cell
from extract.values.numbers import add_up, read_digits

STAGE = "times"
NUMBER, NUMERAL, JOINER = "num", "numeral", "joiner"
NUMERIC = (NUMBER, NUMERAL)
_MOST_KNOWN = 100_000
_UNSEEN = object()
# What in a pattern is no word: quoted words stand apart; mentions, classes, slots, gaps and signs.
_QUOTED = re.compile(r'"([^"]+)"')
_SIGNS = re.compile(r"<[^>]*>|\{[a-z0-9_]+\}|[a-z][a-z0-9_]*:(?=[(\[{<~])|\.\.\.?\d+|[()\[\]|!+*^$]")
_HYPHEN = re.compile("(-)")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_RANGES = (("month", 1, 12), ("day", 1, 31), ("hour", 0, 24), ("minute", 0, 59), ("small", 1, 999))
# Tags that make a word open a search even where its kind does not.
STRONG = frozenset({"year", "strong"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one piece of text means: the kind that patterns name it by, its tags, and its fields by name.

    `view_mark` is how a view writes it, before its number; `name` what it is called there.
    """

    kind: str
    tags: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    _cells: dict[tuple[int, int], Cell] = field(default_factory=dict, repr=False, compare=False)
    view_mark: str = field(init=False, repr=False, compare=False)
    name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "view_mark", f"@{'.'.join((self.kind, *self.tags))}#")
        object.__setattr__(self, "name", "@" + self.kind)

    def cell(self, start: int, end: int) -> Cell:
        """The entry as a mention at tokens [start, end) of an island; islands are short, so each is made once."""
        found = self._cells.get((start, end))
        if found is None:
            mention = Mention(self.kind, 0, start, end, "", self.tags, self.fields)
            found = self._cells[start, end] = Cell(start, end, mention)
        return found


Phrase = tuple[tuple[str, ...], Entry]


class Piece(NamedTuple):
    """A part of a token: its word, its shape letter, and what it means on its own."""

    word: str
    shape: str
    entry: Entry | None = None


class Lexeme(NamedTuple):
    """A token as the rules see it; `strong` words open a search, others only continue one.

    `opens` are phrases that a word opens where it stands in them: its place in each, and the words. One that stands
    `alone` is never of one cell with what follows; `cells` are those made of it before, by its place in an island.
    """

    pieces: tuple[Piece, ...]
    strong: bool
    opens: tuple[tuple[int, tuple[str, ...]], ...]
    alone: bool
    cells: dict[int, tuple[Any, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language's rules on time; `named` are those that patterns write out, `shape` is any of the
    `shapes`, and `idle` gathers words that open no search, whatever their shape.
    """

    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    literals: frozenset[str]
    shape: re.Pattern[str]
    shapes: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]
    weak: frozenset[str]
    openers: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]
    single: Mapping[str, Entry]
    words: frozenset[str]
    named: frozenset[str]
    idle: set[str] = field(default_factory=set, repr=False)
    _known: dict[tuple[str, str], Lexeme | None] = field(default_factory=dict, repr=False)

    def lexeme(self, norm: str, shape: str) -> Lexeme | None:
        """A token as the rules see it; None for a word that no rule knows."""
        if norm not in self.words and norm.isalpha():  # most words of a text
            if len(self.idle) > _MOST_KNOWN:
                self.idle.clear()
            self.idle.add(norm)
            return None
        key = (norm, shape)
        found = self._known.get(key, _UNSEEN)
        if found is not _UNSEEN:
            return found  # type: ignore[return-value]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[key] = found = self._look_up(norm, shape)
        if self._is_idle(norm, found):
            self.idle.add(norm)
        return found

    def _is_idle(self, norm: str, found: Lexeme | None) -> bool:
        if found is None:
            return norm not in self.words
        entry = self.single.get(norm)
        return not (found.strong or found.opens or (entry and "capital" in entry.tags))

    def _look_up(self, norm: str, shape: str) -> Lexeme | None:
        if len(norm) > 40:
            return None
        pieces = self._pieces(norm, shape)
        several = len(pieces) > 1
        kinds = {piece.entry.kind for piece in pieces if piece.entry}
        marked = any(piece.entry and not STRONG.isdisjoint(piece.entry.tags) for piece in pieces)
        opens = self.openers.get(norm, ())
        strong = bool(kinds - self.weak) or marked or (several and any(p.word in self.openers for p in pieces))
        if several and not strong and not self._all_known(pieces):
            pieces = (Piece(norm, shape),)
            kinds = set()
        if not strong and not kinds and not any(p.word in self.literals for p in pieces):
            return None
        alone = all(p.word not in self.phrases and (p.entry is None or p.entry.kind not in NUMERIC) for p in pieces)
        return Lexeme(pieces, strong, () if strong else opens, alone, {})

    def _all_known(self, pieces: tuple[Piece, ...]) -> bool:
        return all(piece.entry or piece.word == "-" or piece.word in self.literals for piece in pieces)

    def _pieces(self, norm: str, shape: str) -> tuple[Piece, ...]:
        """A token as one piece, or taken apart at its hyphens where that may be of use."""
        number = self._number(norm)
        if number or norm in self.single or "-" not in norm[1:-1]:
            return (Piece(norm, shape, self.entry(norm, shape) or number),)
        parts = [part for part in _HYPHEN.split(norm) if part]
        if not any(part in self.words or not part.isalpha() for part in parts if part != "-"):
            return (Piece(norm, shape),)
        return tuple([Piece(part, shape, self.entry(part, shape) or self._number(part)) for part in parts])

    def entry(self, word: str, shape: str) -> Entry | None:
        """What one word means; words that are names only with a capital mean nothing without one."""
        found = self.single.get(word)
        return None if found is None or ("capital" in found.tags and shape == "l") else found

    def _number(self, word: str) -> Entry | None:
        if word.isalpha():
            return None
        for expression, kind, tags in self.shapes if self.shape.fullmatch(word) else ():
            if match := expression.fullmatch(word):
                fields = {name: text for name, text in match.groupdict().items() if text is not None}
                return number_entry(read_digits(fields["value"]), "0") if kind == NUMBER else Entry(kind, tags, fields)
        return number_entry(read_digits(word), word) if word[:1].isdecimal() else None

    def longest(self, words: Sequence[str], at: int) -> tuple[int, Entry] | None:
        """The longest phrase of more than one word that starts at `at`, and where it ends."""
        group = self.phrases.get(words[at])
        if group is None or at + 1 == len(words):
            return None
        for phrase, entry in group.get(words[at + 1], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return at + len(phrase), entry
        return None


def number_entry(value: Fraction | int | None, digits: str = "") -> Entry | None:
    """A number with the tags that patterns ask for: int, day, month, hour, minute, year, hhmm, digits."""
    if value is None:
        return None
    tags = ["digits"] if digits else ["words"]
    if value.denominator == 1:
        tags += ["int", *(_whole_tags(value.numerator, digits) if not digits or digits.isdecimal() else ())]
    return Entry(NUMBER, tuple(tags), {"value": value})


def _whole_tags(value: int, digits: str) -> list[str]:
    """What a whole number, written in plain digits or in words, may be: a day, an hour, a year."""
    tags = [tag for tag, low, high in _RANGES if low <= value <= high]
    if 1000 <= value <= 2999 and len(digits) in (0, 4):
        tags += ["year", "recent"] if 1900 <= value <= 2059 else ["year"]
    # 1403 is a year of the Iranian calendar, 1445 one of the Hijri; which of the two 14xx are is not to be told.
    if len(digits) == 4 and 1300 <= value <= 1460:
        tags.append("hijri" if value >= 1425 else "iranian")
    if len(digits) == 4 and value < 2400 and value % 100 < 60:
        tags += ["hhmm", "strong"] if digits[0] == "0" else ["hhmm"]
    if len(digits) == 2:
        tags.append("two")
    return tags


def merge_numerals(entries: Sequence[Entry]) -> Entry | None:
    """One number from a row of numerals; None where they make none."""
    values = [int(entry.fields["value"]) for entry in entries if entry.kind == NUMERAL]
    return number_entry(add_up(values))


def build_vocabulary(book: Rulebook) -> Vocabulary:
    """Collect the time words of a rule base: its lexicon, the words that its patterns name, the shapes of tokens."""
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    literals: set[str] = set()
    for file in book.sources.files:
        if file.stage != STAGE:
            continue
        for kind, entries in file.content.lexicon.items():
            for entry in entries:
                data = entry.model_dump(exclude={"names", "plurals", "tags"}, exclude_none=True)
                tags = _tags(entry.model_extra or {})
                for name in entry.names:
                    words = tuple(split_hyphens(book.words.split(name)))
                    phrases.setdefault(words[0], []).append((words, Entry(kind, tags, data)))
        patterns = [p for rule in file.content.rules for p in rule.pattern]
        patterns += [p for entries in file.content.words.values() for p in entries]
        literals.update(literal_words(patterns, book.words.split))
    settings = book.settings(STAGE)
    weak = frozenset(settings.get("weak", []))
    several = [(words, entry) for group in phrases.values() for words, entry in group if len(words) > 1]
    plain = frozenset(literals)
    literals.update(word for words, _ in several for word in words)
    written = "|".join(f"(?:{_GROUP_NAME.sub('(?:', s['token'])})" for s in settings.get("shapes", []))
    shapes = [(re.compile(s["token"]), str(s["kind"]), tuple(s.get("tags", ()))) for s in settings.get("shapes", [])]
    single = {words[0]: entry for group in phrases.values() for words, entry in group if len(words) == 1}
    return Vocabulary(
        _phrases(several),
        frozenset(literals),
        re.compile(written or "(?!)"),
        tuple(shapes),
        weak,
        _openers(several, single, weak, plain),
        single,
        frozenset(literals | single.keys()),
        plain,
    )


def _phrases(several: Iterable[Phrase]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Phrases of more than one word by their first and their second, the longest first."""
    found: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    for phrase in sorted(several, key=lambda each: -len(each[0])):
        group = found.setdefault(phrase[0][0], {})
        group[phrase[0][1]] = (*group.get(phrase[0][1], ()), phrase)
    return found


def _openers(
    several: Iterable[Phrase], single: Mapping[str, Entry], weak: frozenset[str], literals: Set[str]
) -> dict[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    """For each word that opens a search for phrases: its place in each of them, and their words."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for words, entry in several:
        if entry.kind not in weak:
            word = _opener(words, single, weak, literals)
            found.setdefault(word, []).append((words.index(word), words))
    return {word: tuple(places) for word, places in found.items()}


def _opener(words: tuple[str, ...], single: Mapping[str, Entry], weak: frozenset[str], literals: Set[str]) -> str:
    """The word of a phrase that opens a search for it: one that opens one anyway, else a rare one, else the longest."""
    plain = {word: single[word] for word in words if word in single and "capital" not in single[word].tags}
    strong = [word for word, entry in plain.items() if entry.kind not in weak]
    return max(strong or words, key=lambda word: (word not in single and word not in literals, len(word)))


def _tags(extra: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of an entry; a value in small letters is a tag too, so that <unit.week> can be written."""
    value = extra.get("value")
    named = (value,) if isinstance(value, str) and value.islower() and value.isidentifier() else ()
    return (*extra.get("tags", ()), *named)


def split_hyphens(norms: Iterable[str]) -> list[str]:
    """Normal forms with their hyphens apart: year-end is year, -, end."""
    return [part for norm in norms for part in (re.split("(-)", norm) if "-" in norm[1:-1] else [norm]) if part]


def literal_words(patterns: Iterable[str], split: Callable[[str], tuple[str, ...]]) -> set[str]:
    """The normal forms of the words that patterns write out; reading the text is 30 times faster than parsing it."""
    words: set[str] = set()
    for pattern in patterns:
        words.update(_QUOTED.findall(pattern))
        words.update(_SIGNS.sub(" ", _QUOTED.sub(" ", pattern.replace("!<(", "("))).split())
    return {norm for word in words if not word.startswith("~") for norm in split(word)}
