"""The same job by Ray: the records of the local engine, also with workers killed. Skipped where ray is missing."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from batch_jobs import job_options
from extract.article import Article
from extract.batch import RunOptions, UsageError, run
from extract.batch import partitions as partitions_module
from extract.batch.partitions import MANIFEST
from extract.readers import read_articles

pytest.importorskip("ray.data")

from extract.batch.cluster import run_on_ray  # the guard above has to come first


@pytest.fixture(scope="module")
def ray_here() -> Iterator[None]:
    """Two CPUs, for all tests of this module; workers find the program as the tests do."""
    import ray

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    yield
    ray.shutdown()


@pytest.fixture
def crawl(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of small files, one large file of many lines, and lines that fail; cut into about ten partitions."""
    monkeypatch.setattr(partitions_module, "PARTITION_BYTES", 10_000)
    folder = tmp_path / "crawl"
    folder.mkdir()
    articles = read_articles([root / "corpus" / "en"])
    texts = [article.text for article in islice(articles, 60) if isinstance(article, Article)]
    (folder / "broken.json").write_text("{")
    with (folder / "many.jsonl").open("w", encoding="utf-8") as lines:
        for number, text in enumerate(texts):
            lines.write(json.dumps({"id": f"a{number}", "text": text, "published": "2025-05-12"}) + "\n")
            lines.write("no JSON\n" if number % 20 == 7 else "")
    for number, text in enumerate(texts[:20]):
        (folder / f"one-{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def expected(tmp_path: Path, crawl: Path) -> tuple[bytes, bytes]:
    """Records and errors of the local engine."""
    run(job_options(tmp_path / "local", crawl))
    return (tmp_path / "local" / "out.jsonl").read_bytes(), (tmp_path / "local" / "errors.jsonl").read_bytes()


def read_folder(folder: Path) -> tuple[bytes, bytes]:
    """Records and errors of all partitions, in their order."""
    records, errors = sorted(folder.glob("part-*")), sorted((folder / "_errors").glob("part-*"))
    return b"".join(path.read_bytes() for path in records), b"".join(path.read_bytes() for path in errors)


def options_for(crawl: Path, **options: Any) -> RunOptions:
    return RunOptions((str(crawl),), quiet=True, workers=2, **options)


@pytest.mark.usefixtures("ray_here")
def test_the_records_are_those_of_the_local_engine(tmp_path: Path, crawl: Path, expected: tuple[bytes, bytes]) -> None:
    summary = run_on_ray(options_for(crawl, stats=tmp_path / "stats.json"), str(tmp_path / "out"))
    assert read_folder(tmp_path / "out") == expected
    assert (summary.exit_status, summary.stopped) == (1, None)
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text())
    assert len(manifest["partitions"]) >= 8
    assert sum(each["articles"] for each in manifest["partitions"]) == summary.articles
    assert not (tmp_path / "out" / "_work").exists()
    assert json.loads((tmp_path / "stats.json").read_text())["errors"] == summary.errors
    again = run_on_ray(options_for(crawl, resume=True), str(tmp_path / "out"))
    assert (again.articles, again.errors) == (summary.articles, summary.errors)
    with pytest.raises(UsageError, match="not empty"):
        run_on_ray(options_for(crawl), str(tmp_path / "out"))
    with pytest.raises(UsageError, match="--keep-text differs"):
        run_on_ray(options_for(crawl, resume=True, keep_text=True), str(tmp_path / "out"))


@pytest.mark.usefixtures("ray_here")
def test_killed_workers_lose_and_double_nothing(tmp_path: Path, crawl: Path, expected: tuple[bytes, bytes]) -> None:
    out, ended = tmp_path / "out", threading.Event()
    killed: list[int] = []

    def kill() -> None:
        for wanted in (1, 4):  # once a part is there, and once more
            while len(list(out.glob("part-*"))) < wanted:
                if ended.wait(0.02):
                    return
            killed.extend(pid for pid in workers_of(os.getpid())[:1] if kill_it(pid))

    killer = threading.Thread(target=kill)
    killer.start()
    run_on_ray(options_for(crawl), str(out))
    ended.set()
    killer.join()
    assert killed
    assert read_folder(out) == expected


def workers_of(process: int) -> list[int]:
    """Processes below this one in which Ray is at work on a task."""
    found = []
    below = {process}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent in below:
            below.add(int(path.name))
            if command.startswith(b"ray::") and b"IDLE" not in command and b"Map" in command:
                found.append(int(path.name))
    return found


def kill_it(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("ray_here")
def test_an_interrupted_job_is_resumed_by_partition(
    tmp_path: Path, crawl: Path, expected: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr("extract.batch.progress.Progress.update", interrupt_after(3))
        stopped = run_on_ray(options_for(crawl), str(out))
    assert (stopped.stopped, stopped.exit_status) == ("interrupted", 130)
    assert not (out / MANIFEST).exists()
    before = {path: path.stat().st_mtime_ns for path in out.glob("part-*")}
    assert len(before) >= 2
    summary = run_on_ray(options_for(crawl, resume=True), str(out))
    assert read_folder(out) == expected
    assert summary.articles == expected[0].count(b"\n") + expected[1].count(b"\n")
    same = [path for path, changed in before.items() if path.stat().st_mtime_ns == changed]
    assert len(same) >= 2, "what was done is not done again"


def interrupt_after(number: int) -> Any:
    calls = []

    def update(*_: object) -> None:
        calls.append(1)
        if len(calls) >= number:
            raise KeyboardInterrupt

    return update


@pytest.mark.usefixtures("ray_here")
def test_addresses_and_parquet(tmp_path: Path, crawl: Path) -> None:
    from pyarrow import parquet

    run(job_options(tmp_path / "local", crawl, output=tmp_path / "local" / "out.parquet"))
    options = RunOptions((f"file://{crawl}",), quiet=True, per="meeting")
    run_on_ray(options, f"file://{tmp_path}/out.parquet", errors=f"file://{tmp_path}/errors")
    here, there = (parquet.read_table(tmp_path / place).to_pylist() for place in ("local/out.parquet", "out.parquet"))
    for row in (*here, *there):
        row["article"].pop("source")
    assert there == here
    assert sorted(path.name for path in (tmp_path / "errors").iterdir()) != []


@pytest.mark.parametrize(
    ("inputs", "message"),
    [(("-",), "standard input"), (("no-such-file.txt",), "no such file"), ((), "no input")],
    ids=["standard_input", "missing", "none"],
)
def test_wrong_usage_runs_nothing(tmp_path: Path, inputs: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run_on_ray(RunOptions(inputs, quiet=True), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
