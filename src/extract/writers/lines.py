"""Records as lines of JSON, one a record or one a meeting, always the same bytes."""

from __future__ import annotations

from typing import Literal

from extract.schema import Record

Per = Literal["article", "meeting"]


def record_lines(record: Record, per: Per = "article") -> bytes:
    """The lines of one record in UTF-8, each with its newline, fields in the order of the schema.

    One a record; or one a meeting, `{"schema", "article", "meeting"}`, so none where the article reports none.
    """
    if per == "article":
        return f"{record.model_dump_json()}\n".encode()
    head = f'{{"schema":"{record.schema_}","article":{record.article.model_dump_json()},"meeting":'
    return "".join(f"{head}{meeting.model_dump_json()}}}\n" for meeting in record.meetings).encode()


def keep_text(record: Record, text: str) -> Record:
    """The record with the article's text in it."""
    return record.model_copy(update={"article": record.article.model_copy(update={"text": text})})
