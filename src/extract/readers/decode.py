"""A raw article becomes an Article, or a BadInput that says what is wrong with it."""

from __future__ import annotations

from typing import Any

import orjson

from extract.article import Article
from extract.errors import ArticleError
from extract.readers.fields import read_fields
from extract.readers.items import BadInput, RawArticle, ReadOptions
from extract.readers.plain import decode_utf8, read_plain


def decode_article(raw: RawArticle, options: ReadOptions) -> Article | BadInput:
    """The article; a BadInput where it is unreadable, of wrong types, empty, or longer than the limit."""
    try:
        article = _decode(raw, options)
        _check_text(article.text, options.max_chars)
    except ArticleError as error:
        return BadInput(raw.input, error.kind, str(error), raw.line, id=raw.find_id())
    return article


def _decode(raw: RawArticle, options: ReadOptions) -> Article:
    if not isinstance(raw.payload, bytes):
        return read_fields(raw.payload, raw, options)
    if raw.form == "json":
        return read_fields(_parse_json(raw.payload), raw, options)
    if raw.form == "html":
        from extract.readers.html import read_html

        return read_html(raw.payload, raw, options)
    return read_plain(raw.payload, raw, options)


def _parse_json(data: bytes) -> Any:
    """What the JSON holds; orjson refuses bad UTF-8, lone surrogates, NaN and nesting beyond 1,024 levels."""
    if not data.strip():
        raise ArticleError("empty", "the file is empty")
    try:
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        decode_utf8(data)
        raise ArticleError("bad-json", str(error)) from None


def _check_text(text: str, max_chars: int) -> None:
    if not text.strip():
        raise ArticleError("empty", "the text is empty")
    if "\0" in text:
        raise ArticleError("nul-byte", f"NUL at character {text.index(chr(0))} of the text")
    if len(text) > max_chars:
        raise ArticleError("too-large", f"{len(text)} characters of text, the limit is {max_chars}")
