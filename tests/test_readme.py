"""What the README shows is what the commands print.

`pytest tests/test_readme.py --regen-all` (part of `make golden`) writes the shown output anew; `make run` is run and
shown then only, as it reads the whole corpus. Line numbers of rule files are not compared.
"""

from __future__ import annotations

import doctest
import json
import re
import subprocess
from pathlib import Path

import pytest

from extract.rulebook.load import read_source
from extract.schema import Record
from shown import check_shown, replace_block, run_shown, shown_commands

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
EXAMPLE = ROOT / "docs" / "example.txt"
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
_EVIDENCE = re.compile(r'\{\s+"start": (\d+),\s+"end": (\d+),\s+"rule": ("[^"]*")\s+\}')
_RECORD_COMMAND = "extract run docs/example.txt --published 2025-05-13"
PAGES = [README, *(ROOT / name for name in ("CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "docs/architecture.md"))]


def commands() -> list[str]:
    return [command for command in shown_commands(README) if command != _RECORD_COMMAND]


def block(language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[0]  # type: ignore[no-any-return]


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("regen_all"))


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "110")


@pytest.mark.parametrize("command", commands())
def test_the_shown_output_is_what_the_command_prints(
    command: str, capsys: pytest.CaptureFixture[str], regenerate: bool
) -> None:
    check_shown(README, command, capsys, regenerate)


def test_the_shown_article_is_the_file(regenerate: bool) -> None:
    article = EXAMPLE.read_text(encoding="utf-8")
    if regenerate:
        replace_block(README, "```text\n", article)
    assert block("text") == article


def test_the_shown_record_is_what_the_command_prints(capsys: pytest.CaptureFixture[str], regenerate: bool) -> None:
    output = run_shown(_RECORD_COMMAND, capsys)
    if regenerate:
        written = json.dumps(json.loads(output), ensure_ascii=False, indent=2)
        replace_block(README, "```json\n", _EVIDENCE.sub(r'{"start": \1, "end": \2, "rule": \3}', written) + "\n")
    shown = json.loads(block("json"))
    assert shown == json.loads(output)
    assert len(Record.model_validate(shown).meetings) == 1


def test_make_run_is_shown_as_it_was(regenerate: bool) -> None:
    if regenerate:
        done = subprocess.run(["make", "run"], capture_output=True, text=True, check=True)
        summary = [line.rstrip() for line in done.stderr.splitlines() if re.match(r"\d+ articles", line)]
        table = [line.rstrip() for line in done.stdout.splitlines() if line.strip()]
        first = next(number for number, line in enumerate(table) if line.startswith(" 005-china"))
        head = next(number for number, line in enumerate(table) if line.startswith(" article"))
        shown = [*summary, *table[head : head + 2], "...", *table[first : first + 7], "..."]
        replace_block(README, "$ make run\n", "".join(f"{line}\n" for line in shown))
    assert re.search(r"\$ make run\n\d+ articles, \d+ meetings, 0 errors", README.read_text(encoding="utf-8"))


def test_the_python_example_runs() -> None:
    example = doctest.DocTestParser().get_doctest(block("python"), {}, "README.md", str(README), 0)
    assert doctest.DocTestRunner().run(example) == (0, len(example.examples))


def test_the_topic_shown_is_new_and_of_a_known_area(tmp_path: Path) -> None:
    path = tmp_path / "topic.yaml"
    path.write_text(block("yaml"), encoding="utf-8")
    (topic,) = read_source(path).value
    known = read_source(ROOT / "rules" / "shared" / "topics.yaml").value
    assert topic["area"] in known["areas"]
    assert topic["id"] not in {each["id"] for each in known["topics"]}
    assert topic["names"].keys() <= {"en", "ar"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
