"""Where one article ends and the next begins, for every ending; the articles themselves stay undecoded."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from extract.readers.inputs import find_inputs
from extract.readers.items import BadInput, Form, InputFile, RawArticle
from extract.readers.streams import (
    BROKEN,
    LONGEST_SKIP,
    Meter,
    open_packed,
    read_bounded,
    read_lines,
    sniff_packing,
    unpack,
)

_FORMS: dict[str, Form] = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html"}


def read_raw(
    inputs: Sequence[str | Path], max_bytes: int, meter: Meter | None = None
) -> Iterator[RawArticle | BadInput]:
    """Every article of the inputs, in order, undecoded; streamed, with at most one file open."""
    meter = meter or Meter()
    for file in find_inputs(inputs):
        if isinstance(file, BadInput):
            yield file
        else:
            yield from read_file(file, max_bytes, meter)


def read_file(file: InputFile, max_bytes: int, meter: Meter | None = None) -> Iterator[RawArticle | BadInput]:
    """Every article of one file, in order, undecoded."""
    meter = meter or Meter()
    try:
        stream = open_packed(file)
    except OSError as error:
        yield BadInput(file.name, "unreadable", error.strerror or str(error))
        return
    meter.current = stream if file.path and stream.seekable() else None
    try:
        yield from _read_stream(file, stream, max_bytes)
    finally:
        if meter.current:
            meter.finished, meter.current = meter.finished + os.fstat(stream.fileno()).st_size, None
        if file.path or file.url:
            stream.close()


def _read_stream(file: InputFile, stream: BinaryIO, max_bytes: int) -> Iterator[RawArticle | BadInput]:
    last = None
    try:
        for item in _split(file, stream, max_bytes):
            last = item.line
            yield item
    except BROKEN as error:
        message = f"{file.packing or 'compressed'} data is damaged or cut off: {error}"
        yield BadInput(file.name, "broken-compression", message, line=(last or 0) + 1)
    except OSError as error:
        yield BadInput(file.name, "unreadable", error.strerror or str(error), line=last and last + 1)


def _split(file: InputFile, packed: BinaryIO, max_bytes: int) -> Iterator[RawArticle | BadInput]:
    if file.ending == ".parquet":
        from extract.readers.parquet import read_parquet

        return read_parquet(file, packed)
    if file.ending.startswith(".warc"):
        from extract.readers.warc import read_warc

        return read_warc(file, packed, max_bytes)
    if not file.ending:
        return _split_nameless(file, cast(io.BufferedReader, packed), max_bytes)
    stream = unpack(packed, file.packing)
    if file.ending == ".jsonl":
        return _split_lines(file, stream, max_bytes)
    return _whole(file, stream, max_bytes, _FORMS[file.ending])


def _split_nameless(file: InputFile, packed: io.BufferedReader, max_bytes: int) -> Iterator[RawArticle | BadInput]:
    """A stream without a name is told by its first bytes: packed or not, then JSONL, one JSON, HTML or text."""
    stream = cast(io.BufferedReader, unpack(packed, sniff_packing(packed)))
    start = stream.peek(1024)[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        one_object = not start[1:].split(b"\n")[0].strip()
        return _whole(file, stream, max_bytes, "json") if one_object else _split_lines(file, stream, max_bytes)
    page = start[:15].lower().startswith((b"<!doctype html", b"<html"))
    return _whole(file, stream, max_bytes, "html" if page else "text")


def _whole(file: InputFile, stream: BinaryIO, max_bytes: int, form: Form) -> Iterator[RawArticle | BadInput]:
    data = read_bounded(stream, max_bytes)
    if data is None:
        yield BadInput(file.name, "too-large", f"the file holds more than {max_bytes} bytes", id=file.stem)
    else:
        yield RawArticle(file.name, form, data, file.stem, source=file.source)


def _split_lines(file: InputFile, stream: BinaryIO, max_bytes: int) -> Iterator[RawArticle | BadInput]:
    for line in read_lines(stream, max_bytes):
        if line.data is None:
            message = f"the line is longer than {max_bytes} bytes (or {LONGEST_SKIP}: then the rest is given up)"
            yield BadInput(file.name, "too-large", message, line.number, line.offset)
        else:
            yield RawArticle(file.name, "json", line.data, file.stem, line.number, file.source)
