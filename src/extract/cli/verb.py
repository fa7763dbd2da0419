"""What the verbs have in common: how one is added, and the options that several take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.rulebook.layers import Layers

    # argparse has no public name for what add_subparsers returns.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Verbs = object

Run = Callable[[argparse.Namespace], int]


def add_verb(verbs: Verbs, name: str, does: str, example: str, run: Run) -> argparse.ArgumentParser:
    """A parser for one verb; its help ends with the example."""
    parser = verbs.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"Example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_inputs(parser: argparse.ArgumentParser, count: str | None = "+") -> None:
    """The articles to read."""
    parser.add_argument(
        "inputs" if count else "input",
        metavar="INPUT",
        nargs=count,
        help="a file (text, HTML, JSON, JSONL, Parquet), a folder, a glob, or - for standard input",
    )


def add_reading(parser: argparse.ArgumentParser) -> None:
    """How articles are read, and with which rules."""
    parser.add_argument("--published", metavar="DATE", type=iso_date, help="publication date of inputs that carry none")
    parser.add_argument("--language", metavar="CODE", help="language of inputs that carry none (otherwise detected)")
    add_rules(parser)


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Which rules."""
    told = "a rule folder in place of the shipped one; given again, one laid over it (`shipped` names the shipped one)"
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", help=told)


def rule_folders(options: argparse.Namespace) -> Layers:
    """The rule folders that were asked for, else the shipped one."""
    from extract.rulebook.layers import open_layers

    return open_layers(options.rules)


def iso_date(text: str) -> date:
    """A date as YYYY-MM-DD, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date (YYYY-MM-DD)") from None
