"""One article as the reader of a file delivers it, with its anchor time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One news report.

    `text` is what all evidence offsets count in (Unicode code points): the title, a blank line and the
    body where the title came in a field of its own, else the text as given. `published` is the anchor
    that relative dates are resolved from; None where unknown. `language` is an ISO 639-1 code where the
    input gives one, else None and the pipeline detects it.
    """

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    published: date | None = None
    source: str | None = None


def compose_article(
    id: str,
    body: str,
    *,
    title: str | None = None,
    language: str | None = None,
    published: date | None = None,
    source: str | None = None,
) -> Article:
    """An article from a title and a body that came in fields of their own."""
    text = f"{title}\n\n{body}" if title else body
    return Article(id, text, title, language, published, source)
