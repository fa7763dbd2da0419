"""A language is a folder of rules: the Persian one finds the main meeting of each of its articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extract.article import Article, compose_article
from extract.schema import Record

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted((ROOT / "corpus" / "fa").glob("*.json"))


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_the_main_meeting_of_each_persian_article(pipeline: Callable[[Article], Record], path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    [expected] = json.loads((ROOT / "truth" / "fa" / path.name).read_text(encoding="utf-8"))["meetings"]
    published = date.fromisoformat(given["published"])
    [found] = pipeline(compose_article(path.stem, given["text"], title=given["title"], published=published)).meetings
    assert (found.kind, found.status) == (expected["kind"], expected["status"])
    assert (found.date and found.date.timex) == expected["date"]
    assert (found.venue and found.venue.city) == expected["venue"]["city"]
    people = sorted((p.name, p.country, p.roles[0].position) for p in found.participants)
    assert people == sorted((p["name"], p["country"], p["position"]) for p in expected["participants"])


def test_there_are_five_articles() -> None:
    assert len(ARTICLES) == 5
