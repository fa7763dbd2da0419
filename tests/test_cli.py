"""The command line: help, exit status, and what goes to which stream."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from extract.cli import build_parser, main
from extract.rulebook.location import default_rules

TRUTH = {
    "id": "a",
    "language": "en",
    "meetings": [
        {
            "kind": "meeting",
            "status": "held",
            "date": "2025-05-12",
            "venue": {"city": "Lisbon", "country": "PT"},
            "participants": [{"name": "Ana Rui", "position": "minister", "country": "PT"}],
            "topics": [],
            "agreed_actions": [],
            "proposed_actions": [],
        }
    ],
}
EVIDENCE = {"start": 0, "end": 3, "rule": "xx.test.rule"}
RECORD: dict[str, Any] = {
    "schema": "meeting-record/1",
    "article": {"id": "a", "source": None, "title": None, "language": "en", "published": None, "sha256": "0" * 64},
    "meetings": [
        {
            "id": "a#1",
            "prominence": "main",
            "kind": "meeting",
            "status": "held",
            "date": {"text": "Mon", "timex": "2025-05-12", "start": None, "end": None, "evidence": EVIDENCE},
            "venue": {"text": "L", "name": None, "city": "Lisbon", "country": "PT", "mode": None, "evidence": EVIDENCE},
            "participants": [
                {
                    "name": "Ana Rui",
                    "type": "person",
                    "country": "PT",
                    "roles": [{"title": "mayor", "position": "mayor", "organization": None, "country": "PT"}],
                }
            ],
            "topics": [],
            "agreed_actions": [{"text": "build a bridge"}],
            "proposed_actions": [],
        }
    ],
    "diagnostics": [],
}


def _verbs(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> dict[tuple[str, ...], argparse.ArgumentParser]:
    found = {path: parser}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                found |= _verbs(verb, (*path, name))
    return found


VERBS = _verbs(build_parser())


def _write_lines(path: Path, *values: object) -> str:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return _write_lines(tmp_path / "truth.jsonl", TRUTH), _write_lines(tmp_path / "records.jsonl", RECORD)


@pytest.mark.parametrize("path", VERBS, ids=lambda path: " ".join(path) or "extract")
def test_help_ends_with_one_example(path: tuple[str, ...]) -> None:
    *_, title, example = VERBS[path].format_help().rstrip().splitlines()
    assert title == "Example:"
    assert example.startswith("  extract ")


@pytest.mark.parametrize("path", VERBS, ids=lambda path: " ".join(path) or "extract")
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    actions = (action for action in VERBS[path]._actions if not isinstance(action, argparse._SubParsersAction))
    assert [action.dest for action in actions if not action.help] == []


@pytest.mark.parametrize("arguments", [[], ["fly"], ["evaluate"], ["schema", "car"], ["table"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_missing_file_is_status_2_and_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["table", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_help_comes_at_once(root: Path) -> None:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "extract", "--help"], check=True, capture_output=True)
    assert time.perf_counter() - begin < 0.5


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("extract 0.")


def test_evaluate_prints_one_line_a_field(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("en: 1 articles, overall")
    assert next(line.split() for line in lines if "role_position" in line) == [
        "role_position",
        "0.0",
        "0.0",
        "0.0",
        "1",
    ]


def test_evaluate_lists_misses_on_standard_error(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["evaluate", *files, "--misses"])
    assert "a\trole_position\twrong\tAna Rui: minister\tmayor" in capsys.readouterr().err.splitlines()


def test_evaluate_as_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["evaluate", *files, "--json"])
    figures = json.loads(capsys.readouterr().out)["en"]
    assert figures["fields"]["participants"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0, "count": 1}


def test_truth_may_be_a_folder(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "truth" / "en"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(json.dumps(TRUTH, indent=2), encoding="utf-8")
    main(["evaluate", files[0], files[1]])
    from_lines = capsys.readouterr().out
    main(["evaluate", str(tmp_path / "truth"), files[1]])
    assert capsys.readouterr().out == from_lines


def test_a_broken_record_line_is_named(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with Path(files[1]).open("a", encoding="utf-8") as lines:
        lines.write("{oops\n")
    assert main(["evaluate", *files]) == 1
    assert "records.jsonl:2: no JSON" in capsys.readouterr().err


def test_the_table_shows_who_where_when_and_what(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", files[1]]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "Ana" in line)
    for cell in ("a", "meeting, held", "Ana Rui (mayor, PT)", "Lisbon, PT", "2025-05-12", "build a bridge"):
        assert cell in row


def test_an_article_without_meeting_has_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["table", _write_lines(tmp_path / "records.jsonl", {**RECORD, "meetings": []})])
    assert "none" in capsys.readouterr().out


@pytest.mark.parametrize(("of", "needs"), [("record", "article"), ("rules", "about")])
def test_schema_prints_a_json_schema(of: str, needs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", of]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert needs in schema["required"]


ARTICLE = {"id": "a", "language": "en", "published": "2025-05-13", "text": "It rained in Lisbon on Monday. Nobody met."}


def test_run_writes_one_record_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    articles = _write_lines(tmp_path / "articles.jsonl", ARTICLE, {**ARTICLE, "id": "b"})
    assert main(["run", articles, "-o", str(out), "--workers", "0"]) == 0
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["article"]["id"] for record in records] == ["a", "b"]
    assert records[0]["meetings"] == []
    assert capsys.readouterr().out == ""


def test_run_goes_on_after_a_bad_line_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = _write_lines(tmp_path / "articles.jsonl", {"id": "x"}, ARTICLE)
    errors = tmp_path / "errors.jsonl"
    options = ["-o", str(tmp_path / "out.jsonl"), "--errors", str(errors), "--workers", "0"]
    assert main(["run", articles, *options]) == 1
    (error,) = (json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines())
    assert (error["kind"], error["line"]) == ("missing-text", 1)


@pytest.fixture
def broken_rules(tmp_path: Path) -> Path:
    """The shipped rules with one wrong line in a file of triggers."""
    rules = tmp_path / "rules"
    shutil.copytree(default_rules(), rules)
    with (rules / "en" / "triggers.yaml").open("a", encoding="utf-8") as lines:
        lines.write("\nrules: [\n")
    return rules


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_wrong_rule_file_stops_the_job_and_is_named(
    workers: str, broken_rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = _write_lines(tmp_path / "articles.jsonl", ARTICLE)
    assert main(["run", articles, "--rules", str(broken_rules), "--workers", workers]) == 2
    streams = capsys.readouterr()
    assert re.search(r"rules/en/triggers\.yaml:\d+:\d+: ", streams.err)
    assert streams.out == ""


def test_the_doctor_finds_the_wrong_rule_file(broken_rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--rules", str(broken_rules)]) == 1
    assert re.search(r"BAD en +rules/en/triggers\.yaml:\d+:\d+: ", capsys.readouterr().out)


def test_the_doctor_is_content_with_this_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("all well")


def test_times_writes_one_line_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["times", _write_lines(tmp_path / "articles.jsonl", ARTICLE)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line == {
        "article": {"id": "a"},
        "times": [{"start": 23, "end": 29, "text": "Monday", "type": "DATE", "value": "2025-05-12"}],
    }


def test_times_goes_on_after_a_bad_line_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = _write_lines(tmp_path / "articles.jsonl", {"id": "x"}, {**ARTICLE, "language": "eo"}, ARTICLE)
    assert main(["times", articles]) == 1
    streams = capsys.readouterr()
    assert len(streams.out.splitlines()) == 1
    assert [line.split(": ")[1] for line in streams.err.splitlines()] == ["missing-text", "bad-language"]
