"""Rows of Parquet files, by row group; needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extract.readers.items import BadInput, InputFile, RawArticle

FIELDS = ("id", "title", "text", "published", "language", "url", "source")
_ROWS_AT_ONCE = 64


def read_parquet(file: InputFile, stream: BinaryIO) -> Iterator[RawArticle | BadInput]:
    """One raw article a row; the columns are the fields of JSONL, any others are left unread."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError:
        yield BadInput(file.name, "missing-extra", "Parquet needs pyarrow: pip install 'meeting-extract[parquet]'")
        return
    row = 0
    try:
        table = ParquetFile(stream)
        columns = [name for name in FIELDS if name in table.schema_arrow.names]
        if "text" not in columns:
            yield BadInput(file.name, "missing-text", "the file has no column `text`")
            return
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for cells in batch.to_pylist():
                row += 1
                yield RawArticle(file.name, "row", cells, file.stem, row, file.name)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield BadInput(file.name, "broken-parquet", message, line=row + 1)
