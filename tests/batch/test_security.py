"""A job opens no connection, starts no program, and writes nothing but what was named: watched by Python's audit."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from batch_jobs import job_options
from builders import shipped
from extract.article import Article
from extract.batch import run
from extract.schema import Record

FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
PAGE = """<!DOCTYPE html SYSTEM "http://example.org/evil.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<html><head><link rel="stylesheet" href="http://example.org/a.css"><base href="http://example.org/"></head><body>
<article><h1>Ministers meet</h1><p>&x; The ministers met in Oslo on Monday and talked about trade for a long time.</p>
<iframe src="http://example.org/"></iframe><img src="http://example.org/a.png"></article></body></html>"""


def watch(folder: Path) -> None:
    """End the process where it does what no job may do."""

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event in FORBIDDEN:
            os.write(2, f"{event} {given}\n".encode())
            os._exit(99)
        if event == "open" and isinstance(given[2], int) and given[2] & WRITING:
            path = os.fsdecode(given[0]) if isinstance(given[0], str | bytes | Path) else ""
            if path and not path.startswith((str(folder), "/dev/")) and not path.endswith(".pyc"):
                os.write(2, f"writes {path}\n".encode())
                os._exit(98)

    sys.addaudithook(hook)


def test_a_job_does_nothing_but_read_and_write(tmp_path: Path, pipeline: Callable[[Article], Record]) -> None:
    shipped().load_all()  # as the command does; the compiled rules are kept in the cache then
    source = tmp_path / "in"
    source.mkdir()
    (source / "page.html").write_text(PAGE)
    (source / "a.jsonl").write_text(
        '{"id": "../../../escaped", "text": "$(touch /tmp/x) `id` met", "source": "/etc/x"}\n'
    )
    (source / "b.txt").write_text("The ministers met in Oslo on Monday. file:///etc/passwd http://example.org\n" * 3)
    options = job_options(tmp_path / "results", source, stats=tmp_path / "results" / "stats.json")

    def go() -> None:
        watch(tmp_path)
        summary = run(options, load=lambda **_: pipeline)  # type: ignore[arg-type]
        os._exit(summary.exit_status if summary.articles == 3 else 97)

    process = multiprocessing.get_context("fork").Process(target=go)
    process.start()
    process.join()
    assert process.exitcode == 0
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == ["errors.jsonl", "out.jsonl", "stats.json"]
    assert "root:" not in (tmp_path / "results" / "out.jsonl").read_text()
