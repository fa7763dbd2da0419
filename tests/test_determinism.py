"""Same input, same bytes: whatever the order of the articles, the seed of the hashes, the clock and the place."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from builders import shipped
from extract.article import Article
from extract.readers import read_articles

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SAMPLE = sorted([*(CORPUS / "en").glob("0[0-4]*"), *(CORPUS / "ar").glob("00*")])[::4]
SCRIPT = """
import sys
from extract import load_pipeline
from extract.readers import read_articles
pipeline = load_pipeline()
for path in sys.argv[1:]:
    for article in read_articles([path]):
        print(pipeline(article).model_dump_json())
"""


def read(path: Path) -> Article:
    (article,) = read_articles([path])
    assert isinstance(article, Article)
    return article


def line(article: Article) -> str:
    return shipped()(article).model_dump_json()


def test_the_sample_holds_meetings_of_both_languages() -> None:
    found = {(path.parent.name, bool(shipped()(read(path)).meetings)) for path in SAMPLE}
    assert ("en", True) in found
    assert len(SAMPLE) > 10


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = [read(path) for path in SAMPLE]
    forwards = {article.id: line(article) for article in articles}
    backwards = {article.id: line(article) for article in reversed(articles)}
    assert forwards == backwards


def test_the_same_article_twice_gives_the_same_bytes() -> None:
    article = read(SAMPLE[0])
    assert line(article) == line(article)


def _run(paths: list[Path], folder: Path, **environment: str) -> bytes:
    command = [sys.executable, "-c", SCRIPT, *map(str, paths)]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=True)
    return done.stdout


def test_neither_seed_nor_place_nor_zone_nor_locale_change_a_byte(tmp_path: Path) -> None:
    one = _run(SAMPLE, CORPUS, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    two = _run(SAMPLE, tmp_path, PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LC_ALL="C")
    assert one == two
    assert one.count(b"\n") == len(SAMPLE)


def test_rules_compiled_and_rules_from_the_cache_read_alike(tmp_path: Path) -> None:
    """Arabic, whose tokens hang on the rules."""
    paths, cache = sorted((CORPUS / "ar").glob("0[0-2]*")), str(tmp_path / "cache")
    compiled = _run(paths, tmp_path, XDG_CACHE_HOME=cache, PYTHONHASHSEED="1")
    assert any(path.is_file() for path in (tmp_path / "cache").rglob("*"))
    assert compiled == _run(paths, tmp_path, XDG_CACHE_HOME=cache, PYTHONHASHSEED="2")


@pytest.mark.parametrize("path", SAMPLE[:4], ids=lambda path: path.stem)
def test_a_record_reads_back_as_itself(path: Path) -> None:
    record = shipped()(read(path))
    assert type(record).model_validate_json(record.model_dump_json()) == record


def test_without_an_anchor_nothing_is_resolved_from_the_clock() -> None:
    article = Article(
        "a", "Ana Ruiz, the Spanish minister, met Bo Lind, the Norwegian minister, on Monday.", language="en"
    )
    (meeting,) = shipped()(article).meetings
    assert meeting.date is not None
    assert (meeting.date.timex, meeting.date.start) == ("XXXX-WXX-1", None)
    dated = Article(article.id, article.text, language="en", published=date(1999, 3, 3))
    (anchored,) = shipped()(dated).meetings
    assert anchored.date is not None
    assert anchored.date.timex == "1999-03-01"
