"""`extract table`, `extract schema`, `extract doctor`: what is there, for people and for editors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.cli.verb import Verbs, add_rules, add_verb

_WIDTH = 160  # characters, where the output is no terminal: the same on every machine
Json = Mapping[str, Any]


def add_table(verbs: Verbs) -> None:
    """Add the verb `table`."""
    parser = add_verb(verbs, "table", "show records as a table", "extract table out/meetings.jsonl", print_table)
    parser.add_argument("records", metavar="RECORDS", type=Path, help="JSONL that `extract run` wrote")


def print_table(options: argparse.Namespace) -> int:
    """Print one row a meeting: article, meeting, who, where, when, what agreed."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from extract.readers.truth import read_records
    from extract.values.shown import show

    table = Table(box=box.SIMPLE_HEAD, leading=1, pad_edge=False)
    for heading, ratio in (("article", 4), ("meeting", 2), ("who", 7), ("where", 3), ("when", 2), ("agreed", 5)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for article, record in read_records(options.records).items():
        for meeting in record["meetings"]:
            table.add_row(*map(show, (article, *_cells(meeting))))
        if not record["meetings"]:
            table.add_row(show(article), "none")
    console = Console(file=sys.stdout, markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    console.print(table)
    return 0


def _cells(meeting: Json) -> tuple[str, str, str, str, str]:
    date, venue = meeting["date"] or {}, meeting["venue"] or {}
    places = (venue.get("name"), venue.get("city"), venue.get("country"))
    kind = f"{meeting['kind']}, {meeting['status']}"
    return (
        kind if meeting["prominence"] == "main" else f"{kind} ({meeting['prominence']})",
        "\n".join(_who(participant) for participant in meeting["participants"]),
        ", ".join(place for place in places if place),
        _when(date),
        "\n".join(f"{action['text']}" for action in meeting["agreed_actions"]),
    )


def _who(participant: Json) -> str:
    positions = [role["position"] for role in participant["roles"][:1]]
    details = ", ".join([*positions, *([participant["country"]] if participant["country"] else [])])
    return f"{participant['name']} ({details})" if details else str(participant["name"])


def _when(date: Json) -> str:
    start, end = date.get("start"), date.get("end")
    if start and start != end:
        return f"{start} to {end}"
    return str(date.get("timex") or "")


def add_schema(verbs: Verbs) -> None:
    """Add the verb `schema`."""
    parser = add_verb(
        verbs,
        "schema",
        "print the JSON Schema of a record, or of a rule file (for editors)",
        "extract schema record > meeting-record.schema.json",
        print_schema,
    )
    parser.add_argument("of", nargs="?", choices=("record", "rules"), default="record", help="which (default: record)")


def print_schema(options: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    from extract.rulebook.model import RuleFile
    from extract.schema import Record

    schemas = {
        "record": lambda: Record.model_json_schema(mode="serialization"),
        "rules": lambda: RuleFile.model_json_schema(),
    }
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    print(json.dumps(dialect | schemas[options.of](), ensure_ascii=False, indent=2))
    return 0


def add_doctor(verbs: Verbs) -> None:
    """Add the verb `doctor`."""
    does = "say what is installed, which languages and rules load, and read one article through all stages"
    parser = add_verb(verbs, "doctor", does, "extract doctor", print_diagnosis)
    add_rules(parser)


def print_diagnosis(options: argparse.Namespace) -> int:
    """Print every finding; status 1 where something needed is missing or wrong."""
    from extract.doctor import diagnose

    diagnosis = diagnose(options.rules)
    for heading, findings in diagnosis.findings.items():
        print(heading)
        for finding in findings:
            took = f"  ({finding.seconds:.2f} s)" if finding.seconds is not None else ""
            print(f"  {'ok ' if finding.fine else 'BAD'} {finding.subject:<18}{finding.details}{took}")
    print("all well" if diagnosis.fine else "something is wrong: see BAD above")
    return 0 if diagnosis.fine else 1
