"""What docs/batch.md says is what the code does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from batch_jobs import run_job, write_articles
from extract.readers import KINDS


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "batch.md").read_text()


def test_every_error_kind_is_explained(page: str) -> None:
    listed = page.partition("## Error kinds")[2].partition("## Speed")[0]
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", listed, re.MULTILINE)) == KINDS


def test_the_query_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    run_job(tmp_path, write_articles(tmp_path, ["they met"]), output=tmp_path / "meetings.parquet")
    monkeypatch.chdir(tmp_path)
    assert duckdb.execute(query).fetchall() == []
    everything = query.partition("WHERE")[0]
    assert duckdb.execute(everything).fetchall() == [(None, None, [])]


def test_every_option_named_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    from extract.cli import main

    with pytest.raises(SystemExit):
        main(["run", "--help"])
    shown = capsys.readouterr().out
    prose = re.sub(r"^\$ ray .*$", "", page.partition("## Speed")[0], flags=re.MULTILINE)
    assert {name for name in re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose) if name not in shown} == set()


def test_the_python_examples_run(page: str) -> None:
    examples = "\n".join(part for part in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if ">>>" in part)
    test = doctest.DocTestParser().get_doctest(examples, {}, "batch.md", "batch.md", 0)
    assert len(test.examples) >= 12
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


def test_the_spark_example_needs_nothing_but_the_public_api(page: str) -> None:
    """Its function, on the batches of rows that Spark would hand it."""
    import pandas as pd

    (example,) = (part for part in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "mapInPandas" in part)
    names: dict[str, Any] = {"pd": pd}
    exec(example[example.index("def read") : example.index("\narticles = Spark")], names)
    rows = pd.DataFrame({"id": ["a", "b"], "text": ["They met."] * 2, "published": [None, None]})
    assert [len(batch) for batch in names["read"](iter([rows, rows]))] == [2, 2]


def test_benchmarks_named_exist(page: str, root: Path) -> None:
    named = re.findall(r"python (benchmarks/\w+\.py)", page)
    assert len(named) == 5
    assert all((root / name).is_file() for name in named)
