"""Articles read with a rule base that is listened to: what came out, and what each rule did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extract.article import Article
from extract.evaluation import Evaluation, Wording, evaluate, load_wordings
from extract.language import detect_language
from extract.pipeline import Analysis, Pipeline, load_pipeline
from extract.readers import BadInput, read_articles
from extract.rulebook.layers import Folder
from extract.workshop.tap import TIMES, Firing, Tap, kept, tap_language
from extract.workshop.values import Value, list_values

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article: its record as JSON, its values, what fired, what of it stayed, matches by rule."""

    article: Article
    record: Json
    values: tuple[Value, ...]
    fired: frozenset[Firing]
    stayed: frozenset[Firing]
    matches: Counter[str]


@dataclass(frozen=True)
class Bench:
    """A pipeline with a tap on each language that was used."""

    pipeline: Pipeline
    wordings: Mapping[str, Wording]
    keep_views: bool = False
    taps: dict[str, Tap] = field(default_factory=dict)

    def read(self, article: Article) -> Outcome:
        """Read one article."""
        code = article.language or detect_language(article.text, article.title)
        if code in self.pipeline.languages:
            self._listen(code)
        # Nothing is dismissed: a rule that is being written may match where none did before.
        analysis = self.pipeline.analyze(replace(article, language=code), dismiss=False)
        record = _build(analysis)
        tap = self.taps.get(code or "", Tap())
        stayed = list(kept(analysis.reading)) if analysis.reading else []
        matches = tap.matches + Counter(each.rule for each in stayed if f".{TIMES}." in each.rule)
        values = tuple(list_values(record, self.wordings.get(code or "")))
        return Outcome(article, record, values, frozenset(tap.firings), frozenset(stayed), matches)

    def _listen(self, code: str) -> None:
        if code not in self.taps:
            self.pipeline.loaded[code], self.taps[code] = tap_language(self.pipeline.language(code))
            self.taps[code].keep_views = self.keep_views
        self.taps[code].clear()


def _build(analysis: Analysis) -> Json:
    return analysis.record().model_dump(mode="json")


def open_bench(rules: Folder, keep_views: bool = False) -> Bench:
    """A bench over a rule folder; its languages load when an article needs them."""
    return Bench(load_pipeline(rules), load_wordings(rules), keep_views)


def read_inputs(inputs: Sequence[str], **reading: Any) -> tuple[list[Article], list[BadInput]]:
    """The articles of the inputs, and what could not be read."""
    items = list(read_articles(inputs, **reading))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, BadInput)]


def judge(outcomes: Iterable[Outcome], truth: Mapping[str, Json], bench: Bench) -> tuple[Evaluation, dict[str, Json]]:
    """The evaluation of those articles that have truth, and that truth."""
    records = {outcome.article.id: outcome.record for outcome in outcomes}
    here = {article: expected for article, expected in truth.items() if article in records}
    return evaluate(here, records, bench.wordings), here


def sentence_of(article: Article, value: Value) -> Iterator[str]:
    """The sentence around a value in three pieces: before its words, its words, after them."""
    text, most, marks = article.text, 160, (". ", "\n", "! ", "? ")
    ends_before = [place + len(mark) for mark in marks if (place := text.rfind(mark, 0, value.start)) >= 0]
    begin = max([0, value.start - most, *(place for place in ends_before if place < value.start)])
    ends = [place for mark in marks if (place := text.find(mark, value.end)) >= 0]
    end = min([*(place + 1 for place in ends), len(text), value.end + most])
    before, words, after = text[begin : value.start], text[value.start : value.end], text[value.end : end]
    yield " ".join(before.split()) + before[-1:].isspace() * " "
    yield " ".join(words.split())
    yield after[:1].isspace() * " " + " ".join(after.split())
