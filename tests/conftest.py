"""What several tests share: the folders of the checkout, and the pipeline, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.article import Article
from extract.schema import Record

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def pipeline() -> Callable[[Article], Record]:
    """The pipeline over the shipped rules."""
    from extract import load_pipeline

    return load_pipeline()
