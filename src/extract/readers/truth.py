"""Reads truth and records for comparison: JSONL, one article a line, or a folder of one JSON file an article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.errors import ArticleError

Json = Mapping[str, Any]


def read_truth(path: Path) -> dict[str, Json]:
    """Truth by article id, from a JSONL file or a folder of JSON files; raises ArticleError where a line is none."""
    return {str(_required(article, "id", place)): article for place, article in _read_objects(path)}


def read_records(path: Path) -> dict[str, Json]:
    """Records by article id, as `extract run` wrote them; raises ArticleError where a line is no record."""
    records: dict[str, Json] = {}
    for place, record in _read_objects(path):
        records[str(_required(_required(record, "article", place), "id", place))] = record
    return records


def _read_objects(path: Path) -> Iterator[tuple[str, Json]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield str(file), _parse(file.read_text(encoding="utf-8"), str(file))
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{path}:{number}", _parse(line, f"{path}:{number}")


def _parse(text: str, place: str) -> Json:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArticleError("bad-json", f"{place}: no JSON: {error.msg}") from error
    if not isinstance(value, dict):
        raise ArticleError("bad-json", f"{place}: a JSON object expected")
    return value


def _required(value: Json, key: str, place: str) -> Any:
    if not isinstance(value, Mapping) or value.get(key) is None:
        raise ArticleError("bad-json", f"{place}: no {key!r}")
    return value[key]
