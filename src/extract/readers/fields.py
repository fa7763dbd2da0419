"""An article from named fields: a JSON object, or a row of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from extract.article import Article, compose_article
from extract.errors import ArticleError
from extract.readers.items import RawArticle, ReadOptions

# ISO 639 codes, with the region or script that BCP 47 may add; only the language is kept.
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


_LONGEST_DATE = 60  # characters
_BASES = (
    datetime.fromisoformat("2001-02-03"),
    datetime.fromisoformat("2012-11-20"),
)  # apart in year, month, day and weekday


def read_fields(fields: Any, raw: RawArticle, options: ReadOptions) -> Article:
    """The article of `{"id"?, "title"?, "text", "published"?, "language"?, "url"?, "source"?}`.

    Null and the empty string count as not given. Raises ArticleError for a missing text, a wrong type, or a
    date or language that cannot be read.
    """
    if not isinstance(fields, Mapping):
        raise ArticleError("bad-type", f"an object with a field `text` was expected, not {_type_name(fields)}")
    if fields.get("text") is None:
        raise ArticleError("missing-text", "no field `text`")
    return compose_article(
        _read_id(fields.get("id")) or raw.own_id,
        _read_string(fields, "text") or "",
        title=_read_title(fields),
        language=_read_language(_read_string(fields, "language")) or options.language,
        published=_read_date(fields.get("published")) or options.published,
        source=_read_string(fields, "url") or _read_string(fields, "source") or raw.source,
    )


def _read_string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ArticleError("bad-type", f"`{name}` must be a string, not {_type_name(value)}")
    return value or None


def _read_title(fields: Mapping[str, Any]) -> str | None:
    title = _read_string(fields, "title")
    return title if title and title.strip() else None


def _read_id(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise ArticleError("bad-type", f"`id` must be a string, not {_type_name(value)}")
    return None if value is None or value == "" else str(value)


def _read_language(value: str | None) -> str | None:
    if value is None:
        return None
    match = _LANGUAGE.fullmatch(value.strip())
    if not match:
        raise ArticleError("bad-language", f"`language` must be an ISO 639 code, not {_shorten(value)}")
    return match.group(1).lower()


def _read_date(value: Any) -> date | None:
    """The day of an ISO date or datetime, as written: a zone does not shift it."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ArticleError("bad-type", f"`published` must be a string, not {_type_name(value)}")
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        written = _written_date(value.strip())
    if written is None:
        raise ArticleError("bad-date", f"`published` must be an ISO date or name its month, not {_shorten(value)}")
    return written


@lru_cache(maxsize=4096)
def _written_date(value: str) -> date | None:
    """The day of a date that names its month ("20 Nov 2026"), in any language that dateparser knows.

    None where the order of the numbers would have to be guessed, and where the day hangs on the clock: read from two
    bases, a whole date is the same.
    """
    if len(value) > _LONGEST_DATE or not any(letter.isalpha() for letter in value):
        return None
    import dateparser  # loads slowly, and most dates are ISO

    strict = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
    found = {dateparser.parse(value, settings={**strict, "RELATIVE_BASE": base}) for base in _BASES}
    days = {moment and moment.date() for moment in found}
    return days.pop() if len(days) == 1 else None


def _type_name(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _shorten(value: str) -> str:
    return ascii(value if len(value) <= 40 else value[:40] + "…")
