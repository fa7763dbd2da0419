"""Which rules earn their keep: how often each matches, what it costs, whom it meets, how often it is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

from extract.article import Article
from extract.languages import Language
from extract.rulebook.compile import Compiled
from extract.rulebook.raw import Raw
from extract.rulebook.view import View
from extract.workshop.bench import Bench, Outcome, judge
from extract.workshop.tap import Firing, Stage
from extract.workshop.values import judge_values

Json = Mapping[str, Any]


@dataclass(slots=True)
class Row:
    """What one rule did. `overlaps` counts rules of its stage that matched the same words, `lost_to` those that won."""

    rule: str
    about: str
    matches: int = 0
    kept: int = 0
    articles: int = 0
    seconds: float = 0.0
    share: float = 0.0
    overlaps: Counter[str] = field(default_factory=Counter)
    lost_to: Counter[str] = field(default_factory=Counter)
    right: int = 0
    judged: int = 0

    @property
    def precision(self) -> float | None:
        """The share of its values that truth calls right; None where truth judges none."""
        return self.right / self.judged if self.judged else None


def measure_coverage(bench: Bench, articles: Sequence[Article], truth: Mapping[str, Json]) -> list[Row]:
    """One row a rule of every language that occurs, in the order of files. `bench` must keep views."""
    rows: dict[str, Row] = {}
    outcomes = []
    for article in articles:
        outcome = bench.read(article)
        outcomes.append(outcome)
        for code, tap in bench.taps.items():
            language = bench.pipeline.loaded[code]
            for rule in language.book.rules:
                rows.setdefault(rule.id, Row(rule.id, rule.about))
            _add_times(rows, language, tap.views)
            tap.views.clear()
        _add_matches(rows, outcome)
    if truth:
        _add_truth(rows, outcomes, truth, bench)
    total = sum(row.seconds for row in rows.values())
    for row in rows.values():
        row.share = row.seconds / total if total else 0.0
    return list(rows.values())


def _add_matches(rows: dict[str, Row], outcome: Outcome) -> None:
    for rule, count in outcome.matches.items():
        if rule in rows:
            rows[rule].matches += count
            rows[rule].articles += 1
    for firing in outcome.stayed:
        if firing.rule in rows:
            rows[firing.rule].kept += 1
    stages: dict[str, set[Firing]] = defaultdict(set)
    for firing in outcome.fired | outcome.stayed:
        stages[firing.rule.rpartition(".")[0]].add(firing)
    for firings in stages.values():
        _add_overlaps(rows, sorted(firings, key=lambda f: (f.start, f.end, f.rule)), outcome.stayed)


def _add_overlaps(rows: dict[str, Row], firings: Sequence[Firing], stayed: frozenset[Firing]) -> None:
    """Pairs of rules that share words, each counted once a place; `firings` sorted by their start."""
    seen: set[tuple[str, str, int]] = set()
    for number, one in enumerate(firings):
        for other in firings[number + 1 :]:
            if other.start >= one.end:
                break
            if one.rule != other.rule:
                _count_pair(rows, one, other, stayed, seen)
                _count_pair(rows, other, one, stayed, seen)


def _count_pair(
    rows: dict[str, Row], one: Firing, other: Firing, stayed: frozenset[Firing], seen: set[tuple[str, str, int]]
) -> None:
    key = (one.rule, other.rule, other.start)
    if key in seen or one.rule not in rows:
        return
    seen.add(key)
    rows[one.rule].overlaps[other.rule] += 1
    if other in stayed and one not in stayed:
        rows[one.rule].lost_to[other.rule] += 1


def _add_times(rows: dict[str, Row], language: Language, views: Iterable[tuple[Stage, View]]) -> None:
    """Run each rule once more on each view that it enters, and take the time."""
    for stage, view in views:
        grammar = language.book.grammar(*stage)
        for number in grammar.candidates(view.keys):
            rule, compiled = grammar.rules[number]
            run = partial(compiled.find, view) if isinstance(compiled, Raw) else partial(_search, compiled, view)
            begin = perf_counter()
            for _ in run():
                pass
            rows[rule.id].seconds += perf_counter() - begin


def _search(compiled: Compiled, view: View) -> Iterator[object]:
    return compiled.expression.finditer(view.text)


def _add_truth(rows: dict[str, Row], outcomes: Sequence[Outcome], truth: Mapping[str, Json], bench: Bench) -> None:
    result, here = judge(outcomes, truth, bench)
    values = [value for outcome in outcomes for value in outcome.values]
    for value, right in judge_values(values, result, here):
        if value.rule in rows:
            rows[value.rule].judged += 1
            rows[value.rule].right += right
