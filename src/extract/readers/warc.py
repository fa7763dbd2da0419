"""Pages of WARC files; needs warcio."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.readers.items import BadInput, Form, InputFile, RawArticle

_FORMS: dict[str, Form] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def read_warc(file: InputFile, stream: BinaryIO, max_bytes: int) -> Iterator[RawArticle | BadInput]:
    """One raw article for each page that was fetched well; images, scripts and error pages are passed over.

    `line` is the number of the record in the file, from 1; `source` is the page's address.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield BadInput(file.name, "missing-extra", "WARC needs warcio: pip install 'meeting-extract[warc]'")
        return
    number = 0
    try:
        for record in ArchiveIterator(stream):
            number += 1
            item = _read_page(file, record, number, max_bytes)
            if item:
                yield item
        if number == 0:
            yield BadInput(file.name, "empty", "no WARC record in the file")
    except (ArchiveLoadFailed, ValueError, EOFError, zlib.error, AttributeError) as error:
        # warcio meets some damaged headers with an AttributeError of its own.
        yield BadInput(file.name, "broken-warc", str(error).strip() or type(error).__name__, line=number + 1)


def _read_page(file: InputFile, record: Any, number: int, max_bytes: int) -> RawArticle | BadInput | None:
    if record.rec_type is None:
        return BadInput(file.name, "broken-warc", "a record without a type", line=number)
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers or record.rec_headers
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    mime, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    form = _FORMS.get(mime.strip().lower())
    if form is None or status != "200":
        return None
    data = record.content_stream().read(max_bytes + 1)
    if getattr(record.raw_stream, "limit", 0) > 0 and len(data) <= max_bytes:
        return BadInput(file.name, "broken-warc", "the record is cut off", line=number)
    if len(data) > max_bytes:
        return BadInput(file.name, "too-large", f"the page holds more than {max_bytes} bytes", line=number)
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    address = record.rec_headers.get_header("WARC-Target-URI")
    return RawArticle(file.name, form, data, file.stem, number, address, charset)
