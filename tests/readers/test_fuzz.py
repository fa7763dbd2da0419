"""The readers take any bytes under any ending: every item is an article that can be written, or a known error."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.article import Article
from extract.readers import KINDS, read_articles

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "title", "text", "published", "language", "url", "source"), JSON)
)
SEEDS = {
    ".txt": b"Ministers meet in Oslo\n\nThey met on Monday.",
    ".json": b'{"id": "a", "text": "They met.", "published": "2025-05-12"}',
    ".jsonl": b'{"text": "They met."}\n{"title": "T", "text": "They met."}\n',
    ".jsonl.gz": gzip.compress(b'{"text": "They met."}\n' * 20),
    ".jsonl.zst": zstandard.ZstdCompressor().compress(b'{"text": "They met."}\n' * 20),
    ".html": b"<html><head><title>T</title></head><body><article><p>They met on Monday.</p></article></body></html>",
    ".warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 56\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThey met.\r\n\r\n\r\n",
}


def check(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for item in read_articles([path], max_chars=2_000):
            if isinstance(item, Article):
                assert item.text.strip()
                f"{item.id}{item.text}{item.title}{item.source}".encode()
            else:
                assert item.kind in KINDS


fuzz = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("ending", sorted(SEEDS))
@fuzz
@given(data=st.data())
def test_damaged_files(ending: str, data: st.DataObject) -> None:
    """A good file with a few bytes changed, cut out or put in."""
    content = bytearray(SEEDS[ending])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 6))
        content[at : at + cut] = data.draw(st.binary(max_size=6))
    check(f"a{ending}", bytes(content))


@pytest.mark.parametrize("ending", sorted([*SEEDS, ".parquet"]))
@fuzz
@given(data=st.binary(max_size=300))
def test_any_bytes(ending: str, data: bytes) -> None:
    check(f"a{ending}", data)


@fuzz
@given(fields=FIELDS)
def test_any_fields(fields: dict[str, object]) -> None:
    import json

    check("a.jsonl", json.dumps(fields).encode())


@fuzz
@given(text=st.text())
def test_text_comes_back_as_it_is(text: str) -> None:
    """But for line ends and the byte order mark, as `open` treats them."""
    encodable = text.encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(encodable)
        for item in read_articles([path]):
            if isinstance(item, Article):
                assert item.text == path.read_text(encoding="utf-8-sig")
