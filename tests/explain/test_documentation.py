"""docs/explain.md shows what its commands print (written anew with `--regen-all`), and it names every cause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shown import check_shown, shown_commands

PAGE = Path(__file__).parents[2] / "docs" / "explain.md"
CAUSES = Path(__file__).parents[2] / "src" / "extract" / "explain"
COMMANDS = shown_commands(PAGE)


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_the_page_shows_what_the_command_prints(
    command: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(root)
    check_shown(PAGE, command, capsys, bool(request.config.getoption("regen_all")), 1)


def test_every_question_has_an_answer_to_show() -> None:
    assert {command.split()[1] for command in COMMANDS} == {"explain", "why", "why-not"}


def test_the_page_names_every_cause() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in CAUSES.rglob("*.py"))
    codes = set(re.findall(r"""(?:finding|Finding)\(\s*"([a-z-]+)\"""", sources))
    assert len(codes) > 20
    assert sorted(codes - set(re.findall(r"`([a-z-]+)`", PAGE.read_text(encoding="utf-8")))) == []
