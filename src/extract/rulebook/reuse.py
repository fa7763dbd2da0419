"""Keeps what was compiled last, pattern by pattern: after an edit, only what the edit changed is compiled anew.

Compiling a regular expression of a few thousand words takes twenty milliseconds, and a rule base has hundreds of them.
A pattern is the same as long as its text, the word classes and the cutting of words are; an expression is the same as
long as its source is. Both are kept by just that.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from extract.rulebook import load, pattern, store
from extract.rulebook.book import Rulebook
from extract.rulebook.compile import Compiled
from extract.rulebook.need import Need, Run
from extract.rulebook.pattern import Node, WordClass, parse_pattern, walk
from extract.rulebook.raw import Raw, is_raw
from extract.rulebook.view import Grammar

# The standard library has no public way to keep a compiled expression; where this one fails it is compiled anew.
_RE: Any = re
# The parts of a compiled expression: flags, code, number of groups, groups by name.
Code = tuple[int, bytes, int, dict[str, int]]
# A compiled pattern as plain data: source, slots, needs, place, openers, code.
Plain = tuple[str, Mapping[str, str], Any, int, Any, Code | None]


@dataclass(frozen=True)
class Revived(Compiled):
    """A compiled pattern whose expression is put together from code: kept, found by `seek`, or made and kept then."""

    code: Code | None = None
    seek: Callable[[str], Code | None] | None = None

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression; compiled anew only where no code of it was kept."""
        return re.compile(self.source) if self.made is None else _revive(self.source, self.made)

    @cached_property
    def made(self) -> Code | None:
        """The code of the expression; None where this Python does not give it."""
        return self.code or (self.seek and self.seek(self.source)) or _dump(self.source)

    @property
    def ready(self) -> Code | None:
        """The code, if it is at hand."""
        return vars(self).get("made", self.code)


class KnownPatterns:
    """The patterns of a language as they were compiled last.

    `key` tells all that they hang on but their text and the word classes; of these each pattern remembers its own, so
    that the edit of a class leaves all others as they are.
    """

    def __init__(self, language: str, key: str, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._language, self._key, self._classes = language, key, dict(classes)
        kept: Any = store.load(f"patterns-{language}", "latest") or ("", {}, {})
        was, had, rows = kept
        names = self._classes.keys() | had.keys()
        changed = {name for name in names if self._classes.get(name) != had.get(name)}
        self._codes: dict[str, Code] = {row[0]: row[-1] for row, _ in rows.values() if row[-1] is not None}
        self._uses = {text: uses for text, (_, uses) in rows.items() if was == key and changed.isdisjoint(uses)}
        self.compiled = {text: revive_pattern(*rows[text][0]) for text in self._uses}

    def dress(self, book: Rulebook) -> Rulebook:
        """The same rule base, with the expressions that were kept where their sources are unchanged."""
        seek = _book_codes(self._language)

        def known(compiled: Compiled) -> Compiled:
            if isinstance(compiled, Raw):
                return compiled
            code = self._codes.get(compiled.source)
            return Revived(
                compiled.source, compiled.slots, compiled.needs, compiled.place, compiled.openers, code, seek
            )

        grammars = {
            stage: Grammar([(rule, known(each)) for rule, each in grammar.rules])
            for stage, grammar in book.grammars.items()
        }
        return replace(book, grammars=grammars)

    def save(self, book: Rulebook) -> None:
        """Keep the patterns of a rule base, with the code of the expressions that were needed so far."""
        pairs = [pair for grammar in book.grammars.values() for pair in grammar.rules]
        by_text = {rule.pattern[each.place]: each for rule, each in pairs if each.place < len(rule.pattern)}
        uses = {text: self._uses.get(text) or _classes_of(parse_pattern(text), book.words.classes) for text in by_text}
        rows = {text: (plain_pattern(each), uses[text]) for text, each in by_text.items()}
        store.save(f"patterns-{self._language}", "latest", (self._key, self._classes, rows))


def _classes_of(node: Node, classes: Mapping[str, Iterable[Node]]) -> frozenset[str]:
    """The names of the word classes that a pattern is made of, directly or through others."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for each in walk(waiting.pop()):
            if isinstance(each, WordClass) and each.name not in found:
                found.add(each.name)
                waiting.extend(classes.get(each.name, ()))
    return frozenset(found)


@contextmanager
def reusing() -> Iterator[None]:
    """Files and patterns that were parsed in an earlier run are not parsed meanwhile; new ones are kept."""
    kept: tuple[tuple[str, dict[str, Any]], ...] = (("sources", load.KEPT), ("trees", pattern.KEPT))
    for kind, values in kept:
        values.update(store.load(kind, "latest") or {})
    sizes = [len(values) for _, values in kept]
    yield
    for (kind, values), size in zip(kept, sizes, strict=True):
        if len(values) > size:
            store.save(kind, "latest", dict(list(values.items())[-_MOST[kind] :]))


# The latest stay: each edit adds a file, and its new patterns.
_MOST = {"sources": 400, "trees": 20_000}


def _book_codes(language: str) -> Callable[[str], Code | None]:
    """The code of an expression in the rule base kept last, which is read when the first is asked for."""

    @cache
    def codes() -> dict[str, Code]:
        kept = store.load_latest(f"rules-{language}") or {"rules": {}}
        return {row[1]: row[-1] for rows in kept["rules"].values() for row in rows}

    return lambda source: codes().get(source)


def plain_pattern(compiled: Compiled, every: bool = False) -> Plain:
    """A compiled pattern as plain data; with its code where that is at hand, or in any case."""
    code = None
    if isinstance(compiled, Revived):
        code = compiled.made if every else compiled.ready
    openers = None if compiled.openers is None else _plain_needs(compiled.openers)
    return (compiled.source, dict(compiled.slots), _plain_needs(compiled.needs), compiled.place, openers, code)


def revive_pattern(
    source: str, slots: Mapping[str, str], needs: Iterable[Any], place: int, openers: Iterable[Any] | None, code: Any
) -> Compiled:
    """A compiled pattern from plain data."""
    told, opened = _needs(needs), None if openers is None else _needs(openers)
    if is_raw(source):
        return Raw(source, slots, told, place, opened)
    return Revived(source, slots, told, place, opened, code)


def _plain_needs(needs: Iterable[Need]) -> tuple[Any, ...]:
    return tuple((need.words, tuple(need.before)) for need in needs)


def _needs(plain: Iterable[Any]) -> tuple[Need, ...]:
    return tuple(Need(words, Run(*before)) for words, before in plain)


def _dump(source: str) -> Code | None:
    """The code of an expression; None where this Python does not give it."""
    try:
        parsed = _RE._parser.parse(source, 0)
        code = _RE._compiler._code(parsed, 0)
        return (parsed.state.flags, array("I", code).tobytes(), parsed.state.groups, dict(parsed.state.groupdict))
    except AttributeError:
        return None


def _revive(source: str, code: Code) -> re.Pattern[str]:
    flags, packed, groups, by_name = code
    numbers = array("I")
    numbers.frombytes(packed)
    names: list[str | None] = [None] * groups
    for name, number in by_name.items():
        names[number] = name
    try:
        compile_code = _RE._compiler._sre.compile
        return compile_code(source, flags, list(numbers), groups - 1, by_name, tuple(names))  # type: ignore[no-any-return]
    except (AttributeError, TypeError, RuntimeError):
        return re.compile(source)
