"""The records of the whole corpus are what they were when somebody last read them.

After a change that is meant: `make golden`, read `git diff golden/`, commit both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extract.article import Article
from extract.readers import read_articles
from extract.schema import Record

if find_spec("extract.pipeline") is None:
    pytest.skip("there is no pipeline yet", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted(path for path in ROOT.glob("corpus/??/*") if path.suffix in {".txt", ".json"})
_EVIDENCE = re.compile(r'\{\s+"start": (\d+),\s+"end": (\d+),\s+"rule": ("[^"]*")\s+\}')


def _golden(article: Path) -> Path:
    return ROOT / "golden" / article.parent.name / f"{article.stem}.json"


def format_record(record: Record) -> str:
    """JSON in schema order; an evidence takes one line, so that diffs show values before offsets."""
    text = json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return _EVIDENCE.sub(r'{"start": \1, "end": \2, "rule": \3}', text) + "\n"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_record_is_the_blessed_one(
    path: Path, pipeline: Callable[[Article], Record], file_regression: FileRegressionFixture
) -> None:
    (article,) = read_articles([path])
    assert isinstance(article, Article), article
    record = pipeline(replace(article, source=path.relative_to(ROOT).as_posix()))
    file_regression.check(format_record(record), encoding="utf-8", fullpath=_golden(path))


def test_every_golden_record_has_its_article() -> None:
    goldens = {path.relative_to(ROOT) for path in ROOT.glob("golden/??/*.json")}
    assert goldens <= {_golden(path).relative_to(ROOT) for path in ARTICLES}
