"""docs/explain.md: its commands run, and it names every cause."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from extract.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "explain.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ extract (.*)$", PAGE, re.MULTILINE)
CAUSES = Path(__file__).parents[2] / "src" / "extract" / "explain"


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_a_command_of_the_page_runs(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert main(shlex.split(command)) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


def test_the_page_names_every_cause() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in CAUSES.rglob("*.py"))
    codes = set(re.findall(r"""(?:finding|Finding)\(\s*"([a-z-]+)\"""", sources))
    assert len(codes) > 20
    assert sorted(codes - set(re.findall(r"`([a-z-]+)`", PAGE))) == []
