"""An article from a web page: boilerplate off, title and publication date from the page's own metadata."""

from __future__ import annotations

import codecs
import logging
import re
from datetime import date
from functools import cache
from typing import Any

from extract.article import Article, compose_article
from extract.errors import ArticleError
from extract.readers.items import RawArticle, ReadOptions
from extract.readers.plain import decode_utf8

# Where a page may declare its encoding, after the HTML standard: within the first 1,024 bytes.
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)

# Without max_date the library asks the clock; the extensive search takes the dates of related stories for the page's.
_DATE_OPTIONS = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


def read_html(data: bytes, raw: RawArticle, options: ReadOptions) -> Article:
    """The article of a page; raises ArticleError where no article is found in it.

    The text is what trafilatura keeps of the page, with the title before it: evidence counts in that.
    """
    if not data.strip():
        raise ArticleError("empty", "the page is empty")
    page = _extract(_decode_page(data, raw.charset))
    body = (getattr(page, "text", None) or "").strip()
    if not body:
        raise ArticleError("no-article", "no article found in the page")
    title = " ".join((page.title or "").split()) or None
    return compose_article(
        raw.own_id,
        _without_title(body, title),
        title=title,
        language=options.language,
        published=_read_date(page.date) or options.published,
        source=raw.source,
    )


def _decode_page(data: bytes, charset: str | None) -> str:
    """The page in the encoding that the server or the page itself declares, else in UTF-8."""
    declared = _META_CHARSET.search(data[:1024])
    names = [charset] if charset else []
    names += [declared.group(1).decode("ascii")] if declared else []
    for name in names:
        try:
            if not data.startswith(codecs.BOM_UTF8) and codecs.lookup(name).name not in ("utf-8", "utf-16", "utf-32"):
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return decode_utf8(data)


@cache
def _extractor() -> Any:
    from trafilatura import bare_extraction

    # What it warns of (odd dates, empty pages) is told in the errors file where it matters.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return bare_extraction


def _extract(page: str) -> Any:
    if "\0" in page:
        raise ArticleError("nul-byte", f"NUL at character {page.index(chr(0))} of the page")
    try:
        return _extractor()(
            page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATE_OPTIONS
        )
    except (RecursionError, ValueError, AssertionError) as error:
        raise ArticleError("no-article", f"the page cannot be taken apart: {type(error).__name__}") from None


def _without_title(body: str, title: str | None) -> str:
    first, _, rest = body.partition("\n")
    return rest.strip() if title and rest.strip() and " ".join(first.split()) == title else body


def _read_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
