"""Articles for the tests of explanations."""

from __future__ import annotations

from datetime import date

from extract.article import Article, compose_article


def article(body: str, title: str | None = None, published: date | None = date(2025, 5, 13), id: str = "a") -> Article:
    """An English article."""
    return compose_article(id, body, title=title, language="en", published=published)
