"""Finding and resolving time expressions, beyond tokenizing: milliseconds a 400-word article.

    python benchmarks/bench_times.py ARTICLES.jsonl.gz [--most N] [--dateparser]

Three figures: `first` from nothing known, `later` with articles that were not seen before but after others (what a
job does), `again` with the same articles. CPU time, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence as Row
from datetime import date
from pathlib import Path

from extract.annotations import Sentence
from extract.languages import Language, load_language
from extract.mentions.times import find_times
from extract.readers import BadInput, read_articles
from extract.rulebook.location import default_rules
from extract.text import find_layout
from extract.tokens import split_sentences

WORDS = 400
Prepared = tuple[list[Sentence], date | None, int, str]


def prepare(path: Path, most: int) -> tuple[Language, list[Prepared]]:
    """The sentences of the articles of one language, that of the first."""
    language: Language | None = None
    prepared: list[Prepared] = []
    for article in read_articles([str(path)]):
        if isinstance(article, BadInput):
            continue
        language = language or load_language(default_rules(), article.language or "en")
        layout = find_layout(article.text, article.title, language.book.settings("layout"))
        sentences = split_sentences(layout.prose(), language.tokenize, language.book.settings("tokens"))
        prepared.append((sentences, article.published, len(article.text.split()), article.text))
        if len(prepared) == most:
            break
    if language is None:
        raise SystemExit(f"{path}: no articles")
    return language, prepared


def measure(language: Language, articles: Row[Prepared]) -> float:
    """Milliseconds of CPU time for `WORDS` words."""
    started = time.process_time()
    for sentences, published, _, _ in articles:
        find_times(sentences, language.book, published)
    spent = time.process_time() - started
    return spent * 1000 / sum(words for _, _, words, _ in articles) * WORDS


def measure_dateparser(language: Language, articles: Row[Prepared]) -> float:
    """The same for dateparser's search, with the language given."""
    from dateparser.search import search_dates

    started = time.process_time()
    for _, _, _, text in articles:
        search_dates(text, languages=[language.code])
    return (time.process_time() - started) * 1000 / sum(words for _, _, words, _ in articles) * WORDS


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--dateparser", action="store_true")
    options = parser.parse_args()
    language, articles = prepare(options.articles, options.most)
    some = len(articles) // 5
    gc.collect()
    gc.freeze()  # a job does not hold hundreds of articles, which the collector would look through
    figures = {
        "first": measure(language, articles[:some]),
        "later": measure(language, articles[some:]),
        "again": measure(language, articles),
    }
    if options.dateparser:
        figures["dateparser"] = measure_dateparser(language, articles[:20])
    for name, value in figures.items():
        sys.stdout.write(f"{name}\t{value:.2f} ms\n")


if __name__ == "__main__":
    main()
