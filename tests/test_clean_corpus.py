"""No meeting may fire on the clean corpus, except those that known_false_alarms.yaml gives a reason for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.article import Article
from extract.readers import BadInput, read_articles
from extract.rulebook.load import read_yaml
from extract.schema import Record

CLEAN = Path(__file__).resolve().parent.parent / "corpus" / "clean"
ARTICLES = [each for each in read_articles([CLEAN]) if not isinstance(each, BadInput)]
KNOWN = read_yaml(CLEAN / "known_false_alarms.yaml")["alarms"]


def _alarms(article: Article, pipeline: Callable[[Article], Record]) -> list[str]:
    return [meeting.evidence.rule for meeting in pipeline(article).meetings]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_no_meeting_is_found(article: Article, pipeline: Callable[[Article], Record]) -> None:
    known = [alarm["rule"] for alarm in KNOWN if alarm["article"] == article.id]
    assert sorted(_alarms(article, pipeline)) == sorted(known)


def test_the_corpus_has_articles_in_both_languages() -> None:
    assert len(ARTICLES) >= 40
    assert {path.parent.name for path in CLEAN.glob("*/*")} == {"en", "ar"}


def test_every_known_false_alarm_has_a_reason_and_an_article() -> None:
    ids = {article.id for article in ARTICLES}
    assert [alarm for alarm in KNOWN if not alarm.get("reason") or alarm["article"] not in ids] == []
