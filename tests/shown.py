"""Commands shown in pages with their output: found, run, and written anew with `--regen-all`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from extract.cli import main

CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```", re.DOTALL)


def shown_commands(page: Path) -> list[str]:
    """The commands of a page that run the tool, in order."""
    found = [match["command"] for match in CONSOLE.finditer(page.read_text(encoding="utf-8"))]
    return [command for command in found if command.startswith("extract ")]


def shown_output(page: Path, command: str) -> str:
    """What a page shows under a command."""
    blocks = CONSOLE.finditer(page.read_text(encoding="utf-8"))
    return next(match["shown"] for match in blocks if match["command"] == command)


def run_shown(command: str, capsys: pytest.CaptureFixture[str], fine: tuple[int, ...] = (0,)) -> str:
    """Standard output of one command, run in this process; `| head -n N` and `| tail -n N` are understood."""
    called, _, pipe = command.partition(" | ")
    assert main(shlex.split(called)[1:]) in fine
    lines = [line.rstrip() for line in capsys.readouterr().out.strip("\n").splitlines()]
    if pipe:
        count = int(pipe.split()[-1])
        lines = lines[:count] if pipe.startswith("head") else lines[-count:]
    return "".join(f"{line}\n" for line in lines)


def without_line_numbers(text: str) -> str:
    """The same whatever was added above a rule."""
    return re.sub(r"(\.yaml:|pattern |of |line )\d+", r"\1N", text)


def replace_block(page: Path, start: str, output: str) -> None:
    """Write what stands between a line of a page and the end of its block anew."""
    text = page.read_text(encoding="utf-8")
    begin = text.index(start) + len(start)
    page.write_text(text[:begin] + output + text[text.index("```", begin) :], encoding="utf-8")


def check_shown(page: Path, command: str, capsys: pytest.CaptureFixture[str], regenerate: bool, *fine: int) -> None:
    """The page shows what the command prints; written anew where that is asked for."""
    output = run_shown(command, capsys, (0, *fine))
    if regenerate:
        replace_block(page, f"```console\n$ {command}\n", output)
    assert without_line_numbers(shown_output(page, command)) == without_line_numbers(output)
