"""The cheap dismissal never costs a record."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.article import Article
from extract.pipeline import Analysis, load_pipeline
from extract.readers import read_articles
from extract.rulebook.dismissal import build_dismissal
from extract.rulebook.view import Grammar

ROOT = Path(__file__).parent.parent


def summary(analysis: Analysis) -> list[tuple[str, int]]:
    return [(template.kind, template.trigger.start) for template in analysis.templates]


CORPORA = [ROOT / "corpus" / name for name in ("en", "ar", "clean/en", "clean/ar")]


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_same_meetings_with_and_without_dismissal(corpus: Path) -> None:
    pipeline = load_pipeline(languages=[corpus.name])
    for article in read_articles([str(corpus)], language=corpus.name):
        assert isinstance(article, Article)
        read = pipeline.analyze(article, dismiss=False)
        dismissed = pipeline.analyze(article)
        assert summary(read) == summary(dismissed), article.id


def test_a_text_without_any_trigger_word_is_dismissed() -> None:
    language = load_pipeline(languages=["en"]).language("en")
    assert not language.may_report("Rain fell on the hills.")


def test_a_trigger_word_in_capitals_or_with_marks_is_not_dismissed() -> None:
    language = load_pipeline(languages=["en"]).language("en")
    assert language.may_report("THE MINISTERS MET IN ROME")


def test_a_grammar_with_a_rule_that_needs_no_word_dismisses_nothing() -> None:
    class Free:
        required: tuple[frozenset[str], ...] = ()

    grammar = Grammar([(None, Free())])  # type: ignore[list-item]
    assert build_dismissal(grammar, lambda rule: True, {}, {}, False)("anything")
