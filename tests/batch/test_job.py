"""A job gives one line an article in input order, and the same bytes however it is run."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard

from batch_jobs import load_fake, many_texts, read_lines, run_job, write_articles
from extract.batch import RunOptions, UsageError, run


@pytest.mark.parametrize("workers", [0, 1, 2, 5])
def test_one_line_an_article_in_order(tmp_path: Path, workers: int) -> None:
    texts = many_texts(200)
    summary = run_job(
        tmp_path,
        write_articles(tmp_path, texts),
        workers=workers,
        errors=tmp_path / "errors.jsonl",
        output=tmp_path / "out.jsonl",
    )
    good = [f"a{at}" for at, text in enumerate(texts) if text not in ("bug", "refuse")]
    bad = [f"a{at}" for at, text in enumerate(texts) if text in ("bug", "refuse")]
    assert [line["article"]["id"] for line in read_lines(tmp_path / "out.jsonl")] == good
    assert [line["id"] for line in read_lines(tmp_path / "errors.jsonl")] == bad
    assert (summary.articles, summary.records) == (200, len(good))
    assert summary.errors == {"bug": 4, "refused-by-pipeline": 5}
    assert summary.exit_status == 1


def test_bytes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    source = write_articles(tmp_path, many_texts(150))
    results = set()
    for workers in (0, 1, 3):
        run_job(tmp_path, source, workers=workers)
        results.add(((tmp_path / "out.jsonl").read_bytes(), (tmp_path / "errors.jsonl").read_bytes()))
    assert len(results) == 1


def test_all_well_is_status_zero_and_leaves_two_files(tmp_path: Path) -> None:
    assert run_job(tmp_path, write_articles(tmp_path, ["they met"])).exit_status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["errors.jsonl", "in.jsonl", "out.jsonl"]
    assert (tmp_path / "errors.jsonl").read_bytes() == b""


def test_a_bug_carries_its_traceback(tmp_path: Path) -> None:
    run_job(tmp_path, write_articles(tmp_path, ["bug"]))
    (line,) = read_lines(tmp_path / "errors.jsonl")
    assert (line["input"], line["line"], line["id"], line["kind"]) == (str(tmp_path / "in.jsonl"), 1, "a0", "bug")
    assert "batch_jobs.py" in line["traceback"]


def test_memory_and_recursion_errors_are_bugs_of_one_article(tmp_path: Path) -> None:
    assert run_job(tmp_path, write_articles(tmp_path, ["memory", "deep", "they met"])).errors == {"bug": 2}


def test_errors_without_a_file_go_to_standard_error_one_line_each(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_job(tmp_path, write_articles(tmp_path, ["bug", "they met", "refuse"]), errors=None)
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[1] == f"{tmp_path}/in.jsonl:3: refused-by-pipeline: this article is refused [a2]"


def test_per_meeting_gives_one_line_a_meeting(tmp_path: Path) -> None:
    summary = run_job(tmp_path, write_articles(tmp_path, ["none", "met", "met met"]), per="meeting")
    lines = read_lines(tmp_path / "out.jsonl")
    assert [line["meeting"]["id"] for line in lines] == ["a1#1", "a2#1", "a2#2"]
    assert {line["article"]["id"] for line in lines} == {"a1", "a2"}
    assert (summary.records, summary.meetings) == (3, 3)


def test_keep_text_puts_the_text_into_the_record(tmp_path: Path) -> None:
    source = write_articles(tmp_path, ["they met"])
    run_job(tmp_path, source)
    assert "text" not in read_lines(tmp_path / "out.jsonl")[0]["article"]
    run_job(tmp_path, source, keep_text=True)
    assert read_lines(tmp_path / "out.jsonl")[0]["article"]["text"] == "they met"


@pytest.mark.parametrize(("name", "unpack"), [("out.gz", gzip.decompress), ("out.zst", None)])
def test_packed_output_holds_the_same_lines(tmp_path: Path, name: str, unpack: Callable[[bytes], bytes] | None) -> None:
    source = write_articles(tmp_path, many_texts(5_000))
    run_job(tmp_path, source)
    run_job(tmp_path, source, output=tmp_path / name)
    packed = (tmp_path / name).read_bytes()
    if unpack is None:
        reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed), read_across_frames=True)
        assert reader.read() == (tmp_path / "out.jsonl").read_bytes()
    else:
        assert unpack(packed) == (tmp_path / "out.jsonl").read_bytes()
        assert packed[4:8] == b"\0\0\0\0", "a time stamp would make every run differ"


def test_standard_input_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b'{"text": "they met"}\n'))))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    summary = run(RunOptions(("-",), workers=1, quiet=True), load=load_fake)
    record = json.loads(out.getvalue())
    assert (record["article"]["id"], record["article"]["source"], summary.meetings) == ("stdin#1", None, 1)


def test_options_reach_the_articles(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("they met")
    run_job(tmp_path, tmp_path / "one.txt", published=date(2025, 5, 12), language="ar")
    article = read_lines(tmp_path / "out.jsonl")[0]["article"]
    assert (article["published"], article["language"]) == ("2025-05-12", "ar")


def test_stats_file_says_what_came_of_the_job(tmp_path: Path) -> None:
    run_job(
        tmp_path,
        write_articles(tmp_path, ["they met", "bug"]),
        stats=tmp_path / "stats" / "today.json",
        output=tmp_path / "out.jsonl",
    )
    stats = json.loads((tmp_path / "stats" / "today.json").read_text())
    assert (stats["articles"], stats["meetings"], stats["errors"]) == (2, 1, {"bug": 1})
    assert (stats["rule_hash"], stats["exit_status"], stats["stopped"]) == ("rules-1", 1, None)
    assert set(stats["seconds"]) == {"load", "read", "decode", "extract", "write", "total"}


def test_a_summary_ends_the_job_unless_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = write_articles(tmp_path, ["they met", "bug"])
    run_job(tmp_path, source, quiet=False)
    assert capfd.readouterr().err.startswith("2 articles, 1 meetings, 1 errors (1 bug) in ")
    run_job(tmp_path, source, quiet=True)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": ()}, "no input"),
        ({"inputs": ("no-such-file.txt",)}, "no such file"),
        ({"inputs": ("no-such-*.txt", "other-*.txt")}, "no such file"),
        ({"output": Path()}, "is a folder"),
        ({"resume": True}, "only output to a file"),
        ({"resume": True, "output": Path("-")}, "only output to a file"),
        ({"workers": -1}, "workers"),
        ({"max_chars": 0}, "size limit"),
        ({"time_limit": -1.0}, "time limit"),
    ],
    ids=["no_input", "missing", "no_match", "folder", "resume_stdout", "resume_dash", "workers", "chars", "time"],
)
def test_wrong_usage_runs_nothing(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    (tmp_path / "in.txt").write_text("they met")
    with pytest.raises(UsageError, match=message):
        run(RunOptions(**{"inputs": (str(tmp_path / "in.txt"),), **options}), load=load_fake)


def test_output_among_the_inputs_is_refused(tmp_path: Path) -> None:
    source = write_articles(tmp_path, ["they met"])
    with pytest.raises(UsageError, match="both input and output"):
        run_job(tmp_path, tmp_path, output=source)
    assert source.stat().st_size > 0


def test_a_missing_input_among_others_is_one_error(tmp_path: Path) -> None:
    summary = run_job(
        tmp_path,
        tmp_path / "gone.txt",
        write_articles(tmp_path, ["they met"]),
        errors=tmp_path / "errors.jsonl",
        output=tmp_path / "out.jsonl",
    )
    assert (summary.errors, summary.meetings) == ({"not-found": 1}, 1)


def test_a_full_device_stops_the_job_with_a_reason(tmp_path: Path) -> None:
    summary = run_job(tmp_path, write_articles(tmp_path, ["they met"]), output=Path("/dev/full"))
    assert (summary.stopped, summary.exit_status) == ("cannot write the output: No space left on device", 1)
