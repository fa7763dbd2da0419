"""Word classes and lexicon: what nobody uses, what is said twice, what is not written in the normal form of Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import Problem
from extract.rulebook.book import ReadFile, Rulebook
from extract.rulebook.check.draft import Draft
from extract.rulebook.pattern import PatternError, WordClass, parse_pattern, walk

_READ = re.compile(r"(?:word_set|has_word)\(\"([a-z0-9_]+)\"[,)]")


@cache
def read_by_stages() -> frozenset[str]:
    """Word classes that stages ask for by name: the code itself is the only list of them."""
    package = Path(__file__).resolve().parents[2]
    return frozenset(name for path in package.rglob("*.py") for name in _READ.findall(path.read_text(encoding="utf-8")))


def lint_words(draft: Draft, book: Rulebook) -> Iterator[Problem]:
    """Faults in word classes and lexicon."""
    used = _used(draft, book)
    defined: dict[tuple[int, str], ReadFile] = {}
    for file in draft.sources.files:
        for name, entries in file.content.words.items():
            line, column = file.source.where("words", name)
            key = (file.layer, name)  # an upper folder may add to a class
            if key in defined:
                message = f"{{{name}}} is defined in {defined[key].source.file} too"
                cure = "keep one, or rename one"
                yield Problem(file.source.file, line, column, "duplicate-class", message, cure)
            elif name not in used:
                message = f"no rule uses the word class {{{name}}}"
                yield Problem(file.source.file, line, column, "unused-class", message, "use it or take it out")
            defined.setdefault(key, file)
            yield from _lint_entries(file, name, entries)
        yield from _lint_normal(file, file.source.value, ())
    yield from _lint_lexicon(draft, book)
    yield from _lint_positions(draft)


def _used(draft: Draft, book: Rulebook) -> set[str]:
    """Names of the classes that a rule or a stage uses, directly or through other classes."""
    waiting = {name for placed in draft.rules for pattern in placed.rule.pattern for name in _names(pattern)}
    waiting |= read_by_stages() | set(draft.sources.settings("names").get("name_classes", ()))
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            nodes = (node for each in book.words.classes.get(name, ()) for node in walk(each))
            waiting |= {node.name for node in nodes if isinstance(node, WordClass)}
    return used


def _names(pattern: str) -> set[str]:
    try:
        return {node.name for node in walk(parse_pattern(pattern)) if isinstance(node, WordClass)}
    except PatternError:
        return set()


def _lint_entries(file: ReadFile, name: str, entries: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        if entry in seen:
            line, column = file.source.text_at("words", name, place)
            message = f"{{{name}}} lists {entry!r} twice"
            yield Problem(file.source.file, line, column, "listed-twice", message, "take one out")
        seen.add(entry)


def _lint_normal(file: ReadFile, value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Words must be in NFKC, or they would never meet the text; settings hold expressions and may hold any sign."""
    if isinstance(value, dict):
        for key, each in value.items():
            if path or key in ("words", "lexicon", "rules"):
                yield from _lint_normal(file, each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _lint_normal(file, each, (*path, number))
    elif isinstance(value, str) and unicodedata.normalize("NFKC", value) != value:
        line, column = file.source.text_at(*path)
        place = next(i for i, char in enumerate(value) if unicodedata.normalize("NFKC", char) != char)
        message = f"U+{ord(value[place]):04X} in {value!r} is a compatibility form"
        cure = f"write {unicodedata.normalize('NFKC', value)!r}"
        yield Problem(file.source.file, line, column + place, "not-nfkc", message, cure)


def _lint_positions(draft: Draft) -> Iterator[Problem]:
    """Positions that shared/positions.yaml does not list."""
    listed = (draft.sources.shared.get("positions") or {}).get("positions", ())
    known = {str(each["id"]) for each in listed}
    for file in draft.sources.files if known else ():
        for kind, entries in file.content.lexicon.items():
            for number, entry in enumerate(entries):
                position = (entry.model_extra or {}).get("position")
                if isinstance(position, str) and position not in known:
                    near = get_close_matches(position, sorted(known), 1)
                    cure = f"did you mean {near[0]}?" if near else "shared/positions.yaml lists them"
                    line, column = file.source.text_at("lexicon", kind, number, "position")
                    message = f"there is no position {position!r}"
                    yield Problem(file.source.file, line, column, "dangling-id", message, cure)


def _lint_lexicon(draft: Draft, book: Rulebook) -> Iterator[Problem]:
    """The same words in two entries of one kind, with different meanings or with the same."""
    known: dict[tuple[int, str, str, tuple[str, ...]], tuple[object, str]] = {}
    for file in draft.sources.files:
        for kind, entries in file.content.lexicon.items():
            for number, entry in enumerate(entries):
                meaning = entry.model_dump(exclude={"names"})
                for place, name in enumerate(entry.names):
                    line, column = file.source.text_at("lexicon", kind, number, "names", place)
                    here = f"{file.source.file}:{line}"
                    key = (file.layer, file.stage, kind, book.words.split(name))
                    other, there = known.setdefault(key, (meaning, here))
                    if other != meaning:
                        message = f"{name!r} has another meaning at {there}"
                        cure = "the first one wins: keep one of the two"
                        yield Problem(file.source.file, line, column, "two-meanings", message, cure)
                    elif known[key][0] is not meaning or place != entry.names.index(name):
                        message = f"{name!r} is listed at {there} already"
                        yield Problem(file.source.file, line, column, "listed-twice", message, "take one out")
