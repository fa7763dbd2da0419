"""`extract run`: articles in, one record a line out."""

from __future__ import annotations

import argparse
from pathlib import Path

from extract.cli.verb import Verbs, add_inputs, add_reading, add_verb


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
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write records here (default: standard output)"
    )
    parser.add_argument("--errors", metavar="FILE", type=Path, help="write one line here for each article that failed")
    add_reading(parser)
    parser.add_argument("--workers", metavar="N", type=int, default=1, help="processes to use (default: 1)")
    parser.add_argument("--resume", action="store_true", help="go on where an interrupted job stopped")
    parser.add_argument("--keep-text", action="store_true", help="put the article's text into its record")
    parser.add_argument(
        "--per", choices=("article", "meeting"), default="article", help="what one line of output holds"
    )
    parser.add_argument("--max-chars", metavar="N", type=int, default=1_000_000, help="refuse longer articles")
    parser.add_argument("--time-limit", metavar="SECONDS", type=float, default=60.0, help="give up on slower articles")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")
    parser.add_argument("--stats", action="store_true", help="print where the time went")


def run(options: argparse.Namespace) -> int:
    """Run the job; its exit status says whether some articles failed."""
    from extract.batch import RunOptions, run

    summary = run(
        RunOptions(
            inputs=tuple(options.inputs),
            output=options.output,
            errors=options.errors,
            published=options.published,
            language=options.language,
            rules=options.rules,
            workers=options.workers,
            resume=options.resume,
            keep_text=options.keep_text,
            per=options.per,
            quiet=options.quiet,
            stats=options.stats,
            max_chars=options.max_chars,
            time_limit=options.time_limit,
        )
    )
    return summary.exit_status
