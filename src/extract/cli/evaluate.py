"""`extract evaluate`: records against truth."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.verb import Verbs, add_rules, add_verb, rule_folders

if TYPE_CHECKING:
    from extract.evaluation import Evaluation


def add_evaluate(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "evaluate",
        "compare records with truth: precision, recall and F1 a field and a language",
        "extract evaluate truth/ out/meetings.jsonl --misses",
        evaluate,
    )
    parser.add_argument("truth", metavar="TRUTH", type=Path, help="JSONL, or a folder of one JSON file an article")
    parser.add_argument("records", metavar="RECORDS", type=Path, help="JSONL that `extract run` wrote")
    parser.add_argument("--language", metavar="CODE", help="only the articles that truth says are in this language")
    parser.add_argument("--misses", action="store_true", help="list every difference on standard error")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    add_rules(parser)


def evaluate(options: argparse.Namespace) -> int:
    """Print the figures, and the differences where they are asked for."""
    from extract.evaluation import evaluate, load_wordings
    from extract.readers.truth import read_records, read_truth

    wordings = load_wordings(rule_folders(options))
    truth = read_truth(options.truth)
    if options.language:
        truth = {key: article for key, article in truth.items() if article.get("language") == options.language}
    result = evaluate(truth, read_records(options.records), wordings)
    if options.misses:
        for miss in result.misses:
            print(miss.article, miss.field, miss.outcome, miss.truth, miss.record, sep="\t", file=sys.stderr)
    if result.absent:
        named = ", ".join(result.absent[:5]) + (" …" if len(result.absent) > 5 else "")
        print(f"articles without a record, counted as missed: {len(result.absent)} ({named})", file=sys.stderr)
    print(json.dumps(figures(result), ensure_ascii=False, indent=2) if options.json else format_figures(result))
    return 0


def figures(result: Evaluation) -> dict[str, object]:
    """Percentages by language and field, for machines."""
    return {
        language: {
            "articles": result.articles[language],
            "overall": _percent(result.overall(language)),
            "fields": {
                name: {
                    "precision": _percent(tally.precision),
                    "recall": _percent(tally.recall),
                    "f1": _percent(tally.f1),
                    "count": tally.count,
                }
                for name, tally in scores.items()
            },
        }
        for language, scores in result.by_language()
    }


def format_figures(result: Evaluation) -> str:
    """Percentages as lines of text, one block a language."""
    blocks = []
    for language, scores in result.by_language():
        lines = [f"{language}: {result.articles[language]} articles, overall {_percent(result.overall(language))}"]
        lines.append(f"  {'field':<24}{'precision':>10}{'recall':>8}{'F1':>8}{'count':>8}")
        for name, tally in scores.items():
            values = (_percent(tally.precision), _percent(tally.recall), _percent(tally.f1))
            lines.append(f"  {name:<24}{values[0]:>10}{values[1]:>8}{values[2]:>8}{tally.count:>8}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _percent(share: float) -> float:
    return round(100 * share, 1)
