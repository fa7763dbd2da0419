"""No article steers the terminal: control and direction characters are shown as signs, by every verb."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.cli import main
from extract.values.shown import show

TEXT = "Spanish Foreign Minister Ana Ruiz met her Norwegian counterpart Bo \x1b[2JLind in Oslo\u202e on Monday."


def test_signs_keep_places() -> None:
    assert show("a\x1bb\x7fc\u202ed\n\t") == "a\u241bb\u2421c\ufffdd\n\t"
    assert len(show(TEXT)) == len(TEXT)


def test_no_verb_sends_a_control_character(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, records = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    article.write_text(json.dumps({"id": "x\x1b[2J", "title": "T\x1b[31m", "text": TEXT, "language": "en"}) + "\n")
    assert main(["run", str(article), "-q", "-o", str(records), "--workers", "0"]) == 0
    for verb in (
        ["table", str(records)],
        ["explain", str(article)],
        ["why", str(article), "meetings.0.participants"],
        ["why-not", str(article), "--field", "venue", "--value", "Lind in Oslo\u202e"],
    ):
        main(verb)
        shown = capsys.readouterr().out
        assert shown
        assert not set(shown) & {"\x1b", "\u202e"}, verb
