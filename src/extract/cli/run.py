"""`extract run`: articles in, one record a line out."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.verb import Verbs, add_inputs, add_reading, add_verb

if TYPE_CHECKING:
    from extract.pipeline import Pipeline


def add_run(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "run",
        "read articles and write one record a line, in input order",
        "extract run corpus/ -o out/meetings.jsonl --errors out/errors.jsonl",
        run,
    )
    add_inputs(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write records here (default: standard output)")
    parser.add_argument("--errors", metavar="FILE", help="write one line here for each article that failed")
    add_reading(parser)
    parser.add_argument(
        "--workers", metavar="N", type=int, help="processes to use; 0: only this one (default: one a core)"
    )
    parser.add_argument("--resume", action="store_true", help="go on where an interrupted job stopped")
    parser.add_argument("--keep-text", action="store_true", help="put the article's text into its record")
    parser.add_argument(
        "--per", choices=("article", "meeting"), default="article", help="what one line of output holds"
    )
    parser.add_argument(
        "--max-chars", metavar="N", type=int, default=1_000_000, help="refuse longer articles (1000000)"
    )
    parser.add_argument(
        "--time-limit", metavar="SECONDS", type=float, default=60.0, help="give up on slower articles; 0: never (60)"
    )
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="ray: many machines; -o and --errors name folders"
    )
    parser.add_argument("--address", metavar="ADDRESS", help="the Ray cluster (default: one started on this machine)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")
    parser.add_argument("--stats", metavar="FILE", type=Path, help="write the summary of the job here, as JSON")


def run(options: argparse.Namespace) -> int:
    """Run the job; its exit status says whether some articles failed."""
    # No search for garbage while libraries and rules load: there is none, and it takes a tenth of a second.
    gc.disable()
    from extract.batch import RunOptions, UsageError, run
    from extract.batch.loading import load_all

    def load(rules: Path | Sequence[Path] | None = None) -> Pipeline:
        pipeline = load_all(rules)
        gc.enable()
        return pipeline

    given = {field.name: getattr(options, field.name) for field in fields(RunOptions)}
    given["inputs"] = tuple(options.inputs)
    given["rules"] = tuple(options.rules) if options.rules else None
    given["time_limit"] = options.time_limit or None
    if options.engine == "ray":
        return _run_on_ray(options, given)
    for name in ("output", "errors"):
        given[name] = Path(given[name]) if given[name] else None
    try:
        return run(RunOptions(**given), load=load).exit_status
    except UsageError as error:
        print(f"extract run: {error}", file=sys.stderr)
        return 2


def _run_on_ray(options: argparse.Namespace, given: dict[str, Any]) -> int:
    from extract.batch import RunOptions, UsageError
    from extract.batch.cluster import run_on_ray

    gc.enable()
    try:
        if not options.output:
            raise UsageError("the engine ray writes to a folder: name one with -o")
        job = RunOptions(**{**given, "output": None, "errors": None, "resume": options.resume})
        return run_on_ray(job, options.output, options.errors, options.address).exit_status
    except UsageError as error:
        print(f"extract run: {error}", file=sys.stderr)
        return 2
