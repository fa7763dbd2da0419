"""What a job is to do, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extract.readers import ReadOptions
from extract.writers import Per


class UsageError(ValueError):
    """Wrong usage, or a resume that is refused: nothing was run. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """One job. `output` None or `-` is standard output; `errors` None is standard error, a line an error.

    `rules` are one rule folder or several, the lowest first; None means the shipped one.
    `workers` None means one a core, 0 means in this process, without protection against crashes or time limit.
    `time_limit` is in seconds of CPU an article (five times that on the clock), None for no limit. `stats` names a JSON
    file for the summary.
    """

    inputs: tuple[str, ...]
    output: Path | None = None
    errors: Path | None = None
    published: date | None = None
    language: str | None = None
    rules: Path | tuple[Path, ...] | None = None
    workers: int | None = None
    resume: bool = False
    keep_text: bool = False
    per: Per = "article"
    quiet: bool = False
    stats: Path | None = None
    max_chars: int = 1_000_000
    time_limit: float | None = 60.0

    def read_options(self) -> ReadOptions:
        return ReadOptions(self.published, self.language, self.max_chars)


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a job, an earlier part that was resumed included.

    `articles` counts every article met, `records` those that gave a record; the others are in `errors` by kind.
    `seconds` by stage are summed over the workers, but for `total`, which the clock on the wall would show.
    `stopped` says why the job did not reach its end, None where it did.
    """

    articles: int
    records: int
    meetings: int
    errors: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    rule_hash: str = ""
    stopped: str | None = None
    exit_status: int = 0
