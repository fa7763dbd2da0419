"""What became of one article: its lines, or the error that took its place."""

from __future__ import annotations

import re
import signal
import time
import traceback
from collections.abc import Callable
from typing import NamedTuple, Protocol

import orjson

from extract.article import Article
from extract.batch.options import RunOptions
from extract.errors import ArticleError
from extract.readers import BadInput, RawArticle, decode_article
from extract.schema import Record
from extract.workers import ALARMS
from extract.writers import keep_text, record_lines

# What would break a line of a terminal, or turn its direction around.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Pipeline(Protocol):
    """What the batch job needs of a pipeline."""

    @property
    def rule_hash(self) -> str: ...
    def __call__(self, article: Article) -> Record: ...


class Outcome(NamedTuple):
    """Lines for the output, or one line for the errors file; seconds spent on decoding and on extracting."""

    lines: bytes = b""
    meetings: int = 0
    kind: str | None = None
    error: bytes = b""
    notice: str = ""
    decode: float = 0.0
    extract: float = 0.0

    def counts(self) -> dict[str, int]:
        """What it adds to the figures of a job."""
        end = "records" if self.kind is None else f"error:{self.kind}"
        return {"articles": 1, "meetings": self.meetings, end: 1}


def extract_article(item: RawArticle | BadInput, pipeline: Pipeline, options: RunOptions) -> Outcome:
    """Decode one raw article and run the pipeline on it. Never raises: a bug becomes an error with its traceback."""
    started = time.perf_counter()
    try:
        article = item if isinstance(item, BadInput) else decode_article(item, options.read_options())
        decoded = time.perf_counter()
        if isinstance(article, BadInput):
            return _failed(article)._replace(decode=decoded - started)
        lines, meetings = _extract(article, pipeline, options)
    except ArticleError as error:
        return _failed(_locate(item, error.kind, str(error)))
    # The one place where bugs are caught: one article must not end the job of a night.
    except Exception as error:  # noqa: BLE001
        bad = _locate(item, "bug", f"{type(error).__name__}: {error}")
        return _failed(bad, "".join(traceback.format_exception(error)))
    return Outcome(lines, meetings, decode=decoded - started, extract=time.perf_counter() - decoded)


def _extract(article: Article, pipeline: Pipeline, options: RunOptions) -> tuple[bytes, int]:
    record = pipeline(article)
    if options.keep_text:
        record = keep_text(record, article.text)
    return record_lines(record, options.per), len(record.meetings)


def give_up(options: RunOptions) -> Callable[[RawArticle | BadInput, int], Outcome]:
    """What becomes of an article on which two workers died, by the exit code of the second: negative for a signal."""

    def give_up_on(item: RawArticle | BadInput, exit_code: int) -> Outcome:
        if -exit_code in ALARMS:
            return _failed(_locate(item, "time-limit", f"took longer than {options.time_limit:g} seconds, twice"))
        cause = signal.Signals(-exit_code).name if exit_code < 0 else f"exit code {exit_code}"
        return _failed(_locate(item, "worker-died", f"the worker died twice on this article ({cause})"))

    return give_up_on


def _locate(item: RawArticle | BadInput, kind: str, message: str) -> BadInput:
    if isinstance(item, BadInput):
        return BadInput(item.input, kind, message, item.line, item.offset, item.id)
    return BadInput(item.input, kind, message, item.line, id=item.find_id())


def _failed(bad: BadInput, trace: str | None = None) -> Outcome:
    fields = {
        "input": bad.input,
        "line": bad.line,
        "offset": bad.offset,
        "id": bad.id,
        "kind": bad.kind,
        "message": _encodable(bad.message),
    }
    if trace is not None:
        fields["traceback"] = _encodable(trace)
    return Outcome(kind=bad.kind, error=orjson.dumps(fields) + b"\n", notice=_notice(bad))


def _notice(bad: BadInput) -> str:
    """The error as one line for people."""
    place = bad.input if bad.line is None else f"{bad.input}:{bad.line}"
    id = f" [{bad.id}]" if bad.id else ""  # noqa: A001
    line = _encodable(f"{place}: {bad.kind}: {bad.message}{id}")
    return _UNPRINTABLE.sub(lambda match: match.group().encode("unicode_escape").decode(), line)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
