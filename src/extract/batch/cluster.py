"""The same job on many machines: Ray Data runs a stateless task a partition; needs ray.

Each partition leaves its part of the output, its errors and a mark that it is done; the manifest comes last. A task
that dies with its process or machine is done again, and a resumed job does what has no mark.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.batch.checks import check_options
from extract.batch.job import conclude
from extract.batch.journal import Survey, compare_jobs, identify_job, own_version
from extract.batch.loading import load_all
from extract.batch.options import RunOptions, Summary, UsageError
from extract.batch.partition_task import Task, load_rules, pack_rules, run_partition
from extract.batch.partitions import ERRORS, MANIFEST, WORK, Folder, Partition, cut_inputs, measure
from extract.batch.progress import Progress
from extract.readers.inputs import STDIN
from extract.readers.items import InputFile
from extract.readers.raw import read_file
from extract.readers.remote import find_everywhere

_JOB = f"{WORK}/job.json"
_ENDINGS = (".parquet", ".jsonl.gz", ".jsonl.zst", ".jsonl")


def run_on_ray(options: RunOptions, output: str, errors: str | None = None, address: str | None = None) -> Summary:
    """Run a job on the Ray cluster at an address, or on this machine; `output` and `errors` name folders.

    Raises UsageError where nothing was run, and RuleError for wrong rules.
    """
    _check(options, output)
    began = time.perf_counter()
    files = list(find_everywhere(options.inputs))
    if not any(isinstance(file, InputFile) for file in files):
        raise UsageError(f"no such file or folder: {', '.join(options.inputs)}")
    pipeline = load_all(options.rules)
    task = _describe_task(options, output, errors, pipeline.rule_hash)
    sizes, marks = measure(files)
    survey = Survey(len(files), 0, sum(sizes), hashlib.sha256("\n".join(marks).encode()).hexdigest(), ())
    identity = {**identify_job(task.options, pipeline.rule_hash, survey), "errors": task.errors.address}
    seconds = defaultdict[str, float](float, load=time.perf_counter() - began)
    finished = _take_up(task.folder, identity, options.resume)
    if finished is not None:
        return conclude(options, finished["counts"], seconds, pipeline.rule_hash, None)
    counts, stopped = Counter[str](), None
    progress = Progress(sum(sizes), options.quiet)
    try:
        with _interruptible(), _ray(address):
            partitions = cut_inputs(files, sizes, lambda large: _count(large, options.read_options().max_bytes))
            results: dict[str, Mapping[str, Any]] = {}
            for done in _run_all(partitions, task, pack_rules(pipeline.rules), options.workers):
                results[done["name"]] = done
                counts.update(done["counts"])
                for stage, spent in done["seconds"].items():
                    seconds[stage] += spent
                progress.update(sum(part.bytes for part in partitions if part.name in results), counts)
        _write_manifest(task, identity, [results[part.name] for part in partitions], counts)
    except KeyboardInterrupt:
        stopped = "interrupted"
    except OSError as error:
        stopped = f"cannot write the output: {error.strerror or error}"
    finally:
        progress.close()
    seconds["total"] = time.perf_counter() - began
    return conclude(options, counts, seconds, pipeline.rule_hash, stopped)


def _check(options: RunOptions, output: str) -> None:
    check_options(replace(options, resume=False))
    if STDIN in options.inputs:
        raise UsageError("standard input cannot be taken to other machines: name files, folders or addresses")
    if "://" not in output and Path(output).exists() and not Path(output).is_dir():
        raise UsageError(f"{output} is a file, a folder was expected")
    try:
        import ray.data  # noqa: F401
    except ImportError:
        raise UsageError("the engine needs ray: pip install 'meeting-extract[ray]'") from None


def _describe_task(options: RunOptions, output: str, errors: str | None, rule_hash: str) -> Task:
    ending = next((ending for ending in _ENDINGS if output.rstrip("/").lower().endswith(ending)), ".jsonl")
    # The output tells the format: Parquet holds meetings.
    bare = replace(options, output=Path(f"part{ending}"), errors=None, stats=None, resume=False)
    folder = Folder(_absolute(output))
    own = Folder(_absolute(errors)) if errors else Folder(f"{folder.address}/{ERRORS}")
    return Task(check_options(bare), folder, own, ending, own_version(), rule_hash)


def _absolute(folder: str) -> str:
    """Tasks run in folders of their own."""
    return folder.rstrip("/") if "://" in folder else str(Path(folder).resolve())


def _take_up(folder: Folder, identity: Mapping[str, Any], resume: bool) -> dict[str, Any] | None:
    """Note which job the folder is of; its manifest where it is finished. Raises UsageError where it is another's."""
    names = folder.names()
    if names and not resume:
        raise UsageError(f"{folder.address} is not empty: --resume goes on with its job, or name another folder")
    for name in (MANIFEST, _JOB):
        if name in names:
            begun = folder.read(name)
            compare_jobs(identity, begun["job"])
            return begun if name == MANIFEST else None
    if names:
        raise UsageError(f"{folder.address} holds files, but no job that could be resumed; name another folder")
    folder.write(_JOB, {"job": identity})
    return None


def _write_manifest(
    task: Task, identity: Mapping[str, Any], results: Sequence[Mapping[str, Any]], counts: Mapping[str, int]
) -> None:
    """What the folder holds, written last: who finds it finds the job done."""
    parts = [{"file": f"{each['name']}{task.ending}", **each["counts"]} for each in results]
    task.folder.write(MANIFEST, {"job": identity, "counts": dict(sorted(counts.items())), "partitions": parts})
    task.folder.remove(WORK)


@contextmanager
def _ray(address: str | None) -> Iterator[None]:
    """A connection to the cluster; to one started here where no address is given, and stopped in the end."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a job calls nobody
    import ray

    if ray.is_initialized():
        yield
        return
    ray.init(address=address, include_dashboard=False if address is None else None, logging_level="ERROR")
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends the job as Ctrl-C does: what partitions have left stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _count(files: Sequence[InputFile], max_bytes: int) -> Sequence[int]:
    """How many articles each file holds, counted where there is room."""
    import ray

    counting = ray.remote(num_cpus=1)(_count_articles)
    counted: list[int] = ray.get([counting.remote(file, max_bytes) for file in files])
    return counted


def _count_articles(file: InputFile, max_bytes: int) -> int:
    return sum(1 for _ in read_file(file, max_bytes))


def _run_all(
    partitions: Sequence[Partition], task: Task, rules: Mapping[str, bytes], workers: int | None
) -> Iterator[dict[str, Any]]:
    """What came of each partition, in the order in which they end."""
    import ray

    settings = ray.data.DataContext.get_current()
    settings.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    packed = ray.put(dict(rules))

    def work(row: dict[str, Any]) -> dict[str, Any]:
        done = run_partition(pickle.loads(row["partition"]), task, load_rules(task, lambda: ray.get(packed)))
        return {"done": pickle.dumps(done)}

    pool = ray.data.TaskPoolStrategy(workers) if workers else None
    rows = [{"partition": pickle.dumps(partition)} for partition in partitions]
    parts = ray.data.from_items(rows, override_num_blocks=len(rows))
    for row in parts.map(work, num_cpus=1, compute=pool).iter_rows():
        yield pickle.loads(row["done"])
