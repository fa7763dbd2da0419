"""`extract rules coverage`, `impact` and `watch`: what rules do on a corpus."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.verb import Verbs, add_inputs, add_reading, add_verb, rule_folders

if TYPE_CHECKING:
    from extract.article import Article
    from extract.workshop.coverage import Row
    from extract.workshop.impact import Impact


def _add_measuring(parser: argparse.ArgumentParser) -> None:
    add_inputs(parser)
    parser.add_argument("--truth", metavar="DIR", type=Path, help="truth, a JSONL file or a folder of JSON files")
    add_reading(parser)


def _articles(options: argparse.Namespace) -> list[Article]:
    from extract.workshop.bench import read_inputs

    articles, bad = read_inputs(options.inputs, published=options.published, language=options.language)
    for each in bad:
        print(f"{each.input}: {each.kind}: {each.message}", file=sys.stderr)
    return articles


def _truth(options: argparse.Namespace) -> dict[str, Any]:
    from extract.readers.truth import read_truth

    return dict(read_truth(options.truth)) if options.truth else {}


def add_coverage(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "coverage",
        "say which rules fired how often, overlapped, lost, cost how much time, and were right how often",
        "extract rules coverage corpus/en --truth truth/en",
        coverage,
    )
    _add_measuring(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def coverage(options: argparse.Namespace) -> int:
    """Print one row a rule, and the rules that never fired."""
    from extract.workshop.bench import open_bench
    from extract.workshop.coverage import measure_coverage

    articles = _articles(options)
    rows = measure_coverage(open_bench(rule_folders(options), keep_views=True), articles, _truth(options))
    if options.json:
        print(json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        for line in _table(rows):
            print(line)
    return 0


def _row(row: Row) -> dict[str, object]:
    return {
        "rule": row.rule,
        "about": row.about,
        "matches": row.matches,
        "kept": row.kept,
        "articles": row.articles,
        "milliseconds": round(1000 * row.seconds, 2),
        "time_share": round(row.share, 4),
        "overlaps": dict(row.overlaps.most_common()),
        "lost_to": dict(row.lost_to.most_common()),
        "right": row.right,
        "judged": row.judged,
        "precision": None if row.precision is None else round(row.precision, 4),
    }


def _table(rows: list[Row]) -> Iterator[str]:
    fired = [row for row in rows if row.matches]
    width = max((len(row.rule) for row in fired), default=4)
    yield f"{'rule':<{width}} {'matches':>7} {'kept':>6} {'articles':>8} {'time':>6} {'right':>9}  overlaps; lost to"
    for row in sorted(fired, key=lambda row: (-row.matches, row.rule)):
        right = f"{row.right}/{row.judged}" if row.judged else ""
        others = "; ".join(filter(None, (_others(row.overlaps), _others(row.lost_to))))
        counts = f"{row.matches:>7} {row.kept:>6} {row.articles:>8} {row.share:>6.1%} {right:>9}"
        yield f"{row.rule:<{width}} {counts}  {others}".rstrip()
    silent = [row.rule for row in rows if not row.matches]
    if silent:
        yield f"\nnever fired ({len(silent)}):"
        yield from (f"  {rule}" for rule in silent)


def _others(counts: Any) -> str:
    return ", ".join(f"{rule.partition('.')[2]} {count}" for rule, count in counts.most_common(2))


def add_impact(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "impact",
        "compare the records of these rules with those of a git revision, as Markdown",
        "extract rules impact --base main corpus/ --truth truth/ > impact.md",
        impact,
    )
    _add_measuring(parser)
    parser.add_argument("--base", metavar="REV", default="HEAD", help="the revision to compare with (HEAD)")
    parser.add_argument("--below", action="store_true", help="compare with the rules without the last --rules")


def impact(options: argparse.Namespace) -> int:
    """Print what the edit changes."""
    from extract.workshop.bench import open_bench
    from extract.workshop.impact import measure_impact
    from extract.workshop.markdown import format_impact
    from extract.workshop.revision import layers_at

    rules, articles = rule_folders(options), _articles(options)
    if options.below:
        base, name = rules.below, f"the rules below {rules.top.name}"
    else:
        base, name = layers_at(rules, options.base)
    print(format_impact(measure_impact(open_bench(base), open_bench(rules), articles, _truth(options)), name))
    return 0


def add_watch(verbs: Verbs) -> None:
    """Add the verb."""
    parser = add_verb(
        verbs,
        "watch",
        "after each save of a rule file, show what changed in the records",
        "extract rules watch corpus/en",
        watch,
    )
    add_inputs(parser)
    add_reading(parser)
    parser.add_argument("--once", action="store_true", help="stop after the first save")


def watch(options: argparse.Namespace) -> int:
    """Wait for saves until interrupted."""
    import time

    from extract.errors import RuleError
    from extract.workshop.watch import Watcher

    watcher = Watcher(rule_folders(options), _articles(options))
    watcher.start()
    print(
        f"watching {watcher.layers} with {len(watcher.articles)} articles; Ctrl-C ends it", file=sys.stderr, flush=True
    )
    while True:
        time.sleep(0.1)
        if not watcher.has_changed():
            continue
        begin = time.perf_counter()
        try:
            for line in _news(watcher.refresh()):
                print(line)
        except RuleError as error:
            for problem in error.problems:
                print(problem)
        print(f"{time.perf_counter() - begin:.2f} s", file=sys.stderr, flush=True)
        sys.stdout.flush()
        if options.once:
            return 0


def _news(impact: Impact) -> Iterator[str]:
    from extract.workshop.impact import KINDS

    counts = {kind: sum(change.kind == kind for change in impact.changes) for kind in KINDS}
    yield ", ".join(f"{count} {kind}" for kind, count in counts.items())
    for change in impact.changes:
        before = f"{change.before.text} -> " if change.before and change.after else ""
        value = change.value
        yield f"  {change.kind:<8}{value.article} {value.field}: {before}{value.text}  [{', '.join(change.rules)}]"
