"""What a job says while it runs: a bar on a terminal, a line a minute elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.batch.journal import part_path
from extract.batch.options import RunOptions, Summary

_LINE_SECONDS, _BAR_SECONDS = 60.0, 0.25


@dataclass(slots=True)
class Progress:
    """Writes to standard error; `total` is the size of the inputs in bytes, 0 where unknown."""

    total: int
    quiet: bool
    _begun: float = field(default_factory=time.perf_counter)
    _told: float = field(default_factory=time.perf_counter)
    _bar: Any = None
    _task: Any = None
    _first: int | None = None

    def __post_init__(self) -> None:
        if not self.quiet and sys.stderr.isatty():
            self._bar, self._task = _start_bar(self.total)

    def update(self, position: int, counts: Mapping[str, int]) -> None:
        """`position` in bytes of the inputs; called often, shows itself seldom."""
        now = time.perf_counter()
        if self._first is None:
            self._first = counts["articles"]
        if self.quiet or now - self._told < (_BAR_SECONDS if self._bar else _LINE_SECONDS):
            return
        self._told = now
        rate = (counts["articles"] - self._first) / max(now - self._begun, 1e-9)
        if self._bar:
            shown = {"completed": position} if self.total else {}
            self._bar.update(self._task, **shown, description=_describe(counts, rate), refresh=True)
        else:
            left = (now - self._begun) * (self.total - position) / position if self.total and position else None
            sys.stderr.write(f"{_describe(counts, rate)}{_describe_left(left)}\n")
            sys.stderr.flush()

    def tell(self, line: str) -> None:
        """One line for people, above the bar."""
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(f"{line}\n")

    def close(self) -> None:
        if self._bar:
            self._bar.stop()


def tell_end(summary: Summary, options: RunOptions) -> None:
    """What came of the job, on standard error: why it stopped always, the figures unless asked to be quiet."""
    if summary.stopped:
        cure = "; --resume goes on from here" if options.output and part_path(options.output).exists() else ""
        sys.stderr.write(f"extract: {summary.stopped}{cure}\n")
    if options.quiet:
        return
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in summary.errors.items())
    rate = summary.articles / max(summary.seconds["total"], 1e-9)
    sys.stderr.write(
        f"{summary.articles:,} articles, {summary.meetings:,} meetings, {sum(summary.errors.values()):,} errors"
        f"{f' ({kinds})' if kinds else ''} in {summary.seconds['total']:,.1f} s ({rate:,.0f}/s)\n"
    )


def _describe(counts: Mapping[str, int], rate: float) -> str:
    errors = counts["articles"] - counts["records"]
    return f"{counts['articles']:,} articles, {rate:,.0f}/s, {counts['meetings']:,} meetings, {errors:,} errors"


def _describe_left(seconds: float | None) -> str:
    return "" if seconds is None else f", {seconds / 60:,.0f} min left"


def _start_bar(total: int) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = [BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), TimeRemainingColumn()]
    # No refreshing thread: a process with threads had better not fork.
    bar = Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    bar.start()
    return bar, bar.add_task("", total=total or None)
