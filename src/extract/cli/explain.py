"""`extract explain`, `why` and `why-not`: what a record rests on, and what stopped what it lacks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.verb import Verbs, add_inputs, add_reading, add_verb

if TYPE_CHECKING:
    from rich.text import Text

    from extract.article import Article
    from extract.pipeline import Pipeline

_WIDTH = 10_000  # characters, where the output is no terminal: lines are never folded


def add_explain(verbs: Verbs) -> None:
    """Add the verb `explain`."""
    does = "show for every value of an article's record the words, the rule and its file and line"
    parser = add_verb(
        verbs, "explain", does, "extract explain corpus/en/005-china-serbia-speaker.json --html out/005.html", explain
    )
    _add_article(parser)
    parser.add_argument("--html", metavar="FILE", type=Path, help="write one self-contained page instead")


def _add_article(parser: argparse.ArgumentParser) -> None:
    add_inputs(parser, None)
    parser.add_argument("--id", help="which article, where the input holds several (default: the first)")
    add_reading(parser)


def explain(options: argparse.Namespace) -> int:
    """Print the explanation, or write the page."""
    from extract.explain import explain, render, write_page

    pipeline, article = _load(options)
    explanation = explain(pipeline, pipeline.analyze(article))
    if options.html is None:
        _print(render(explanation))
        return 0
    options.html.parent.mkdir(parents=True, exist_ok=True)
    options.html.write_text(write_page(explanation), encoding="utf-8", newline="\n")
    print(f"wrote {options.html}", file=sys.stderr)
    return 0


def _load(options: argparse.Namespace) -> tuple[Pipeline, Article]:
    from extract.pipeline import load_pipeline

    article = _read_one(options)
    return load_pipeline(options.rules), article


def _read_one(options: argparse.Namespace) -> Article:
    """The article asked for; raises ArticleError where it cannot be read or is not there."""
    from extract.errors import ArticleError
    from extract.readers import BadInput, read_articles

    for article in read_articles([options.input], published=options.published, language=options.language):
        if isinstance(article, BadInput):
            if options.id is None:
                raise ArticleError(article.kind, f"{article.input}: {article.message}")
        elif options.id in (None, article.id):
            return article
    wanted = f"no article {options.id!r} in {options.input}" if options.id else f"no article in {options.input}"
    raise ArticleError("not-found", wanted)


def _print(lines: Iterable[Text]) -> None:
    from rich.console import Console

    from extract.values.shown import show

    console = Console(file=sys.stdout, markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    for line in lines:
        line.plain = show(line.plain)  # as long as before, so that the styles stay where they are
        console.print(line, soft_wrap=True)


def add_why(verbs: Verbs) -> None:
    """Add the verb `why`."""
    does = "show the chain of rules behind a value of an article's record"
    parser = add_verb(
        verbs, "why", does, "extract why corpus/en/005-china-serbia-speaker.json meetings.0.venue.city", why
    )
    _add_article(parser)
    parser.add_argument("field", metavar="FIELD", help="such as meetings.0.venue.city, date, participants")


def why(options: argparse.Namespace) -> int:
    """Print the chain; status 1 where the record has no such value."""
    from extract.explain import why
    from extract.values.shown import show

    pipeline, article = _load(options)
    steps = why(pipeline, pipeline.analyze(article), options.field)
    for step in steps:
        print(show(f"{'  ' * step.depth}{step.says}{_place(step.rule, step.where)}"))
    if not steps:
        print(f"extract why: the record has no value at {options.field}; try extract why-not", file=sys.stderr)
    return 0 if steps else 1


def add_why_not(verbs: Verbs) -> None:
    """Add the verb `why-not`."""
    does = "say what stopped a value that an article's record should have"
    example = "extract why-not corpus/en/005-china-serbia-speaker.json --field venue --value Belgrade"
    parser = add_verb(verbs, "why-not", does, example, why_not)
    _add_article(parser)
    parser.add_argument("--field", required=True, help="such as participants, date, venue, topics, meetings.0.status")
    parser.add_argument("--value", required=True, help="the missing value, as the article words it")
    parser.add_argument("--rule", metavar="ID", default="", help="ask only how far this rule got")


def why_not(options: argparse.Namespace) -> int:
    """Print what was found, the likeliest cause first; status 1 where the value is in the record."""
    from extract.explain import FieldError, why_not
    from extract.values.shown import show

    pipeline, article = _load(options)
    try:
        findings = why_not(pipeline, article, options.field, options.value, options.rule)
    except FieldError as error:
        print(f"extract why-not: {error}", file=sys.stderr)
        return 2
    for finding in findings:
        print(show(f"{finding.code}: {finding.says}{_place(finding.rule, finding.where)}"))
    if not findings:
        print("extract why-not: nothing stopped it that this command knows of", file=sys.stderr)
    return 1 if any(finding.code == "present" for finding in findings) else 0


def _place(rule: str, where: str) -> str:
    named = ", ".join(part for part in (rule, where) if part)
    return f"  [{named}]" if named else ""
