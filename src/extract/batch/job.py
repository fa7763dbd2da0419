"""One job from the first article to the last: read, hand to the workers, write in order, and note how far it came."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from extract.batch.checks import check_inputs, check_options
from extract.batch.interrupts import Stopper
from extract.batch.journal import Checkpoint, Journal, Survey, identify_job, open_journal, replace_file
from extract.batch.loading import load_all
from extract.batch.options import RunOptions, Summary, UsageError
from extract.batch.outcome import Outcome, Pipeline, extract_article, give_up
from extract.batch.progress import Progress, tell_end
from extract.batch.sinks import Sinks, is_regular, open_sinks, settle
from extract.readers import BadInput, RawArticle, read_raw
from extract.readers.streams import Meter
from extract.workers import Supervisor, fork_is_safe, in_batches, map_here

Item = RawArticle | BadInput
LoadPipeline = Callable[..., Pipeline]

MOST_ITEMS, MOST_BYTES = 32, 1 << 19  # in one batch for a worker
_SAVE_SECONDS = 1.0  # what a kill may cost
STAGES = ("load", "read", "decode", "extract", "write", "total")


@dataclass(slots=True)
class _Job:
    """The state of a running job.

    `digests` are those of the items read and not yet written, `digest` that of the last one written; `mark` is the
    last moment from which the job can be resumed.
    """

    options: RunOptions
    pipeline: Pipeline
    meter: Meter = field(default_factory=Meter)
    stopper: Stopper = field(default_factory=Stopper)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    digests: deque[str] = field(default_factory=deque)
    digest: str = ""
    hasher: Any = field(default_factory=lambda: hashlib.blake2b(digest_size=16))
    mark: Checkpoint = field(default_factory=Checkpoint)
    begun: float = field(default_factory=time.perf_counter)
    saved: float = field(default_factory=time.perf_counter)


def run(options: RunOptions, load: LoadPipeline | None = None) -> Summary:
    """Run one job and say what came of it; `load` loads the pipeline, `extract.pipeline.load_pipeline` unless given.

    Raises UsageError where nothing was run (wrong usage, or a resume that is refused) and RuleError for wrong rules.
    """
    options = check_options(options)
    survey = check_inputs(options)
    began = time.perf_counter()
    pipeline = (load or load_all)(rules=options.rules)
    loading = time.perf_counter() - began
    journal, start = _open_journal(options, pipeline.rule_hash, survey)
    try:
        if start.complete:
            settle(options, journal, start)
            return _finish(_resumed(options, pipeline, start), None)
        job = _resumed(options, pipeline, start)
        job.begun, job.seconds["load"] = began, loading
        return _run(job, journal, start, survey)
    finally:
        if journal:
            journal.close()


def _open_journal(options: RunOptions, rule_hash: str, survey: Survey) -> tuple[Journal | None, Checkpoint]:
    if not (options.output and is_regular(options.output)):
        return None, Checkpoint()
    journal = open_journal(options.output, identify_job(options, rule_hash, survey))
    try:
        if options.resume:
            return journal, journal.load() or Checkpoint()
        journal.remove()
    except UsageError:
        journal.close()
        raise
    return journal, Checkpoint()


def _run(job: _Job, journal: Journal | None, start: Checkpoint, survey: Survey) -> Summary:
    options = job.options
    raws = read_raw(options.inputs, options.read_options().max_bytes, job.meter)
    _skip(job, raws, start)
    progress = Progress(survey.bytes, options.quiet)
    sinks = open_sinks(options, journal, start, progress.tell)
    try:
        with job.stopper.watching():
            stopped = _go(job, sinks, raws, progress)
    finally:
        progress.close()
        sinks.close()
    return _finish(job, stopped)


def _resumed(options: RunOptions, pipeline: Pipeline, start: Checkpoint) -> _Job:
    return _Job(
        options,
        pipeline,
        counts=Counter(start.counts),
        seconds=defaultdict(float, start.seconds),
        digest=start.digest,
        mark=start,
    )


def _skip(job: _Job, raws: Iterator[Item], start: Checkpoint) -> None:
    """Pass over what the stopped job had done. Raises UsageError where it is not what that job had read."""
    for _ in range(start.items):
        item = next(raws, None)
        if item is None:
            break
        _digest(job.hasher, item)
    if start.items and job.hasher.hexdigest() != start.digest:
        raise UsageError(
            "cannot resume: the inputs are not those that the job had read. Run without --resume to start again"
        )


def _digest(hasher: Any, item: Item) -> None:
    if isinstance(item, RawArticle) and isinstance(item.payload, bytes):
        hasher.update(f"{item.input}\0{item.line}\0{item.form}\0{len(item.payload)}\0".encode())
        hasher.update(item.payload)
    else:
        hasher.update(repr(item).encode("utf-8", "backslashreplace"))


def _go(job: _Job, sinks: Sinks, raws: Iterator[Item], progress: Progress) -> str | None:
    """Work until the end, a signal or a full disk; None, or what stopped the job."""
    try:
        with closing(_outcomes(job, raws)) as batches:
            for outcomes in batches:
                started = time.perf_counter()
                for outcome in outcomes:
                    _write(job, sinks, outcome)
                _save(job, sinks)
                job.seconds["write"] += time.perf_counter() - started
                progress.update(job.meter.position(), job.counts)
        if job.stopper.asked:
            sinks.leave(job.mark)
            return "interrupted"
        sinks.end()
        sinks.finish(replace(_mark(job, sinks), complete=True))
    except OSError as error:
        # A full disk, a closed pipe: what the journal holds is whole, and a resume goes on from there.
        return f"cannot write the output: {error.strerror or error}"
    return None


def _outcomes(job: _Job, raws: Iterator[Item]) -> Generator[list[Outcome]]:
    work = partial(extract_article, pipeline=job.pipeline, options=job.options)
    batches = in_batches(_read(job, raws), size_of, MOST_ITEMS, MOST_BYTES)
    workers = job.options.workers if job.options.workers is not None else os.cpu_count() or 1
    if workers == 0 or not fork_is_safe():
        return map_here(work, batches)
    return Supervisor(work, give_up(job.options), workers, job.options.time_limit).map(batches)


def size_of(item: Item) -> int:
    """Bytes of an article as it came, as far as known."""
    return len(item.payload) if isinstance(item, RawArticle) else 0


def _read(job: _Job, raws: Iterator[Item]) -> Iterator[Item]:
    """The items, each noted in the digest, until the end or a wish to stop."""
    while True:
        started = time.perf_counter()
        item = job.stopper.next(raws)
        if item is None:
            return
        _digest(job.hasher, item)
        job.digests.append(job.hasher.hexdigest())
        job.seconds["read"] += time.perf_counter() - started
        yield item


def _write(job: _Job, sinks: Sinks, outcome: Outcome) -> None:
    """Write one outcome, count it, and mark the moment where a resume may begin after it."""
    may_resume = sinks.write(outcome)
    job.counts.update(outcome.counts())
    job.seconds["decode"] += outcome.decode
    job.seconds["extract"] += outcome.extract
    job.digest = job.digests.popleft()
    if may_resume or sinks.journal is None:
        job.mark = _mark(job, sinks)


def _mark(job: _Job, sinks: Sinks) -> Checkpoint:
    error_bytes = sinks.errors.size if sinks.errors else 0
    return Checkpoint(job.counts["articles"], job.digest, sinks.output.size, error_bytes, dict(job.counts))


def _save(job: _Job, sinks: Sinks) -> None:
    now = time.perf_counter()
    if sinks.journal is None:
        sinks.output.sync()
    elif now - job.saved >= _SAVE_SECONDS:
        sinks.save(replace(job.mark, seconds=dict(job.seconds)))
        job.saved = now


def _finish(job: _Job, stopped: str | None) -> Summary:
    total = time.perf_counter() - job.begun
    return conclude(job.options, job.counts, {**job.seconds, "total": total}, job.pipeline.rule_hash, stopped)


def conclude(
    options: RunOptions, counts: Mapping[str, int], seconds: Mapping[str, float], rule_hash: str, stopped: str | None
) -> Summary:
    """The summary of a job, told at its end and written to the stats file where one is named."""
    errors = {name.removeprefix("error:"): counts[name] for name in sorted(counts) if name.startswith("error:")}
    summary = Summary(
        articles=counts.get("articles", 0),
        records=counts.get("records", 0),
        meetings=counts.get("meetings", 0),
        errors=errors,
        seconds={name: round(seconds.get(name, 0.0), 3) for name in STAGES},
        rule_hash=rule_hash,
        stopped=stopped,
        exit_status=130 if stopped == "interrupted" else int(bool(errors or stopped)),
    )
    if options.stats:
        write_stats(summary, options.stats)
    tell_end(summary, options)
    return summary


def write_stats(summary: Summary, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, orjson.dumps(summary, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
