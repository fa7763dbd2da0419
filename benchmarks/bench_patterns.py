"""What matching 500 patterns costs, against tokenizing the same articles: `python benchmarks/bench_patterns.py`.

The patterns are the shipped ones that find triggers, and as many more as are wanted: shipped ones whose verb is another
word of the corpus. What is timed is the cheap dismissal of an article by its words and, where it is not dismissed, the
patterns over the view of each sentence. The ratio to tokenizing should be at most 1 for meeting reports, 0.1 for
other news.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from extract.article import Article
from extract.mentions.triggers import GRAMMAR, may_announce
from extract.pipeline import Language, load_language, read_article
from extract.readers import read_articles
from extract.rulebook.compile import Compiled, compile_pattern
from extract.rulebook.dismissal import build_dismissal
from extract.rulebook.location import default_rules
from extract.rulebook.model import Rule
from extract.rulebook.pattern import parse_pattern
from extract.rulebook.view import Grammar, View, build_view
from extract.text import find_layout
from extract.tokens import build_tokenizer

CORPORA = {"meeting reports": "corpus/{}", "other news": "corpus/clean/{}"}
# Words of these ranks by frequency replace the verbs: common enough to occur, rare enough to be no grammar words.
RANKS = slice(400, 1_400)
_LEMMA = re.compile(r"~[\w-]+")


def main() -> None:
    """Print one line a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="en")
    parser.add_argument("--patterns", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--news", help="other news in place of the clean corpus, which is written to tempt")
    options = parser.parse_args()
    language = load_language(default_rules(), options.language)
    paths = CORPORA | ({"other news": options.news} if options.news else {})
    corpora = {name: _articles(path.format(options.language)) for name, path in paths.items()}
    views = {name: [list(_views(article, language)) for article in articles] for name, articles in corpora.items()}
    patterns = _patterns(language, views["meeting reports"], options.patterns)
    grammar = Grammar(patterns)
    fold = {ord(a): b for a, b in language.book.settings("tokens").get("fold", {}).items()}
    may_match = build_dismissal(grammar, may_announce, fold, "clitics" in language.book.settings("tokens"))
    for _, compiled in patterns:
        _ = compiled.expression
    print(f"{len(patterns)} patterns, {options.language}")
    for name, articles in corpora.items():
        tokenizing = _median(options.rounds, lambda articles=articles: _tokenize(articles, language))  # type: ignore[misc]
        pairs = list(zip(articles, views[name], strict=True))
        matching = _median(options.rounds, lambda pairs=pairs: _match(pairs, grammar, may_match))  # type: ignore[misc]
        dismissed = sum(not may_match(article.text) for article in articles)
        per = 1e6 / len(articles)
        print(
            f"{name:<16} {len(articles):>4} articles  tokenizing {tokenizing * per:>7.0f} us"
            f"  matching {matching * per:>7.0f} us  ratio {matching / tokenizing:.2f}  dismissed {dismissed}"
        )


def _articles(path: str) -> list[Article]:
    return [each for each in read_articles([Path(path)]) if isinstance(each, Article)]


def _views(article: Article, language: Language) -> Iterator[View]:
    reading = read_article(
        article, find_layout(article.text, article.title, language.book.settings("layout")), language, whole=True
    )
    for sentence, mentions in zip(reading.sentences, reading.mentions, strict=True):
        yield build_view(sentence, mentions)


def _patterns(language: Language, views: Sequence[Sequence[View]], count: int) -> list[tuple[Rule, Compiled]]:
    book = language.book
    shipped = list(book.grammar(*GRAMMAR).rules)
    seen = Counter(
        t.norm
        for article in views
        for view in article
        for t in view.sentence.tokens
        if t.shape in "lx" and t.norm.isalpha()
    )
    words = [word for word, _ in sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))][RANKS]
    verbal = [
        (rule, text)
        for file in book.sources.files
        if file.stage == "triggers"
        for rule in file.content.rules
        for text in rule.pattern
        if "~" in text and "{actors}" in text and '"' not in text
    ]
    for number, word in enumerate(words):
        if len(shipped) >= count or not verbal:
            break
        rule, text = verbal[number % len(verbal)]
        other = _LEMMA.sub(word, text)
        shipped.append((rule, compile_pattern(parse_pattern(other), book.words)))
    return shipped[:count]


def _tokenize(articles: Sequence[Article], language: Language) -> None:
    tokenize = build_tokenizer(language.code, language.book.settings("tokens"), language.known)
    for article in articles:
        tokenize(article.text, 0)


def _match(pairs: Sequence[tuple[Article, Sequence[View]]], grammar: Grammar, may_match: Callable[[str], bool]) -> None:
    for article, views in pairs:
        for view in views if may_match(article.text) else ():
            grammar.find(view)


def _median(rounds: int, work: Callable[[], None]) -> float:
    """Seconds."""
    seconds = []
    for _ in range(rounds):
        begin = perf_counter()
        work()
        seconds.append(perf_counter() - begin)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
