"""docs/rules.md says what is true: its table of patterns, its command, its codes; the schema is the checked-in one."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from builders import build_book, build_marked
from extract.cli import main
from extract.rulebook.view import build_view
from extract.workshop.examples import read_stars

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(?P<pattern>.+?)` \| .+? \| (?P<example>[^|]+\S) \|$", re.M)
ROWS = [(m["pattern"].replace("\\|", "|"), m["example"]) for m in _ROW.finditer(TEXT.partition("## Slots")[0])]
WORDS = """\
settings: {irregular: {meet: [met], hold: [held]}}
words: {aux: [has, have]}
"""


@pytest.mark.parametrize(("pattern", "example"), ROWS, ids=[pattern for pattern, _ in ROWS])
def test_a_pattern_of_the_table_finds_the_starred_words(pattern: str, example: str, tmp_path: Path) -> None:
    plain, stars = read_stars(example)
    sentence, mentions, _ = build_marked(plain)
    rule = {"id": "xx.things.t", "about": "A test", "pattern": pattern}
    book = build_book(tmp_path, inflection=WORDS, things=f"rules: [{json.dumps(rule)}]\n")
    matches = book.grammar("things", "things").find(build_view(sentence, mentions))
    tokens = sentence.tokens
    assert [(tokens[m.start].start, tokens[m.end - 1].end) for m in matches] == list(stars)


def test_the_table_has_its_examples() -> None:
    assert len(ROWS) >= 15


def test_the_command_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```console\n\$ extract (?P<command>.+)\n(?P<output>(?:.+\n)+)```", TEXT)
    assert block is not None
    assert main(shlex.split(block["command"])) == 0
    assert capsys.readouterr().out == block["output"]


def test_every_code_of_the_check_is_explained() -> None:
    codes = set()
    for path in (ROOT / "src" / "extract").rglob("*.py"):
        if path.parent.name in ("check", "rulebook", "workshop"):
            source = path.read_text(encoding="utf-8")
            codes |= set(
                re.findall(r'(?:problem\(|column, |code=|"code", |node\.at, |, at, )"([a-z]+-[a-z-]+)"', source)
            )
    told = set(re.findall(r"`([a-z-]+)`", TEXT.partition("## What the check says")[2]))
    assert {code for code in codes if not code.startswith("no-such")} - told == set()
    assert {"dangling-class", "empty-match", "two-meanings", "wrong-id"} <= codes


def test_the_schema_of_rule_files_is_the_checked_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "rules"]) == 0
    assert capsys.readouterr().out == (ROOT / "rules.schema.json").read_text(encoding="utf-8")
