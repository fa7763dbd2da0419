"""The command `extract`: its verbs, its exit status, and the only code that prints.

Exit status: 0 all well; 1 the job ran and some articles or checks failed; 2 wrong usage or a wrong rule file, nothing
was run; 130 interrupted. Every verb imports what it needs when it runs, so that `extract --help` needs next to nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from extract.cli import evaluate, explain, inspect, rules, run, times
from extract.cli.verb import Verbs
from extract.errors import ArticleError, RuleError

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except RuleError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return USAGE
    except ArticleError as error:
        print(f"extract: {error.kind}: {error}", file=sys.stderr)
        return FAILED
    except FileNotFoundError as error:
        print(f"extract: no such file or folder: {error.filename}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("extract: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough; a flush at exit would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command with all its verbs."""
    parser = argparse.ArgumentParser(
        prog="extract",
        description="Reads news reports of official meetings and writes validated meeting records.",
        epilog="Example:\n  extract run corpus/ -o out/meetings.jsonl",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs: Verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    run.add_run(verbs)
    times.add_times(verbs)
    explain.add_explain(verbs)
    explain.add_why(verbs)
    explain.add_why_not(verbs)
    inspect.add_table(verbs)
    evaluate.add_evaluate(verbs)
    rules.add_rule_verbs(verbs)
    inspect.add_schema(verbs)
    inspect.add_doctor(verbs)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        # Reading the installed metadata takes longer than parsing; only who asks for the version waits for it.
        from importlib.metadata import version

        print(f"extract {version('meeting-extract')}")
        parser.exit()
