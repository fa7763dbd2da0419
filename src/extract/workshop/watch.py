"""Follows a rule folder while it is edited: after each save, what changed in the records.

Only the articles that an edit can reach are read again: those where a rule that changed matches now or matched before,
and, where words of the lexicon changed, those that hold one of them. An edit of settings, of rules on time or of
word classes that stages read by themselves reaches all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.article import Article
from extract.languages import Language, compile_language
from extract.rulebook.book import Rulebook, RuleSources, read_rules, recompile_rules
from extract.rulebook.check.words import read_by_stages
from extract.rulebook.compile import Compiled
from extract.rulebook.layers import Folder, Layers, open_layers
from extract.rulebook.model import Rule
from extract.rulebook.view import Grammar, View
from extract.workshop.bench import Bench, Outcome, open_bench
from extract.workshop.impact import Change, Impact, compare_values
from extract.workshop.tap import TIMES, Stage, tap_language

Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Watcher:
    """A rule folder, articles, and what the rules made of them when they were last sound."""

    rules: Folder
    articles: Sequence[Article]
    layers: Layers = field(init=False)
    bench: Bench = field(init=False)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    views: dict[str, list[tuple[Stage, View]]] = field(default_factory=dict)
    languages: dict[str, list[str]] = field(default_factory=dict)
    stamp: Stamp = ()
    edited: set[str] = field(default_factory=set)

    def start(self) -> Impact:
        """Read every article; raises RuleError where the rules are not sound."""
        self.layers = open_layers(self.rules)
        self.stamp = stamp_of(self.layers)
        self.bench = open_bench(self.layers, keep_views=True)
        for article in self.articles:
            self._read(article)
        return Impact({}, ())

    def has_changed(self) -> bool:
        """Whether a file was saved since the last look."""
        now = stamp_of(self.layers)
        self.edited |= {name for name, *_ in set(now) ^ set(self.stamp)}
        changed, self.stamp = now != self.stamp, now
        return changed

    def refresh(self) -> Impact:
        """Load what was saved and read the articles that it can reach; raises RuleError and keeps the old rules."""
        others = frozenset(self.bench.pipeline.languages)
        folders = {Path(name).parent.name for name in self.edited}
        fresh = {code: self._load(code) for code in self.bench.taps if folders - (others - {code})}
        self.edited.clear()
        reached = {each for code, language in fresh.items() for each in self._reached(code, language)}
        for code, language in fresh.items():
            self.bench.pipeline.loaded[code], self.bench.taps[code] = tap_language(language)
            self.bench.taps[code].keep_views = True
        changes: list[Change] = []
        articles = {article.id: article for article in self.articles if article.id in reached}
        for article in articles.values():
            before = self.outcomes[article.id].values
            changes += compare_values(before, self._read(article).values)
        return Impact(articles, tuple(changes))

    def _read(self, article: Article) -> Outcome:
        outcome = self.bench.read(article)
        code = str(outcome.record["article"]["language"])
        if code in self.bench.taps:
            self.views[article.id] = list(self.bench.taps[code].views)
            if article.id not in self.outcomes:
                self.languages.setdefault(code, []).append(article.id)
        self.outcomes[article.id] = outcome
        return outcome

    def _load(self, code: str) -> Language:
        old, sources = self.bench.pipeline.loaded[code], read_rules(self.layers, code)
        if _without_rules(sources) == _without_rules(old.book.sources) and not self._shared_edited():
            return replace(old, book=recompile_rules(old.book, sources))
        language = compile_language(self.layers, sources)
        _carry_over(old.book, language.book)
        return language

    def _shared_edited(self) -> bool:
        return any(Path(name).parent.name == "shared" for name in self.edited)

    def _reached(self, code: str, language: Language) -> list[str]:
        old, new = self.bench.pipeline.loaded[code].book, language.book
        ids = self.languages.get(code, [])
        if _plain_data(old) != _plain_data(new):
            return ids
        changed = _changed_rules(old, new)
        words = _changed_words(old, new)
        if any(stage[0] == TIMES for stage in changed):
            return ids
        return [each for each in ids if self._holds(each, words) or self._fires(each, changed)]

    def _holds(self, id: str, words: frozenset[str]) -> bool:
        return bool(words) and any(t.norm in words for _, view in self.views[id] for t in view.sentence.tokens)

    def _fires(self, id: str, changed: Mapping[Stage, Grammar]) -> bool:
        return any(stage in changed and changed[stage].find(view) for stage, view in self.views[id])


def stamp_of(rules: Layers) -> Stamp:
    """Names, times and sizes of all rule files: what differs after a save."""
    return tuple((str(path), (s := path.stat()).st_mtime_ns, s.st_size) for path in rules.every_file())


def _without_rules(sources: RuleSources) -> object:
    """What a rule base is made from, but for its rules."""
    contents = ((file.stem, file.content) for file in sources.files)
    return [(stem, each.words, each.lexicon, each.settings) for stem, each in contents]


def _plain_data(book: Rulebook) -> object:
    """What stages read without rules: settings, shared tables, the lists of word classes."""
    settings = {file.stem: file.content.settings for file in book.sources.files}
    times = [file.content for file in book.sources.files if file.stage == TIMES]
    return settings, book.sources.shared, times, _read_classes(book)


def _read_classes(book: Rulebook) -> dict[str, frozenset[str]]:
    return {name: book.word_set(name) for name in sorted(read_by_stages())}


Key = tuple[str, str, str, int]


def _keyed(book: Rulebook) -> dict[Key, tuple[Rule, Compiled]]:
    """Patterns by stage, source and place, with their rule."""
    rows = ((stage, *pair) for stage, grammar in book.grammars.items() for pair in grammar.rules)
    return {(*stage, rule.id, each.place): (rule, each) for stage, rule, each in rows}


def _changed_rules(old: Rulebook, new: Rulebook) -> dict[Stage, Grammar]:
    """The patterns that only one of two rule bases has, in either, by stage."""
    before, after = _keyed(old), _keyed(new)
    changed: dict[Stage, list[tuple[Rule, Compiled]]] = {}
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _told(*one) != _told(*other):
            changed.setdefault(key[:2], []).extend(each for each in (one, other) if each)
    return {stage: Grammar(rules) for stage, rules in changed.items()}


def _told(rule: Rule, compiled: Compiled) -> object:
    return compiled.source, dict(compiled.slots), rule.set, rule.priority


def _changed_words(old: Rulebook, new: Rulebook) -> frozenset[str]:
    """The first words of names that came, went or changed their meaning."""
    before, after = old.lexicon.by_first, new.lexicon.by_first
    return frozenset(word for word in before.keys() | after.keys() if before.get(word) != after.get(word))


def _carry_over(old: Rulebook, new: Rulebook) -> None:
    """Give the new patterns the expressions that the old ones have compiled already."""
    ready = {each.source: each for grammar in old.grammars.values() for _, each in grammar.rules}
    for grammar in new.grammars.values():
        for _, each in grammar.rules:
            known = ready.get(each.source)
            if known is not None and "expression" in vars(known):
                vars(each)["expression"] = known.expression
