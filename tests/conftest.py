"""What several tests share: the folders of the checkout, and the pipeline, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from builders import build_book, shipped
from extract.article import Article
from extract.rulebook.book import Rulebook
from extract.rulebook.lexicon import Name
from extract.schema import Record

ROOT = Path(__file__).resolve().parent.parent

# Tests state what is found, not how soon: a busy machine fails none.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def pipeline() -> Callable[[Article], Record]:
    """The pipeline over the shipped rules, loaded once."""
    return shipped()


FUNCTION_WORDS = """
words:
  preposition: [with, by, to, from, of, for, in, on, at]
  gen: ["'s"]
  clause_mark: [";"]
  clause_break: [that, which, who, while]
  not_when: [since, until]
  recalled: [had]
  past_trigger: [met]
"""


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """A small rule book: the words of function that the meeting stages ask for, and two capitals."""
    capitals = [
        Name("city", (name.lower(),), {"name": name, "country": code, "capital": True}, "shared.city")
        for name, code in (("Madrid", "ES"), ("Oslo", "NO"))
    ]
    return build_book(tmp_path_factory.mktemp("book"), capitals, people=FUNCTION_WORDS)
