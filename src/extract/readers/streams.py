"""Bytes out of files: unpacked while reading, and never more at once than the limit."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

import zstandard

from extract.readers.items import InputFile

GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# zstd may blow 2 KiB up to 64 MiB at the very most, which is the bound on memory that we want.
_PACKED_CHUNK = 2048
# A line longer than this is no line: the rest of its file is given up instead of being searched for its end.
LONGEST_SKIP = 256 * 1024 * 1024

# What damaged or cut-off data raises: gzip and zlib, end of a gzip member, zstd.
BROKEN = (gzip.BadGzipFile, zlib.error, EOFError, zstandard.ZstdError)


@dataclass(slots=True)
class Meter:
    """How many bytes of the files named on the command line are behind us, for the progress bar."""

    finished: int = 0
    current: BinaryIO | None = None

    def position(self) -> int:
        return self.finished + (self.current.tell() if self.current and not self.current.closed else 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `data` is None where it is longer than the limit. Counts from 1, offset in bytes."""

    number: int
    offset: int
    data: bytes | None


class _ZstdReader(io.RawIOBase):
    """zstd frames, one after another, unpacked as they are read; data cut off in a frame is an EOFError."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=2**27)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            packed, self._rest = self._rest or self._packed.read(_PACKED_CHUNK), b""
            if not packed:
                if self._frame is not None:
                    raise EOFError("zstd data ends in the middle of a frame")
                return 0
            self._frame = self._frame or self._decompressor.decompressobj()
            self._ready = memoryview(self._frame.decompress(packed))
            if self._frame.eof:
                self._rest, self._frame = self._frame.unused_data, None
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


def open_packed(file: InputFile) -> BinaryIO:
    """The file's own bytes; standard input where it has neither path nor address."""
    if file.url is not None:
        from extract.readers.remote import open_remote

        return open_remote(file.url)
    if file.path is None:
        return sys.stdin.buffer
    return file.path.open("rb")


def unpack(packed: BinaryIO, packing: str) -> BinaryIO:
    """The bytes inside: `.gz`, `.zst`, or as they are."""
    if packing == ".gz":
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=packed, mode="rb")), 1 << 16)
    if packing == ".zst":
        return io.BufferedReader(_ZstdReader(packed), 1 << 16)
    return packed


def sniff_packing(stream: io.BufferedReader) -> str:
    """The packing that the first bytes show, for streams that have no name."""
    start = stream.peek(4)
    return ".gz" if start.startswith(GZIP_MAGIC) else ".zst" if start.startswith(ZSTD_MAGIC) else ""


def read_bounded(stream: BinaryIO, limit: int) -> bytes | None:
    """All bytes of a stream, or None where it holds more than the limit."""
    parts, size = [], 0
    while chunk := stream.read(min(1 << 20, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            return None
    return b"".join(parts)


def read_lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """The lines of a stream, blank ones left out; a line over the limit is passed over without being held."""
    number = offset = 0
    while data := stream.readline(limit + 1):
        number, start, whole = number + 1, offset, len(data) <= limit or data.endswith(b"\n")
        offset += len(data)
        if whole:
            if data.strip():
                yield Line(number, start, data)
            continue
        while (rest := stream.readline(1 << 20)) and offset - start < LONGEST_SKIP:
            offset += len(rest)
            if rest.endswith(b"\n"):
                break
        yield Line(number, start, None)
        if offset - start >= LONGEST_SKIP:
            return
