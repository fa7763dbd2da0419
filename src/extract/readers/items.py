"""What the readers hand on: a raw article, still undecoded, or a bad input that says what is wrong with it.

Reading is two steps. `read_raw` finds where one article ends and the next begins; it is cheap and keeps the order.
`decode_article` makes an Article of one raw article; it may be dear (HTML), so the batch job does it in its workers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import orjson

Form = Literal["text", "json", "html", "row"]

KINDS: Mapping[str, str] = {
    "not-found": "no such file or folder, or a pattern that matches none",
    "unreadable": "the file cannot be opened or read, or is no regular file",
    "unknown-ending": "a file was named whose ending is not among those read",
    "symlink-loop": "a folder contains itself through a symbolic link",
    "missing-extra": "the library for this ending is not installed",
    "empty": "no text, or only white space",
    "too-large": "longer than the limit on one article",
    "bad-encoding": "not valid UTF-8, nor the encoding that the page declares",
    "nul-byte": "text with a NUL in it",
    "binary": "no text at all, whatever the ending says",
    "bad-json": "no JSON, or JSON that cannot be held (too deep, lone surrogates, NaN)",
    "bad-type": "a field of the wrong type, or a line that is no object",
    "missing-text": "no field or column `text`",
    "bad-date": "`published` is neither an ISO date nor one that names its month",
    "bad-language": "`language` is no language code",
    "no-article": "an HTML page in which no article was found",
    "broken-compression": "gzip or zstd data that is damaged or cut off",
    "broken-parquet": "a Parquet file that is damaged or cut off",
    "broken-warc": "a WARC file that is damaged or cut off",
    "time-limit": "the article took longer than the time limit, twice",
    "worker-died": "the worker process died on this article, twice while it had nothing else to do",
    "bug": "an error in the program; the line carries its traceback",
}


@dataclass(frozen=True, slots=True)
class BadInput:
    """One input, or one article of an input, that cannot be read.

    `line` counts from 1 (lines of JSONL, rows of Parquet, records of WARC); `offset` is a byte offset.
    `kind` is a key of `KINDS`.
    """

    input: str
    kind: str
    message: str
    line: int | None = None
    offset: int | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read; `name` is fit for printing. `path` is None for standard input, and where a `url` is given."""

    path: Path | None
    name: str
    stem: str
    ending: str
    packing: str = ""
    url: str | None = None

    @property
    def source(self) -> str | None:
        """What its articles name as their source; None for standard input."""
        return self.name if self.path or self.url else None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as it stands in its input: bytes, or the cells of a row; `line` as in BadInput."""

    input: str
    form: Form
    payload: bytes | Mapping[str, Any]
    stem: str
    line: int | None = None
    source: str | None = None
    charset: str | None = None

    @property
    def own_id(self) -> str:
        """The id where the article gives none: the file's stem, with the line where the file holds many."""
        return self.stem if self.line is None else f"{self.stem}#{self.line}"

    def find_id(self) -> str:
        """The id that the article has or would have had, as far as it can still be told."""
        fields: Any = self.payload
        if self.form == "json" and isinstance(self.payload, bytes):
            try:
                fields = orjson.loads(self.payload)
            except orjson.JSONDecodeError:
                return self.own_id
        given = fields.get("id") if isinstance(fields, Mapping) else None
        return str(given) if isinstance(given, str | int) and given not in ("", True, False) else self.own_id


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What holds for every article: anchor and language where the input carries none, and the size limit."""

    published: date | None = None
    language: str | None = None
    max_chars: int = 1_000_000

    @property
    def max_bytes(self) -> int:
        """The longest raw article worth decoding: twelve bytes are one character written as two JSON escapes."""
        return 12 * self.max_chars + 65_536
