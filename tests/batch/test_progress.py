"""Progress for people: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import os
import pty
import sys
from collections import Counter
from pathlib import Path

import pytest

from batch_jobs import many_texts, start_job, write_articles
from extract.batch import progress
from extract.batch.outcome import _notice
from extract.batch.progress import Progress
from extract.readers import BadInput

COUNTS = Counter(articles=12_000, records=11_997, meetings=4_210)


def test_a_line_once_in_a_while(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_LINE_SECONDS", 0.0)
    shown = Progress(total=1_000, quiet=False)
    shown.update(10, Counter(articles=0, records=0, meetings=0))
    shown.update(500, COUNTS)
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("12,000 articles, ")
    assert last.endswith("/s, 4,210 meetings, 3 errors, 0 min left")


def test_seldom_means_seldom(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Progress(total=1_000, quiet=False)
    for at in range(1_000):
        shown.update(at, COUNTS)
    assert capsys.readouterr().err == ""


def test_quiet_is_silent_but_for_errors(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_LINE_SECONDS", 0.0)
    shown = Progress(total=0, quiet=True)
    shown.update(500, COUNTS)
    shown.tell("a.txt: empty: the text is empty")
    assert capsys.readouterr().err == "a.txt: empty: the text is empty\n"


def test_a_bar_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    source = write_articles(tmp_path, many_texts(400))
    ours, theirs = pty.openpty()

    def use_terminal() -> None:
        sys.stderr = os.fdopen(theirs, "w")

    process = start_job(tmp_path, source, seconds=0.002, quiet=False, errors=None, prepare=use_terminal)
    os.close(theirs)
    shown = read_all(ours)
    process.join()
    assert "articles, " in shown
    assert "in.jsonl:8: bug: KeyError" in shown
    assert "400 articles, " in shown.splitlines()[-1]


def read_all(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:
        # A terminal that nobody holds open any more.
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_notice_is_one_line_and_does_not_steer_the_terminal() -> None:
    bad = BadInput("a\nb\x1b[2J.txt", "bug", "first\nsecond \u202eback", line=3, id="x\ry")
    assert _notice(bad) == r"a\nb\x1b[2J.txt:3: bug: first\nsecond \u202eback [x\ry]"
