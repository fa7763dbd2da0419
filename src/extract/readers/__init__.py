"""Articles out of files: text, JSON, HTML, Parquet, WARC, packed or not, from folders, globs and standard input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from extract.article import Article
from extract.readers.decode import decode_article
from extract.readers.items import KINDS, BadInput, InputFile, RawArticle, ReadOptions
from extract.readers.raw import read_raw

__all__ = [
    "KINDS",
    "BadInput",
    "InputFile",
    "RawArticle",
    "ReadOptions",
    "decode_article",
    "read_articles",
    "read_raw",
]


def read_articles(
    inputs: Sequence[str | Path],
    *,
    published: date | None = None,
    language: str | None = None,
    max_chars: int = 1_000_000,
) -> Iterator[Article | BadInput]:
    """Every article of the inputs, in their order, streamed; what cannot be read comes as a BadInput in its place.

    `published` and `language` hold for articles that carry none; `max_chars` is the limit on one article's text.
    """
    options = ReadOptions(published, language, max_chars)
    for item in read_raw(inputs, options.max_bytes):
        yield item if isinstance(item, BadInput) else decode_article(item, options)
