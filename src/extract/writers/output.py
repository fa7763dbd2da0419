"""Where lines go: a part file beside its final place, or a stream such as standard output.

Packed output is a row of gzip members or zstd frames, each whole. A job that resumes goes on after the last whole
one, and since their borders depend on the lines alone, the bytes come out as if it had never stopped.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

MEMBER_BYTES = 1 << 20  # of lines in one gzip member or zstd frame
MEMBER_ITEMS = 2_000  # articles after which a member ends, however few lines they gave
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 3
_FLUSH_BYTES = 1 << 16


class Output(Protocol):
    """What the batch job writes to; after each article it says `end_item`."""

    def write(self, lines: bytes) -> None: ...
    def end_item(self) -> bool:
        """True where a job may resume from here: nothing of what was written waits for more."""
        ...

    @property
    def size(self) -> int: ...
    def sync(self) -> None: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


def packing_of(path: Path) -> str:
    """`.gz`, `.zst`, or nothing."""
    return path.suffix.lower() if path.suffix.lower() in (".gz", ".zst") else ""


def pack(lines: bytes, packing: str) -> bytes:
    """One member or frame, without a time stamp in it."""
    if packing == ".gz":
        return gzip.compress(lines, _GZIP_LEVEL, mtime=0)
    if packing == ".zst":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(lines)
    return lines


class PartFile:
    """A growing file that a job can take up again at a given size. Raises OSError where the disk is full."""

    def __init__(self, path: Path, packing: str = "", size: int = 0) -> None:
        """Open for writing at `size`; whatever stands behind it, such as half a line, is cut off."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if os.fstat(self._file).st_size < size:
            os.close(self._file)
            raise ValueError(f"{path} is shorter than the {size} bytes that were written to it")
        os.ftruncate(self._file, size)
        os.lseek(self._file, size, os.SEEK_SET)
        self._packing, self._size = packing, size
        self._member, self._items = bytearray(), 0
        self._unwritten = bytearray()

    @property
    def size(self) -> int:
        """Bytes of whole members, written or about to be."""
        return self._size

    def write(self, lines: bytes) -> None:
        if self._packing:
            self._member += lines
        else:
            self._append(lines)

    def end_item(self) -> bool:
        if not self._packing:
            return True
        self._items += 1
        if len(self._member) < MEMBER_BYTES and self._items < MEMBER_ITEMS:
            return False
        self._end_member()
        return True

    def sync(self) -> None:
        """All whole members are on the disk when this returns."""
        self._flush()
        os.fsync(self._file)

    def finish(self) -> None:
        """End the last member and bring everything to the disk."""
        self._end_member()
        self.sync()

    def close(self) -> None:
        os.close(self._file)

    def _end_member(self) -> None:
        if self._member:
            self._append(pack(bytes(self._member), self._packing))
        self._member, self._items = bytearray(), 0

    def _append(self, data: bytes) -> None:
        self._unwritten += data
        self._size += len(data)
        if len(self._unwritten) >= _FLUSH_BYTES:
            self._flush()

    def _flush(self) -> None:
        while self._unwritten:
            written = os.write(self._file, self._unwritten)
            del self._unwritten[:written]


class Stream:
    """Lines to standard output, a pipe or a device: written through, never taken up again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = 0

    @property
    def size(self) -> int:
        return self._size

    def write(self, lines: bytes) -> None:
        self._stream.write(lines)
        self._size += len(lines)

    def end_item(self) -> bool:
        return True

    def sync(self) -> None:
        self._stream.flush()

    def finish(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        pass
