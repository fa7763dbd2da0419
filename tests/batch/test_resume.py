"""A job is resumed only where the result is that of a job never stopped; anything else is refused, with the reason."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from batch_jobs import many_texts, read_lines, run_job, start_job, write_articles
from extract.batch import UsageError, journal, sinks


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A folder with a job that was killed after its first articles; gives its input."""
    source = write_articles(tmp_path, many_texts(300))
    process = start_job(tmp_path, source, seconds=0.002)
    while not (tmp_path / "out.jsonl.state.json").exists():
        process.join(0.005)
    process.kill()
    process.join()
    return source


def append_line(source: Path) -> None:
    with source.open("a") as file:
        file.write('{"text": "they met"}\n')


def change_first_line(source: Path) -> None:
    """Same size, same time of change: only what was read tells."""
    status, data = source.stat(), source.read_bytes()
    source.write_bytes(data.replace(b"nothing here", b"nothing HERE", 1))
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))


def cut_part(source: Path) -> None:
    part = source.with_name("out.jsonl.part")
    os.truncate(part, 10)


def spoil_state(source: Path) -> None:
    source.with_name("out.jsonl.state.json").write_text("{")


@pytest.mark.parametrize(
    ("change", "options", "reason"),
    [
        (append_line, {}, "an input file was added, removed or changed"),
        (change_first_line, {}, "not those that the job had read"),
        (cut_part, {}, "is shorter than"),
        (spoil_state, {}, "cannot be read"),
        (None, {"rules": Path("rules-2")}, "the rules have changed"),
        (None, {"published": date(2025, 1, 1)}, "--published differs"),
        (None, {"language": "ar"}, "--language differs"),
        (None, {"per": "meeting"}, "--per differs"),
        (None, {"keep_text": True}, "--keep-text differs"),
        (None, {"max_chars": 10}, "the size limit differs"),
        (None, {"time_limit": 1.0}, "the time limit differs"),
        (None, {"errors": None}, "another errors file"),
    ],
    ids=lambda value: value.__name__ if callable(value) else next(iter(value), "-") if isinstance(value, dict) else "",
)
def test_what_would_give_other_bytes_is_refused(
    stopped: Path, change: Callable[[Path], None] | None, options: dict[str, Any], reason: str
) -> None:
    if change:
        change(stopped)
    with pytest.raises(UsageError, match=reason):
        run_job(stopped.parent, stopped, resume=True, **options)


def test_another_version_is_refused(stopped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.batch.journal.own_version", lambda: "0.0.0")
    with pytest.raises(UsageError, match="another version"):
        run_job(stopped.parent, stopped, resume=True)


def test_a_file_added_to_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = write_articles(folder, many_texts(300))
    process = start_job(tmp_path, folder, seconds=0.002)
    while not (tmp_path / "out.jsonl.state.json").exists():
        process.join(0.005)
    process.kill()
    process.join()
    write_articles(folder, ["they met"], "later.jsonl")
    with pytest.raises(UsageError, match="was added"):
        run_job(tmp_path, folder, resume=True)
    assert source.exists()


def test_a_half_written_line_is_healed(stopped: Path) -> None:
    folder = stopped.parent
    for part in ("out.jsonl.part", "errors.jsonl.part"):
        with (folder / part).open("ab") as file:
            file.write(b'{"schema":"meeting-record/1","arti')
    run_job(folder, stopped, resume=True)
    assert [line["article"]["id"] for line in read_lines(folder / "out.jsonl")] == [
        f"a{at}" for at, text in enumerate(many_texts(300)) if text not in ("bug", "refuse")
    ]


def test_the_summary_of_a_resumed_job_is_that_of_the_whole(stopped: Path) -> None:
    summary = run_job(stopped.parent, stopped, resume=True)
    assert (summary.articles, sum(summary.errors.values())) == (300, 300 - summary.records)
    assert summary.records == len(read_lines(stopped.parent / "out.jsonl"))


def test_without_resume_a_job_starts_from_the_beginning(stopped: Path) -> None:
    summary = run_job(stopped.parent, stopped, rules=Path("rules-2"))
    assert summary.articles == 300
    assert not (stopped.parent / "out.jsonl.state.json").exists()


def test_nothing_to_resume_is_no_error(tmp_path: Path) -> None:
    source = write_articles(tmp_path, ["they met"])
    assert run_job(tmp_path, source, resume=True).exit_status == 0
    assert run_job(tmp_path, source, resume=True).exit_status == 0


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
@pytest.mark.parametrize("moved", [0, 1, 2], ids=["before_moving", "errors_moved", "both_moved"])
def test_a_kill_while_files_move_into_place(
    tmp_path: Path, output: str, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step is done again by a resume, whatever part of it had been done."""
    source = write_articles(tmp_path, many_texts(60))
    run_job(tmp_path, source, output=tmp_path / output)
    expected = (tmp_path / output).read_bytes(), (tmp_path / "errors.jsonl").read_bytes()
    (tmp_path / output).write_bytes(b"what yesterday's job left")

    with monkeypatch.context() as patch:
        stop_after_moves(patch, moved)
        with pytest.raises(KeyboardInterrupt):
            run_job(tmp_path, source, output=tmp_path / output)
    assert json.loads((tmp_path / f"{output}.state.json").read_text())["checkpoint"]["complete"]
    summary = run_job(tmp_path, source, output=tmp_path / output, resume=True)
    assert ((tmp_path / output).read_bytes(), (tmp_path / "errors.jsonl").read_bytes()) == expected
    assert summary.articles == 60
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["errors.jsonl", "in.jsonl", output])


def stop_after_moves(patch: pytest.MonkeyPatch, number: int) -> None:
    done: list[Path] = []

    def move(draft: Path, path: Path) -> None:
        if number:
            journal.move_into_place(draft, path)
        done.append(path)
        if len(done) >= number:
            raise KeyboardInterrupt

    patch.setattr(sinks, "move_into_place", move)
