"""Where a rule id stands: file and line, also for names of the lexicon, settings and the shared lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from extract.rulebook.book import ReadFile, Rulebook
from extract.rulebook.layers import SHARED, Layers
from extract.rulebook.load import Source, read_source

# Which files under rules/shared list the names of each kind; the first that has the name is its place.
SHARED_FILES: Mapping[str, tuple[str, ...]] = {
    "country": ("countries.yaml",),
    "demonym": ("countries.yaml",),
    "decoy": ("countries.yaml",),
    "city": ("cities.yaml", "cities.generated.tsv"),
    "venue": ("venues.yaml",),
    "body": ("bodies.yaml",),
    "topic": ("topics.yaml",),
}
Split = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Sources:
    """The rule files of one language, asked for the place of a rule or a name."""

    book: Rulebook
    rules: Layers
    _memory: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def where(self, rule: str, words: str = "") -> str:
        """`file:line` of a rule; of a name the line that lists `words`, else only the file; "" where it is unknown."""
        if rule in self.book.where:
            return self.book.where[rule]
        key = (rule, words)
        if key not in self._memory:
            self._memory[key] = self._find(rule, words)
        return self._memory[key]

    def line_of_pattern(self, rule: str, place: int) -> int:
        """The line of one of a rule's patterns; token patterns are counted after the others."""
        for file in self.book.sources.files:
            for number, each in zip(file.numbers, file.content.rules, strict=True):
                if each.id == rule:
                    key, n = ("pattern", place) if place < len(each.pattern) else ("token_pattern", place)
                    return file.source.text_at("rules", number, key, n - len(each.pattern) * (key != "pattern"))[0]
        return 1

    def _find(self, rule: str, words: str) -> str:
        top, _, rest = rule.partition(".")
        if top == SHARED:
            return self._in_shared(rest, words)
        stem, _, key = rest.partition(".")
        files = [f for f in self.book.sources.from_top if f.stem == stem and top == self.book.language]
        found = [_in_file(file, key, self.book, words) for file in files]
        return max(found, key=lambda each: each[0], default=(0, ""))[1]

    def _in_shared(self, kind: str, words: str) -> str:
        names = SHARED_FILES.get(kind, ())
        target = self.book.words.split(words) if words else ()
        files = [file for name in names for file in reversed(self.rules.files(SHARED, name))]
        for file in files if target else ():
            line = _line_of_name(file.path, target, words, self.book)
            if line:
                return f"{file.name}:{line}"
        return files[-1].name if files else ""

    def lists(self, *kinds: str) -> str:
        """The files that list names of some kinds, for messages."""
        named = [name for kind in kinds for name in SHARED_FILES.get(kind, ())]
        shared = [file.name for name in named for file in self.rules.files(SHARED, name)]
        own = [f.source.file for f in self.book.sources.files for kind in kinds if kind in f.content.lexicon]
        return ", ".join(dict.fromkeys([*own, *shared]))


def _in_file(file: ReadFile, key: str, book: Rulebook, words: str) -> tuple[int, str]:
    """Where a file has the words under a key, else the key; the longer the path, the better it is known."""
    source = file.source
    for group in ("lexicon", "settings", "words"):
        if key in getattr(file.content, group):
            path: tuple[str | int, ...] = (group, key)
            if group == "lexicon" and words:
                target = book.words.split(words)
                place = next((i for i, names in _entry_names(file, key) if _lists(names, target, book)), None)
                path = path if place is None else (*path, place)
            return len(path), f"{source.file}:{source.where(*path)[0]}"
    return 0, source.file


def _entry_names(file: ReadFile, kind: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place, entry in enumerate(file.content.lexicon[kind]):
        yield place, (*entry.names, *entry.plurals)


def _lists(names: tuple[str, ...], target: tuple[str, ...], book: Rulebook) -> bool:
    forms = (form for name in names for form in (book.words.inflect(name[1:]) if name.startswith("~") else (name,)))
    return any(book.words.split(form) == target for form in forms)


def _line_of_name(path: Path, target: tuple[str, ...], words: str, book: Rulebook) -> int | None:
    if path.suffix == ".tsv":
        return _row_of(path, words)
    split, shown = book.words.split, " ".join(words.split()).casefold()
    lines = [(text, line) for text, line in _texts(path) if text.casefold()[:2] == shown[:2]]
    # A demonym is listed without its endings, so that a name which the words begin with will do.
    exact = next((line for text, line in lines if text.casefold() == shown or split(text) == target), None)
    return exact or next((line for text, line in lines if len(text) > 3 and shown.startswith(text.casefold())), None)


@cache
def _texts(path: Path) -> tuple[tuple[str, int], ...]:
    source: Source = read_source(path)
    return tuple((text, source.where(*at)[0]) for at, text in _leaves(source.value, ()))


def _leaves(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield at, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield from _leaves(below, (*at, key))


@cache
def _rows(path: Path) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        latin, _, _, others = line.split("\t")
        for name in (latin, *others.split("|")):
            found.setdefault(name.casefold(), number)
    return found


def _row_of(path: Path, words: str) -> int | None:
    return _rows(path).get(" ".join(words.split()).casefold())
