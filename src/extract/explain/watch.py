"""Runs the stages on one article with rules that note what they saw: the view of each sentence and every match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.annotations import Sentence
from extract.article import Article
from extract.language import detect_language
from extract.pipeline import Analysis, Pipeline
from extract.rulebook.view import Grammar, Match, View, build_view

# The rules of this stage run on islands of words, and remember what they found there.
TIMES = "times"


@dataclass(frozen=True, slots=True)
class Trial:
    """The rules of one stage that find one kind of mention, tried on one view; all their matches, kept or not."""

    stage: str
    finds: str
    view: View
    matches: tuple[Match, ...]


@dataclass(slots=True)
class Watch:
    """Every trial of one run, in order."""

    trials: list[Trial] = field(default_factory=list)

    def of(self, sentence: Sentence, stage: str, finds: str) -> list[Trial]:
        """The trial of a stage on a whole sentence, the last where it was tried again; none where it never was."""
        trials = [
            trial
            for trial in self.trials
            if (trial.stage, trial.finds) == (stage, finds)
            and trial.view.sentence.index == sentence.index
            and len(trial.view.sentence.tokens) == len(sentence.tokens)
        ]
        return trials[-1:]

    def view(self, sentence: Sentence, stage: str, finds: str) -> View:
        """The view that the rules of a stage ran on; the bare words where they were never tried."""
        trials = self.of(sentence, stage, finds)
        return trials[0].view if trials else build_view(sentence, ())


class _Watched(Grammar):
    """A grammar that notes its trials."""

    def __init__(self, grammar: Grammar, key: tuple[str, str], watch: Watch) -> None:
        super().__init__(grammar.rules)
        self.key, self.watch = key, watch

    def find(self, view: View) -> list[Match]:
        """Every match of every rule, noted."""
        found = super().find(view)
        self.watch.trials.append(Trial(*self.key, view, tuple(found)))
        return found


def watch_article(pipeline: Pipeline, article: Article) -> tuple[Analysis, Watch]:
    """All stages on one article, none left out for want of a trigger, and what their rules saw."""
    watch = Watch()
    code = article.language or detect_language(article.text, article.title)
    if code not in pipeline.languages:
        return pipeline.analyze(article, dismiss=False), watch
    language = pipeline.language(str(code))
    grammars = {
        key: grammar if key[0] == TIMES else _Watched(grammar, key, watch)
        for key, grammar in language.book.grammars.items()
    }
    watched = replace(language, book=replace(language.book, grammars=grammars))
    return replace(pipeline, loaded={**pipeline.loaded, str(code): watched}).analyze(article, dismiss=False), watch


def lost_matches(trials: Sequence[Trial], kept: frozenset[tuple[str, int, int]]) -> Iterator[Match]:
    """Matches of rules that did not become mentions; `kept` holds rule, start and end of those that did."""
    for trial in trials:
        for match in trial.matches:
            if (match.rule.id, match.start, match.end) not in kept:
                yield match
