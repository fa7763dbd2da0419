"""`extract times`: only the time expressions, one line an article."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.verb import Verbs, add_inputs, add_reading, add_verb

if TYPE_CHECKING:
    from extract.readers import BadInput


def add_times(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "times",
        "find only the time expressions, with type and value as in TIMEX3, one line an article",
        "extract times corpus/ -o out/times.jsonl",
        times,
    )
    add_inputs(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here (default: standard output)")
    add_reading(parser)


def times(options: argparse.Namespace) -> int:
    """Write one line an article; what cannot be read is told on standard error and makes the status 1."""
    from extract.readers import BadInput

    status = 0
    with _open(options.output) as output:
        for line in _find_times(options):
            if isinstance(line, BadInput):
                status = 1
                place = line.input if line.line is None else f"{line.input}:{line.line}"
                print(f"{place}: {line.kind}: {line.message}", file=sys.stderr)
            else:
                print(json.dumps(line, ensure_ascii=False), file=output)
    return status


def _open(path: Path | None) -> Any:
    if path is None or str(path) == "-":
        return nullcontext(sys.stdout)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("w", encoding="utf-8", newline="\n")


def _find_times(options: argparse.Namespace) -> Iterator[Mapping[str, Any] | BadInput]:
    from extract.language import detect_language
    from extract.mentions.times import time_line
    from extract.pipeline import load_pipeline
    from extract.readers import BadInput, read_articles

    pipeline = load_pipeline(options.rules).load_all()
    for article in read_articles(options.inputs, published=options.published, language=options.language):
        if isinstance(article, BadInput):
            yield article
            continue
        code = article.language or detect_language(article.text, article.title)
        if code in pipeline.languages:
            language = pipeline.language(str(code))
            yield time_line(article, language.book, language.tokenize)
        else:
            yield BadInput(article.source or article.id, "bad-language", f"no rules for language {code or 'unknown'}")
