"""One line of `extract times`: the time expressions of an article as TIMEX3."""

from __future__ import annotations

from typing import Any

from extract.annotations import Mention, Sentence
from extract.article import Article
from extract.mentions.times.find import find_times, written
from extract.rulebook.book import Rulebook
from extract.schema import Diagnostic, Evidence
from extract.text import find_layout
from extract.tokens import Tokenize, split_sentences
from extract.values.timex import Timex

CLASH = "date-clash"
_WHERE_GIVEN = ("mod", "zone", "clash")


def time_line(article: Article, book: Rulebook, tokenize: Tokenize) -> dict[str, Any]:
    """The contract of `extract times`: {"article": {"id"}, "times": [{"start", "end", "text", "type", "value"}]}.

    Datelines and bylines are read too, since their dates are dates. `mod`, `zone` and `clash` are given where there is
    one; dates that clash with a weekday or another calendar beside them are also told in `diagnostics`, as in a record.
    """
    layout = find_layout(article.text, article.title, book.settings("layout"))
    sentences = split_sentences(layout.blocks, tokenize, book.settings("tokens"))
    found = find_times(sentences, book, article.published)
    pairs = list(zip(sentences, found, strict=True))
    line: dict[str, Any] = {
        "article": {"id": article.id},
        "times": [_time(article.text, s, m) for s, group in pairs for m in written(group)],
    }
    doubts = [_diagnostic(article.text, s, m) for s, group in pairs for m in group if m.value.clash]
    return {**line, "diagnostics": doubts} if doubts else line


def _time(text: str, sentence: Sentence, mention: Mention) -> dict[str, Any]:
    start, end = sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end
    timex = mention.value
    shown = {"start": start, "end": end, "text": text[start:end], "type": timex.type, "value": timex.value}
    return shown | {name: getattr(timex, name) for name in _WHERE_GIVEN if getattr(timex, name)}


def _diagnostic(text: str, sentence: Sentence, mention: Mention) -> dict[str, Any]:
    start, end = sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end
    message = clash_message(" ".join(text[start:end].split()), mention.value)
    diagnostic = Diagnostic(code=CLASH, message=message, evidence=Evidence(start=start, end=end, rule=mention.rule))
    return diagnostic.model_dump()


def clash_message(words: str, timex: Timex) -> str:
    """What a diagnostic says of a date that two calendars, or a weekday beside it, tell in two ways."""
    return f"{words!r} is read as {timex.value}; beside it stands {timex.clash}"
