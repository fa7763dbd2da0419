"""Meetings as Parquet: one row a meeting, nested columns, types taken from the schema; needs pyarrow."""

from __future__ import annotations

import io
import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from extract.schema import ArticleInfo, Meeting

_ROWS_AT_ONCE, _BYTES_AT_ONCE = 5_000, 32 << 20
_SCALARS = {str: "string", int: "int64", float: "float64", bool: "bool_", date: "date32"}


def write_parquet(lines: Path, target: Path) -> None:
    """Turn JSON lines, one a meeting, into a Parquet file; streamed, a row group at a time.

    Columns: `schema`, `article` (a struct), then the fields of a meeting.
    """
    import pyarrow as pa
    from pyarrow import parquet

    target_schema = _row_schema()
    with lines.open("rb") as source, parquet.ParquetWriter(target, target_schema, compression="zstd") as writer:
        for chunk in _chunks(source):
            rows = _read_rows(chunk)
            columns = [rows.column("schema"), rows.column("article"), *rows.column("meeting").flatten()]
            names = ["schema", "article", *Meeting.model_fields]
            table = pa.table(dict(zip(names, columns, strict=True)))
            writer.write_table(table.cast(target_schema))


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    """Whole lines: at most so many, and no more bytes than memory should hold (kept texts make lines long)."""
    lines: list[bytes] = []
    size = 0
    for line in source:
        lines.append(line)
        size += len(line)
        if len(lines) >= _ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


def _read_rows(chunk: bytes) -> Any:
    """The lines as a table with dates still as strings, which is as Arrow reads JSON."""
    import pyarrow as pa
    from pyarrow import json

    parse = json.ParseOptions(
        explicit_schema=pa.schema(
            [
                ("schema", pa.string()),
                ("article", arrow_type(ArticleInfo, dates=False)),
                ("meeting", arrow_type(Meeting, dates=False)),
            ]
        ),
        unexpected_field_behavior="error",
    )
    # One block: Arrow refuses a line that is longer than its block.
    read = json.ReadOptions(use_threads=False, block_size=len(chunk) + 1)
    return json.read_json(io.BytesIO(chunk), read_options=read, parse_options=parse).combine_chunks()


def _row_schema() -> Any:
    import pyarrow as pa

    meeting = arrow_type(Meeting)
    fields = [meeting.field(index) for index in range(meeting.num_fields)]
    return pa.schema([pa.field("schema", pa.string()), pa.field("article", arrow_type(ArticleInfo)), *fields])


def arrow_type(annotation: Any, *, dates: bool = True) -> Any:
    """The Arrow type of a field of the record's schema; dates as date32, or as the strings that JSON has."""
    import pyarrow as pa

    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return arrow_type(arguments[0], dates=dates)
    if origin is Literal:
        return pa.string()
    if origin in (Union, types.UnionType):
        return arrow_type(next(part for part in arguments if part is not types.NoneType), dates=dates)
    if origin in (tuple, list):
        return pa.list_(arrow_type(arguments[0], dates=dates))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return pa.struct([(name, arrow_type(field.annotation, dates=dates)) for name, field in fields])
    if annotation is date and not dates:
        return pa.string()
    return getattr(pa, _SCALARS[annotation])()
