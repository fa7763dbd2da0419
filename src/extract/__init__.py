"""Reads news reports of official meetings and writes validated meeting records."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.article import Article
    from extract.pipeline import load_pipeline
    from extract.schema import Meeting, Record

__all__ = ["Article", "Meeting", "Record", "load_pipeline"]

_HOMES = {
    "Article": "extract.article",
    "Meeting": "extract.schema",
    "Record": "extract.schema",
    "load_pipeline": "extract.pipeline",
}


def __getattr__(name: str) -> Any:
    # Public names are imported at first use: spaCy alone takes a second, and `extract --help` needs none of it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
