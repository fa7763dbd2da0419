"""Keeps a compiled rule base as plain data, and brings it back without reading, splitting or compiling anything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extract.rulebook import store
from extract.rulebook.book import ReadFile, Rulebook, RuleSources, gather_words
from extract.rulebook.layers import SHARED, Layers
from extract.rulebook.lexicon import Lexicon, Name
from extract.rulebook.load import PackedMarks, Source
from extract.rulebook.model import RuleFile
from extract.rulebook.pattern import Node, parse_pattern
from extract.rulebook.reuse import plain_pattern, revive_pattern
from extract.rulebook.view import Grammar

Split = Callable[[str], tuple[str, ...]]
BuildSplit = Callable[[Mapping[str, Any], frozenset[str], frozenset[str]], Split]
# What a rule base works out from its names and words when first asked.
DERIVED = ("_word_sets", "_capitals", "ordinary_words", "place_words", "country_names")


class _Classes(Mapping[str, tuple[Node, ...]]):
    """Word classes that are parsed when asked for: a compiled rule base hardly needs them."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> tuple[Node, ...]:
        return tuple(parse_pattern(entry) for entry in self._entries[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def content_key(rules: Layers, language: str) -> str:
    """A hash of all files that a language is made from, and of their folders: the places of rules name them."""
    files = [*rules.files(language), *rules.files(SHARED, "*")]
    folders = "\0".join([*map(str, rules.folders), *(str(file.layer) for file in files)])
    return hashlib.sha256(folders.encode()).hexdigest()[:8] + store.hash_files(file.path for file in files)


def keep_names(key: str, build: Callable[[], tuple[Name, ...]]) -> tuple[Name, ...]:
    """Names kept under `key`, else those that `build` makes, kept from now on."""
    kept = store.load("names", key)
    if kept is not None:
        return tuple(Name(*each) for each in kept)
    names = build()
    store.save("names", key, [_plain_name(name) for name in names])
    return names


class KeptSplits:
    """A function that cuts texts into normal forms and remembers, from one run to the next, how it cut them."""

    def __init__(self, key: str, split: Split) -> None:
        self._key, self._split = key, split
        self._kept: dict[str, tuple[str, ...]] = store.load("splits", key) or {}
        self._size = len(self._kept)

    def __call__(self, text: str) -> tuple[str, ...]:
        """The normal forms of the tokens of a text."""
        found = self._kept.get(text)
        if found is None:
            found = self._kept[text] = self._split(text)
        return found

    def save(self) -> None:
        """Keep what was cut so far, if any of it is new."""
        if len(self._kept) > self._size:
            store.save("splits", self._key, self._kept)
            self._size = len(self._kept)


def keep_splits(told: str, split: Split) -> KeptSplits:
    """A function like `split` that remembers; `told` says all that it hangs on."""
    return KeptSplits(hashlib.sha256(told.encode()).hexdigest()[:24], split)


def save_book(rules: Layers, book: Rulebook, known: frozenset[str], stems: frozenset[str]) -> None:
    """Keep a sound rule base; compiles every expression that is not compiled yet."""
    if not store.is_writable():
        return
    sources = book.sources
    value = {
        "digest": sources.digest,
        "shared": dict(sources.shared),
        "files": [(f.stem, f.stage, f.layer, f.numbers, *_plain_source(f.source)) for f in sources.files],
        "where": dict(book.where),
        "known": known,
        "stems": stems,
        "names": {first: [_plain_name(n) for n in group] for first, group in book.lexicon.by_first.items()},
        "derived": {name: getattr(book, name) for name in DERIVED},
        "rules": {stage: list(_plain_rules(grammar)) for stage, grammar in book.grammars.items()},
    }
    store.save(f"rules-{sources.language}", content_key(rules, sources.language), value)


def _plain_rules(grammar: Grammar) -> Iterator[tuple[Any, ...]]:
    return ((rule.id, *plain_pattern(compiled, every=True)) for rule, compiled in grammar.rules)


def is_kept(rules: Layers, language: str) -> bool:
    """Whether the rule base of a language need not be compiled."""
    return store.holds(f"rules-{language}", content_key(rules, language))


def load_book(rules: Layers, language: str, build_split: BuildSplit) -> Rulebook | None:
    """The rule base as kept, if its files are still the same; `build_split` takes settings, known words and stems."""
    with store.no_collection():
        kept = store.load(f"rules-{language}", content_key(rules, language))
        return None if kept is None else _revive_book(kept, language, build_split)


def _revive_book(kept: Mapping[str, Any], language: str, build_split: BuildSplit) -> Rulebook:
    files = tuple(_read_file(*row) for row in kept["files"])
    sources = RuleSources(language, files, kept["digest"], kept["shared"])
    split = build_split(sources.settings("tokens"), kept["known"], kept["stems"])
    words = gather_words(sources, _Classes(sources.classes), split)
    by_id = {rule.id: rule for file in files for rule in file.content.rules}
    grammars = {
        stage: Grammar([(by_id[rule], revive_pattern(*parts)) for rule, *parts in rows])
        for stage, rows in kept["rules"].items()
    }
    book = Rulebook(sources, words, Lexicon({}, kept["names"]), grammars, kept["where"])
    vars(book).update(kept["derived"])
    return book


def _read_file(
    stem: str, stage: str, layer: int, numbers: tuple[int, ...], file: str, value: Any, marks: bytes, texts: bytes
) -> ReadFile:
    source = Source(file, value, PackedMarks(marks), PackedMarks(texts))
    content = RuleFile.model_validate(source.value)
    if len(numbers) < len(content.rules):
        content = content.model_copy(update={"rules": tuple(content.rules[number] for number in numbers)})
    return ReadFile(stem, stage, source, content, layer, numbers)


def _plain_source(source: Source) -> tuple[Any, ...]:
    return (source.file, source.value, store.pack(dict(source.marks)), store.pack(dict(source.texts)))


def _plain_name(name: Name) -> tuple[Any, ...]:
    return (name.kind, name.words, dict(name.value), name.source)
