"""One line of `extract times`: the time expressions of an article as TIMEX3."""

from __future__ import annotations

from typing import Any

from extract.annotations import Mention, Sentence
from extract.article import Article
from extract.mentions.times.find import find_times, written
from extract.rulebook.book import Rulebook
from extract.text import find_layout
from extract.tokens import Tokenize, split_sentences


def time_line(article: Article, book: Rulebook, tokenize: Tokenize) -> dict[str, Any]:
    """The contract of `extract times`: {"article": {"id"}, "times": [{"start", "end", "text", "type", "value"}]}.

    Datelines and bylines are read too, since their dates are dates. `mod` is given where there is one.
    """
    layout = find_layout(article.text, article.title, book.settings("layout"))
    sentences = split_sentences(layout.blocks, tokenize, book.settings("tokens"))
    found = find_times(sentences, book, article.published)
    times = [_time(article.text, s, m) for s, group in zip(sentences, found, strict=True) for m in written(group)]
    return {"article": {"id": article.id}, "times": times}


def _time(text: str, sentence: Sentence, mention: Mention) -> dict[str, Any]:
    start, end = sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end
    timex = mention.value
    shown = {"start": start, "end": end, "text": text[start:end], "type": timex.type, "value": timex.value}
    return {**shown, "mod": timex.mod} if timex.mod else shown
