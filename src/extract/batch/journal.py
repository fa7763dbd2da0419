"""How far a job has come, on disk beside its output, so that a resumed job gives the bytes of one never stopped."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from extract.batch.options import RunOptions, UsageError
from extract.readers import BadInput
from extract.readers.inputs import find_inputs

_FORMAT = 1

# What must be the same for a job to be taken up again, and how to say that it is not.
_REASONS = {
    "version": "another version of extract began this job",
    "rules": "the rules have changed since",
    "inputs": "other inputs were named",
    "input_files": "an input file was added, removed or changed since",
    "published": "--published differs",
    "language": "--language differs",
    "per": "--per differs",
    "keep_text": "--keep-text differs",
    "max_chars": "the size limit differs",
    "time_limit": "the time limit differs",
    "errors": "another errors file was named",
}


@dataclass(frozen=True, slots=True)
class Survey:
    """The inputs before the job: how many files and bytes, and a hash over names, sizes and times of change.

    `clashes` are inputs that the job would write to.
    """

    files: int
    missing: int
    bytes: int
    hash: str
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment from which the job can go on: items read, their digest, bytes written, counts so far."""

    items: int = 0
    digest: str = ""
    output_bytes: int = 0
    error_bytes: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    complete: bool = False


def survey_inputs(options: RunOptions) -> Survey:
    """Look at every input once, without opening it."""
    files = missing = total = 0
    hasher, clashes = hashlib.sha256(), []
    named = {path.resolve() for path in (options.output, options.errors, options.stats) if path}
    for file in find_inputs(options.inputs):
        if isinstance(file, BadInput):
            missing += file.kind == "not-found"
            hasher.update(repr(file).encode("utf-8", "backslashreplace"))
            continue
        files += 1
        hasher.update(f"{file.name}\0".encode())
        if file.path and file.ending:
            status = file.path.stat()
            total += status.st_size
            hasher.update(f"{status.st_size} {status.st_mtime_ns}\0".encode())
            if file.path.resolve() in named:
                clashes.append(file.name)
    return Survey(files, missing, total, hasher.hexdigest(), tuple(clashes))


def identify_job(options: RunOptions, rule_hash: str, survey: Survey) -> dict[str, Any]:
    """All that the bytes of the output depend on, and so not the number of workers."""
    return {
        "version": own_version(),
        "rules": rule_hash,
        "inputs": list(map(str, options.inputs)),
        "input_files": survey.hash,
        "published": options.published and options.published.isoformat(),
        "language": options.language,
        "per": options.per,
        "keep_text": options.keep_text,
        "max_chars": options.max_chars,
        "time_limit": options.time_limit,
        "errors": options.errors and str(options.errors),
    }


def own_version() -> str:
    """The version of this program."""
    try:
        return version("meeting-extract")
    except PackageNotFoundError:
        return "unknown"


def compare_jobs(job: Mapping[str, Any], begun: Mapping[str, Any]) -> None:
    """Raises UsageError, with all reasons, where a job is another than the one that was begun."""
    changed = [_REASONS[name] for name, value in job.items() if begun.get(name) != value]
    if changed:
        raise UsageError(f"cannot resume: {'; '.join(changed)}. Run without --resume to start from the beginning")


def state_path(output: Path) -> Path:
    return output.with_name(f"{output.name}.state.json")


def part_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


@dataclass(frozen=True, slots=True)
class Journal:
    """The state file of one job, and a lock so that no second job writes the same output."""

    path: Path
    job: Mapping[str, Any]
    lock: int

    def load(self) -> Checkpoint | None:
        """Where the job stopped; None where none was begun. Raises UsageError where it was another job."""
        try:
            state = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            raise UsageError(f"{self.path} cannot be read; remove it and run without --resume") from None
        if state.get("format") != _FORMAT:
            raise UsageError(f"{self.path} was written by another version; run without --resume")
        compare_jobs(self.job, state["job"])
        return Checkpoint(**state["checkpoint"])

    def save(self, checkpoint: Checkpoint) -> None:
        """Replace the state as one: after a power cut there is the old one or the new one. Output is synced before."""
        state = {"format": _FORMAT, "job": dict(self.job), "checkpoint": asdict(checkpoint)}
        replace_file(self.path, json.dumps(state, indent=1).encode())

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        os.close(self.lock)


def open_journal(output: Path, job: Mapping[str, Any]) -> Journal:
    """The journal of the job that writes `output`. Raises UsageError where another one is at work on it."""
    output.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(part_path(output), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        # Locks of this sort belong to the process alone, so workers left behind for a moment do not keep it.
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise UsageError(f"another job is writing {output} at this moment") from None
    return Journal(state_path(output), job, lock)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that it is whole at every moment, also after a power cut."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    move_into_place(draft, path)


def move_into_place(draft: Path, path: Path) -> None:
    """Rename, and have the folder remember it."""
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
