"""Records become the same bytes every time, and Parquet that other tools can query."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from extract.schema import ArticleInfo, Meeting, Record
from extract.writers import PartFile, keep_text, packing_of, record_lines
from extract.writers.parquet import arrow_type, write_parquet

EVIDENCE = {"start": 0, "end": 4, "rule": "en.test.rule"}
ROLE = {
    "title": "minister of energy",
    "position": "minister",
    "organization": None,
    "country": "NO",
    "evidence": EVIDENCE,
}
MEETING: dict[str, Any] = {
    "id": "a#1",
    "prominence": "main",
    "kind": "meeting",
    "status": "held",
    "date": {"text": "Monday", "timex": "2025-05-12", "start": "2025-05-12", "end": "2025-05-12", "evidence": EVIDENCE},
    "venue": {"text": "أوسلو", "city": "Oslo", "country": "NO", "mode": "in_person", "evidence": EVIDENCE},
    "participants": [
        {
            "name": "Kari Holm",
            "type": "person",
            "country": "NO",
            "roles": [ROLE],
            "aliases": ["Holm"],
            "evidence": EVIDENCE,
        },
        {"name": "Egypt", "type": "country", "country": "EG", "evidence": EVIDENCE},
    ],
    "topics": [{"text": "wind power", "id": "wind-power", "evidence": EVIDENCE}],
    "agreed_actions": [
        {"text": "build a park", "type": "establish", "status": "agreed", "parties": ["NO", "EG"], "evidence": EVIDENCE}
    ],
    "evidence": EVIDENCE,
}
BARE = {**MEETING, "id": "a#2", "date": None, "venue": None, "participants": [], "topics": [], "agreed_actions": []}


def record(*meetings: dict[str, Any], published: str | None = "2025-05-13") -> Record:
    article = {"id": "a", "language": "en", "published": published, "sha256": "0" * 64}
    return Record.model_validate({"article": article, "meetings": meetings})


def write(tmp_path: Path, *records: Record, name: str = "out.parquet") -> Path:
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"".join(record_lines(item, "meeting") for item in records))
    write_parquet(lines, tmp_path / name)
    return tmp_path / name


def test_a_line_is_the_record_in_the_order_of_the_schema() -> None:
    line = record_lines(record(MEETING))
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert list(json.loads(line)) == ["schema", "article", "meetings", "diagnostics"]
    assert "أوسلو".encode() in line, "as written, not escaped"
    assert Record.model_validate_json(line) == record(MEETING)


def test_a_line_a_meeting() -> None:
    first, second = map(json.loads, record_lines(record(MEETING, BARE), "meeting").splitlines())
    assert list(first) == ["schema", "article", "meeting"]
    assert (first["meeting"]["id"], second["meeting"]["id"]) == ("a#1", "a#2")
    assert record_lines(record(), "meeting") == b""


def test_kept_text_is_in_the_record() -> None:
    assert keep_text(record(MEETING), "text").article.text == "text"


@pytest.mark.parametrize(
    ("name", "packing"),
    [("a.jsonl", ""), ("a.jsonl.gz", ".gz"), ("a.JSONL.ZST", ".zst"), ("a.parquet", ""), ("gz", "")],
)
def test_packing_by_ending(name: str, packing: str) -> None:
    assert packing_of(Path(name)) == packing


def test_part_file_heals_what_stands_behind_its_size(tmp_path: Path) -> None:
    path = tmp_path / "out.part"
    path.write_bytes(b"one\ntw")
    part = PartFile(path, size=4)
    part.write(b"two\n")
    part.finish()
    part.close()
    assert path.read_bytes() == b"one\ntwo\n"


def test_part_file_shorter_than_its_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        PartFile(tmp_path / "out.part", size=4)


def test_packed_part_file_resumes_at_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.writers.output.MEMBER_ITEMS", 2)
    part = PartFile(tmp_path / "out.part", ".gz")
    borders = []
    for at in range(5):
        part.write(f"{at}\n".encode())
        if part.end_item():
            borders.append((at, part.size))
    part.finish()
    part.close()
    whole = (tmp_path / "out.part").read_bytes()
    assert gzip.decompress(whole) == b"0\n1\n2\n3\n4\n"
    (last, size) = borders[-1]
    assert last == 3
    part = PartFile(tmp_path / "out.part", ".gz", size)
    part.write(b"4\n")
    part.finish()
    part.close()
    assert (tmp_path / "out.part").read_bytes() == whole


def test_parquet_types_follow_the_schema() -> None:
    meeting = arrow_type(Meeting)
    assert [meeting.field(index).name for index in range(meeting.num_fields)] == list(Meeting.model_fields)
    assert meeting.field("date").type.field("start").type == pa.date32()
    assert (
        meeting.field("participants").type.value_type.field("roles").type.value_type.field("position").type
        == pa.string()
    )
    assert arrow_type(ArticleInfo).field("published").type == pa.date32()


def test_parquet_holds_what_the_lines_hold(tmp_path: Path) -> None:
    first, second = parquet.read_table(write(tmp_path, record(MEETING, BARE))).to_pylist()
    assert (first["id"], first["article"]["published"]) == ("a#1", date(2025, 5, 13))
    assert first["date"]["start"] == date(2025, 5, 12)
    assert [person["name"] for person in first["participants"]] == ["Kari Holm", "Egypt"]
    assert first["participants"][0]["roles"][0]["title"] == "minister of energy"
    assert first["agreed_actions"][0]["parties"] == ["NO", "EG"]
    assert (second["date"], second["venue"], second["participants"]) == (None, None, [])


def test_parquet_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    records = [record(MEETING, BARE), record(BARE, published=None)]
    assert write(tmp_path, *records).read_bytes() == write(tmp_path, *records, name="again.parquet").read_bytes()


def test_parquet_without_a_meeting_still_has_its_columns(tmp_path: Path) -> None:
    table = parquet.read_table(write(tmp_path, record()))
    assert (table.num_rows, table.column_names[:3]) == (0, ["schema", "article", "id"])


def test_parquet_of_many_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.writers.parquet._ROWS_AT_ONCE", 3)
    path = write(tmp_path, *[record(MEETING)] * 8)
    assert parquet.ParquetFile(path).num_row_groups == 3
    assert parquet.read_table(path).num_rows == 8


def test_duckdb_reads_it(tmp_path: Path) -> None:
    path = write(tmp_path, record(MEETING, BARE))
    rows = duckdb.execute(
        f"SELECT date.start, venue.city, list_transform(participants, lambda p: p.name) AS who FROM '{path}' "
        "WHERE venue.country = 'NO'"
    ).fetchall()
    assert rows == [(date(2025, 5, 12), "Oslo", ["Kari Holm", "Egypt"])]


def test_pandas_reads_it(tmp_path: Path) -> None:
    frame = pd.read_parquet(write(tmp_path, record(MEETING)))
    assert frame.loc[0, "venue"]["city"] == "Oslo"
    assert frame.loc[0, "article"]["id"] == "a"
