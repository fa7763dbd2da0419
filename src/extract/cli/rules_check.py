"""`extract rules check`: the faults of rule files and the outcomes of examples, for people, machines and GitHub."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.verb import Verbs, add_rules, add_verb

if TYPE_CHECKING:
    from extract.errors import Problem
    from extract.workshop.check import Report
    from extract.workshop.examples import Result


def add_check(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "check",
        "look for every fault in the rule files and run every rule's own examples",
        "extract rules check --format github",
        check,
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="report only these rule files")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print (text)")
    add_rules(parser)


def check(options: argparse.Namespace) -> int:
    """Print what is wrong; status 1 where there is a fault or an example failed."""
    from extract.workshop.check import check_rules

    for file in options.files:
        file.resolve(strict=True)
    beside = [options.files[0].resolve().parent.parent] if options.files else None
    report = check_rules(options.rules or beside, options.files)
    write: dict[str, Callable[[Report], Iterator[str]]] = {"text": _as_text, "json": _as_json, "github": _as_github}
    for line in write[options.format](report):
        print(line)
    print(_summary(report), file=sys.stderr)
    if options.files and all(file.resolve().parent.name == "shared" for file in options.files):
        print("no examples are run for shared files: extract rules check runs all of them", file=sys.stderr)
    return 0 if report.sound else 1


def _summary(report: Report) -> str:
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items()))
    return (
        f"{report.rules} rules, {len(report.faults)} faults, {len(report.notices)} notices; examples: {outcomes or 0}"
    )


def _spoken(result: Result) -> str:
    return f'{result.example.rule}: {result.reason}, in "{result.example.text}"'


def _worth_saying(report: Report) -> list[Result]:
    return [result for result in report.results if result.failed or result.outcome == "todo-now-passing"]


def _as_text(report: Report) -> Iterator[str]:
    yield from map(str, report.problems)
    for result in _worth_saying(report):
        at = result.example
        yield f"{at.file}:{at.line}:{at.column}: {result.outcome}: {_spoken(result)}"


def _as_json(report: Report) -> Iterator[str]:
    faults = set(report.faults)
    value = {
        "sound": report.sound,
        "rules": report.rules,
        "outcomes": dict(sorted(report.outcomes.items())),
        "problems": [_problem(problem, problem in faults) for problem in report.problems],
        "examples": [_example(result) for result in report.results],
    }
    yield json.dumps(value, ensure_ascii=False, indent=2)


def _problem(problem: Problem, fault: bool) -> dict[str, object]:
    fields = ("file", "line", "column", "code", "message", "cure")
    return {"level": "error" if fault else "notice", **{field: getattr(problem, field) for field in fields}}


def _example(result: Result) -> dict[str, object]:
    fields = ("rule", "field", "text", "file", "line", "column")
    example = {field: getattr(result.example, field) for field in fields}
    return {**example, "outcome": result.outcome, "found": list(result.found), "reason": result.reason}


def _as_github(report: Report) -> Iterator[str]:
    """Workflow commands that GitHub shows beside the lines of a pull request."""
    faults = set(report.faults)
    for each in report.problems:
        cure = f" ({each.cure})" if each.cure else ""
        level = "error" if each in faults else "notice"
        yield _command(level, each.file, each.line, each.column, each.code, each.message + cure)
    for result in _worth_saying(report):
        at = result.example
        level = "error" if result.failed else "notice"
        yield _command(level, at.file, at.line, at.column, result.outcome, _spoken(result))


def _command(level: str, file: str, line: int, column: int, title: str, message: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, code)
    return f"::{level} file={file},line={line},col={column},title={title}::{message}"
