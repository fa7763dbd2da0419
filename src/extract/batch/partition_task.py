"""One partition from its articles to the files that it leaves; done by a task that keeps nothing for the next."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.batch.job import MOST_BYTES, MOST_ITEMS, size_of
from extract.batch.journal import own_version
from extract.batch.loading import load_all
from extract.batch.options import RunOptions, UsageError
from extract.batch.outcome import Outcome, Pipeline, extract_article, give_up
from extract.batch.partitions import WORK, Folder, Partition
from extract.readers import BadInput, RawArticle
from extract.rulebook.layers import Layers
from extract.rulebook.store import cache_folder, is_writable
from extract.workers import Supervisor, in_batches
from extract.writers import PartFile, packing_of

if TYPE_CHECKING:
    from extract.pipeline import Pipeline as Loaded


@dataclass(frozen=True, slots=True)
class Task:
    """What all partitions of a job have in common; `ending` is that of the output, `errors` the folder of errors."""

    options: RunOptions
    folder: Folder
    errors: Folder
    ending: str
    version: str
    rule_hash: str


def run_partition(partition: Partition, task: Task, pipeline: Pipeline) -> dict[str, Any]:
    """Do a partition, unless it was done before; returns what came of it. Its files are there when its mark is."""
    mark = f"{WORK}/{partition.name}.json"
    if task.folder.holds(mark):
        return task.folder.read(mark)  # type: ignore[no-any-return]
    with tempfile.TemporaryDirectory() as scratch:
        counts = _work_into(Path(scratch), partition, task, pipeline)
        _hand_in(Path(scratch), partition, task)
    task.folder.write(mark, counts)
    return counts


def _work_into(scratch: Path, partition: Partition, task: Task, pipeline: Pipeline) -> dict[str, Any]:
    options, counts = task.options, Counter[str]()
    seconds = {"decode": 0.0, "extract": 0.0}
    output = PartFile(scratch / "output", packing_of(Path(f"x{task.ending}")))
    errors = PartFile(scratch / "errors")
    items = (item for piece in partition.pieces for item in piece.read(options.read_options().max_bytes))
    work = partial(extract_article, pipeline=pipeline, options=options)
    # A worker of its own: whatever kills or outlasts it is one article's error, not the end of the task.
    supervisor: Supervisor[RawArticle | BadInput, Outcome] = Supervisor(work, give_up(options), 1, options.time_limit)
    for outcomes in supervisor.map(in_batches(items, size_of, MOST_ITEMS, MOST_BYTES)):
        for outcome in outcomes:
            (errors.write(outcome.error) if outcome.kind else output.write(outcome.lines))
            output.end_item()
            counts.update(outcome.counts())
            seconds["decode"] += outcome.decode
            seconds["extract"] += outcome.extract
    for part in (output, errors):
        part.finish()
        part.close()
    return {"name": partition.name, "counts": dict(sorted(counts.items())), "seconds": seconds}


def _hand_in(scratch: Path, partition: Partition, task: Task) -> None:
    output = scratch / "output"
    if task.ending == ".parquet":
        from extract.writers.parquet import write_parquet

        write_parquet(output, scratch / "parquet")
        output = scratch / "parquet"
    task.folder.put(output, f"{partition.name}{task.ending}")
    if (scratch / "errors").stat().st_size:
        task.errors.put(scratch / "errors", f"{partition.name}.jsonl")


def pack_rules(rules: Layers) -> dict[str, bytes]:
    """Rule folders, to be taken to other machines, each under its number and name."""
    packed = {}
    for number, folder in enumerate(rules.folders):
        for path in (path for path in sorted(folder.rglob("*")) if path.is_file()):
            packed[f"{number:03}/{folder.name}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return packed


_LOADED: dict[str, Loaded] = {}


def load_rules(task: Task, fetch: Callable[[], Mapping[str, bytes]]) -> Loaded:
    """The pipeline over the rules of the job, loaded once in a process; `fetch` gets them from where the job began.

    Raises UsageError where this machine has another version of the program.
    """
    if own_version() != task.version:
        raise UsageError(f"this machine has version {own_version()} of extract, the job was begun by {task.version}")
    if task.rule_hash not in _LOADED:
        _LOADED[task.rule_hash] = _load_own(task) or _load_packed(task, fetch())
    return _LOADED[task.rule_hash]


def _load_own(task: Task) -> Loaded | None:
    """The rules that are installed here, where they are those of the job: what was compiled of them is used."""
    from extract.pipeline import load_pipeline

    return load_all() if load_pipeline().rule_hash == task.rule_hash else None


def _load_packed(task: Task, packed: Mapping[str, bytes]) -> Loaded:
    """The rules that were sent, laid where another process finds them again, and what was compiled of them."""
    from extract.pipeline import load_pipeline

    kept = cache_folder()
    folder = kept / "sent" / task.rule_hash[:24] if kept and is_writable() else Path(tempfile.mkdtemp())
    if not _laid(folder) or load_pipeline(_laid(folder)).rule_hash != task.rule_hash:
        _lay(folder, packed)
    return load_all(_laid(folder))


def _laid(folder: Path) -> list[Path]:
    """The rule folders that were laid there, the lowest first."""
    return sorted(folder.glob("*/*"))


def _lay(folder: Path, packed: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    for name, content in packed.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # another process was first
        draft.rename(folder)
