"""How a job for many machines is cut into partitions, and the folder where each leaves its part of the output.

A partition is a run of articles in the order of the inputs: small files together, and large files of many articles in
ranges. How it is cut depends on the inputs alone, never on the machines.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from extract.readers import BadInput, RawArticle
from extract.readers.items import InputFile
from extract.readers.raw import read_file
from extract.readers.remote import describe_file

PARTITION_BYTES = 16 << 20
_MOST_FILES = 2_000  # in one partition
_MANY = (".jsonl", ".parquet", ".warc", ".warc.gz")  # endings of files that hold many articles
MANIFEST, WORK, ERRORS = "_manifest.json", "_work", "_errors"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or the articles from `first` on, at most `most`, of one that holds many; or an input that is missing."""

    file: InputFile | BadInput
    first: int = 0
    most: int | None = None

    def read(self, max_bytes: int) -> Iterator[RawArticle | BadInput]:
        """Its articles, undecoded."""
        if isinstance(self.file, BadInput):
            return iter([self.file])
        end = None if self.most is None else self.first + self.most
        return islice(read_file(self.file, max_bytes), self.first, end)


@dataclass(frozen=True, slots=True)
class Partition:
    """Pieces that one task does; `bytes` is their share of the inputs."""

    number: int
    pieces: tuple[Piece, ...]
    bytes: int

    @property
    def name(self) -> str:
        return f"part-{self.number:05}"


def cut_inputs(
    files: Sequence[InputFile | BadInput],
    sizes: Sequence[int],
    count: Callable[[Sequence[InputFile]], Sequence[int]],
    target: int | None = None,
) -> list[Partition]:
    """The partitions of a job. `count` says how many articles large files hold, and is asked once for all of them."""
    target = target or PARTITION_BYTES
    large = [
        file
        for file, size in zip(files, sizes, strict=True)
        if isinstance(file, InputFile) and size > target and file.ending in _MANY
    ]
    counts = dict(zip(large, count(large) if large else (), strict=True))
    partitions: list[Partition] = []
    group: list[Piece] = []
    held = 0

    def end_group() -> None:
        nonlocal held
        if group:
            partitions.append(Partition(len(partitions), tuple(group), held))
        group.clear()
        held = 0

    for file, size in zip(files, sizes, strict=True):
        if isinstance(file, InputFile) and file in counts:
            end_group()
            parts = -(-size // target)
            most = max(1, -(-counts[file] // parts))
            # The last range is open, so that nothing behind a wrong count is lost.
            for first in range(0, max(1, counts[file]), most):
                last = first + most >= counts[file]
                piece = Piece(file, first, None if last else most)
                partitions.append(Partition(len(partitions), (piece,), size // parts))
            continue
        if held + size > target or len(group) >= _MOST_FILES:
            end_group()
        group.append(Piece(file))
        held += size
    end_group()
    return partitions


def measure(files: Sequence[InputFile | BadInput]) -> tuple[list[int], list[str]]:
    """Sizes, and what tells whether anything changed."""
    told = [(0, repr(file)) if isinstance(file, BadInput) else describe_file(file) for file in files]
    return [size for size, _ in told], [
        f"{file.name if isinstance(file, InputFile) else ''} {size} {tag}"
        for file, (size, tag) in zip(files, told, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on a disk that all machines share, or behind an address; every file in it appears whole."""

    address: str

    def _system(self) -> tuple[Any, str]:
        import fsspec

        return fsspec.core.url_to_fs(self.address)  # type: ignore[no-any-return]

    def names(self) -> set[str]:
        """The files below the folder, by their names within it."""
        system, root = self._system()
        system.invalidate_cache()
        if not system.exists(root):
            return set()
        return {name.removeprefix(root.rstrip("/") + "/") for name in system.find(root)}

    def holds(self, name: str) -> bool:
        """Whether a file is there."""
        system, root = self._system()
        system.invalidate_cache()
        return bool(system.exists(f"{root.rstrip('/')}/{name}"))

    def put(self, local: Path, name: str) -> None:
        """Copy a file into the folder; on a disk by another name first, since a reader must not see half of it."""
        system, root = self._system()
        target = f"{root.rstrip('/')}/{name}"
        if "file" in system.protocol:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            draft = Path(f"{target}.{os.getpid()}.new")
            shutil.copyfile(local, draft)
            draft.replace(target)
        else:
            system.put_file(str(local), target)

    def write(self, name: str, value: Any) -> None:
        """Write a value as JSON."""
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "value.json"
            path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            self.put(path, name)

    def read(self, name: str) -> Any:
        """A value written before."""
        system, root = self._system()
        return json.loads(system.cat_file(f"{root.rstrip('/')}/{name}"))

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all in it."""
        system, root = self._system()
        path = f"{root.rstrip('/')}/{name}"
        if system.exists(path):
            system.rm(path, recursive=True)
