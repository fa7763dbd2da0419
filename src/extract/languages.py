"""One language ready to read: its rules compiled, or taken from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from extract.annotations import Sentence
from extract.errors import Problem
from extract.mentions.triggers import (
    GRAMMAR,
    has_hyphen,
    may_announce,
    needs_hyphen,
    prepared,
)
from extract.rulebook.book import Rulebook, RuleSources, compile_rules, inflector, lexicon_names, read_rules
from extract.rulebook.cache import keep_names, keep_splits, load_book, save_book
from extract.rulebook.dismissal import build_dismissal, build_sentence_dismissal, find_made
from extract.rulebook.gazetteer import topic_names, world_names
from extract.rulebook.layers import SHARED, Folder, Layers, open_layers
from extract.rulebook.lexicon import Name
from extract.rulebook.model import Rule
from extract.rulebook.reuse import KnownPatterns
from extract.rulebook.store import hash_files
from extract.rulebook.vocabulary import known_words, rule_words
from extract.rulebook.world import load_world
from extract.text import PROSE
from extract.tokens import Tokenize, build_tokenizer, split_norms


@dataclass(frozen=True)
class Language:
    """One language ready to read: its tokenizer and its compiled rules."""

    code: str
    tokenize: Tokenize
    book: Rulebook
    known: frozenset[str] = field(default=frozenset(), repr=False)  # the words that clitics are told from
    stems: frozenset[str] = field(default=frozenset(), repr=False)  # those of them that are no names
    keep_patterns: Callable[[], None] = field(default=lambda: None, repr=False)  # for the next who compiles them

    def may_report(self, text: str, zone: str = "body") -> bool:
        """Whether a text holds a word without which no trigger announces a meeting."""
        return self._reports[zone](text)

    def may_announce(self, sentence: Sentence) -> bool:
        """Whether a sentence holds the words of a trigger that announces a meeting."""
        return self._announces[sentence.zone](sentence.words)

    @cached_property
    def _reports(self) -> dict[str, Callable[[str], bool]]:
        settings = self.book.settings("tokens")
        fold = {ord(letter): folded for letter, folded in settings.get("fold", {}).items()}
        grammar, clitics = self.book.grammar(*GRAMMAR), "clitics" in settings
        return {z: build_dismissal(grammar, _announcing(z), self._made, fold, clitics) for z in PROSE}

    @cached_property
    def _announces(self) -> dict[str, Callable[[frozenset[str]], bool]]:
        grammar, hyphen = self.book.grammar(*GRAMMAR), (needs_hyphen, has_hyphen)
        return {z: build_sentence_dismissal(grammar, _announcing(z), self._made, *hyphen) for z in PROSE}

    @cached_property
    def _made(self) -> Mapping[str, frozenset[str]]:
        return find_made(prepared(self.book))


def _announcing(zone: str) -> Callable[[Rule], bool]:
    return partial(may_announce, zone=zone)


def load_language(rules: Folder, code: str) -> Language:
    """Load the rules of one language, from the cache where it holds them; raises RuleError with every problem found."""
    layers = open_layers(rules)
    tokenizers: list[Tokenize] = []

    def split(
        settings: Mapping[str, Any], known: frozenset[str], stems: frozenset[str]
    ) -> Callable[[str], tuple[str, ...]]:
        tokenizers.append(build_tokenizer(code, settings, known, stems))
        return split_norms(tokenizers[0])

    book = load_book(layers, code, split)
    if book is not None:
        return Language(code, tokenizers[0], book)
    language = compile_language(layers, read_rules(layers, code))
    save_book(layers, language.book, language.known, language.stems)
    return language


def compile_language(rules: Folder, sources: RuleSources, problems: list[Problem] | None = None) -> Language:
    """Compile rule files as read; where a list for `problems` is given, what is wrong is added to it and left out."""
    layers, code, settings = open_layers(rules), sources.language, sources.settings("tokens")
    tokenize, known, words = build_tokenizer(code, settings), frozenset[str](), frozenset[str]()
    split = keep_splits(_told(sources, known, words), split_norms(tokenize))
    names = _world_names(layers, sources, (known, words), split)
    if "clitics" in settings:
        words = rule_words(sources, split, inflector(sources.settings("inflection")))
        known = known_words(words, (*lexicon_names(sources, split), *names), settings["clitics"].get("joined", ""))
        tokenize = build_tokenizer(code, settings, known, words)
        split.save()
        split = keep_splits(_told(sources, known, words), split_norms(tokenize))
        names = _world_names(layers, sources, (known, words), split)
    patterns = KnownPatterns(code, _patterns_told(sources, known, words), sources.classes)
    book = patterns.dress(compile_rules(sources, split, names, problems, patterns.compiled))
    split.save()
    return Language(code, tokenize, book, known, words, partial(patterns.save, book))


def _world_names(
    rules: Layers, sources: RuleSources, known: Sequence[frozenset[str]], split: Callable[[str], tuple[str, ...]]
) -> tuple[Name, ...]:
    """Names of the world and of topics; they hang on nothing but the shared files and on how words are split."""

    def build() -> tuple[Name, ...]:
        world = load_world(rules, sources.language, lambda name: " ".join(split(name)))
        return (*world_names(world), *topic_names(rules, sources.language, split))

    told = _told(sources, *known)
    files = hash_files(file.path for file in rules.files(SHARED, "*"))
    return keep_names(hashlib.sha256((told + files).encode()).hexdigest()[:24], build)


def _patterns_told(sources: RuleSources, *known: frozenset[str]) -> str:
    """All that a compiled pattern hangs on but its text and the word classes."""
    inflection = json.dumps(sources.settings("inflection"), sort_keys=True)
    return hashlib.sha256((_told(sources, *known) + inflection).encode()).hexdigest()


def _told(sources: RuleSources, *known: frozenset[str]) -> str:
    """All that the cutting of words hangs on."""
    return json.dumps([sources.language, sources.settings("tokens"), *map(sorted, known)], sort_keys=True)
