"""Tables of time expressions: own sentences, the found words in [brackets], and their TIMEX3 values."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from extract.article import Article
from extract.languages import Language, load_language
from extract.mentions.times import time_line
from extract.rulebook.location import default_rules

TABLES = Path(__file__).parent
MARK = re.compile(r"\[([^\]]*)\]")


def read_table(language: str) -> list[object]:
    """The rows of a table as pytest parameters, with ASCII ids."""
    with (TABLES / f"times_{language}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [pytest.param(language, *row, id=f"{language}-{number:03d}") for number, row in enumerate(rows, 1)]


@pytest.fixture(scope="module")
def languages() -> dict[str, Language]:
    """The languages over the shipped rules."""
    return {code: load_language(default_rules(), code) for code in ("en", "ar")}


@pytest.mark.parametrize(("language", "anchor", "sentence", "values"), [*read_table("en"), *read_table("ar")])
def test_finds_and_resolves(
    languages: dict[str, Language], language: str, anchor: str, sentence: str, values: str
) -> None:
    """Every bracketed expression is found as marked, with its value, and nothing else is."""
    plain = MARK.sub(r"\1", sentence)
    loaded = languages[language]
    article = Article("case", plain, language=language, published=date.fromisoformat(anchor) if anchor else None)
    times = time_line(article, loaded.book, loaded.tokenize)["times"]
    assert [(t["text"], t["value"]) for t in times] == list(
        zip(MARK.findall(sentence), values.split(" ; ") if values else [], strict=True)
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_tables_are_long_enough(language: str) -> None:
    """At least four hundred rows a language."""
    assert len(read_table(language)) >= 400
