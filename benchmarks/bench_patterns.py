"""What matching 500 patterns costs, against tokenizing the same articles: `python benchmarks/bench_patterns.py`.

The patterns are the shipped ones that find triggers, and as many more as are wanted: shipped ones whose verb is another
word of the corpus. What is timed (CPU) is the cheap dismissal by the words of each paragraph and, where it is not
dismissed, the patterns over the views of its sentences. The ratio to tokenizing
should be at most 1 for meeting reports, 0.1 for other news.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from extract.article import Article
from extract.languages import Language, load_language
from extract.mentions.triggers import GRAMMAR, may_announce
from extract.pipeline import read_article
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
Paragraph = tuple[str, list[View]]  # its text, and the views of its sentences
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
    read = {name: [_paragraphs(article, language) for article in articles] for name, articles in corpora.items()}
    patterns = _patterns(language, read["meeting reports"], options.patterns)
    grammar = Grammar(patterns)
    fold = {ord(a): b for a, b in language.book.settings("tokens").get("fold", {}).items()}
    may_match = build_dismissal(grammar, may_announce, fold, "clitics" in language.book.settings("tokens"))
    for _, compiled in patterns:
        _ = compiled.expression
    print(f"{len(patterns)} patterns, {options.language}")
    for name, articles in corpora.items():
        pairs = list(zip(articles, read[name], strict=True))
        tokenizing, matching = _measure(options.rounds, pairs, language, grammar, may_match)
        dismissed = sum(not may_match(article.text) for article in articles)
        per = 1e6 / len(articles)
        print(
            f"{name:<16} {len(articles):>4} articles  tokenizing {tokenizing * per:>7.0f} us"
            f"  matching {matching * per:>7.0f} us  ratio {matching / tokenizing:.2f}  dismissed {dismissed}"
        )


def _articles(path: str) -> list[Article]:
    return [each for each in read_articles([Path(path)]) if isinstance(each, Article)]


def _paragraphs(article: Article, language: Language) -> list[Paragraph]:
    """The paragraphs of an article, each with the views of its sentences."""
    layout = find_layout(article.text, article.title, language.book.settings("layout"))
    reading = read_article(article, layout, language, whole=True)
    views = [build_view(s, m) for s, m in zip(reading.sentences, reading.mentions, strict=True)]
    return [(block.text, [v for v in views if block.start <= v.sentence.start < block.end]) for block in layout.prose()]


def _patterns(language: Language, articles: Sequence[Sequence[Paragraph]], count: int) -> list[tuple[Rule, Compiled]]:
    book = language.book
    shipped = list(book.grammar(*GRAMMAR).rules)
    seen = Counter(
        t.norm
        for article in articles
        for _, views in article
        for view in views
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


def _measure(
    rounds: int,
    pairs: Sequence[tuple[Article, Sequence[Paragraph]]],
    language: Language,
    grammar: Grammar,
    may_match: Callable[[str], bool],
) -> tuple[float, float]:
    """Seconds of tokenizing and of matching, each the median of some rounds; article by article in turn."""
    seconds: list[tuple[float, float]] = []
    for _ in range(rounds):
        tokenize = build_tokenizer(language.code, language.book.settings("tokens"), language.known)
        tokenizing = matching = 0.0
        for article, paragraphs in pairs:
            begin = process_time()
            tokenize(article.text, 0)
            between = process_time()
            _match(paragraphs, grammar, may_match)
            tokenizing, matching = tokenizing + between - begin, matching + process_time() - between
        seconds.append((tokenizing, matching))
    return statistics.median(each for each, _ in seconds), statistics.median(each for _, each in seconds)


def _match(
    paragraphs: Sequence[Paragraph],
    grammar: Grammar,
    may_match: Callable[[str], bool],
) -> None:
    for view in (v for text, views in paragraphs if may_match(text) for v in views):
        grammar.find(view)


if __name__ == "__main__":
    main()
