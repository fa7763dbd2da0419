"""What the readers deliver: ids, titles, texts, anchors, sources, order."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.article import Article
from extract.readers import BadInput, read_articles
from extract.readers.plain import find_headline
from extract.readers.raw import read_raw
from extract.readers.streams import Meter

BODY = "The two ministers talked about trade, transport and visas for most of the day."
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ministers meet in Oslo | Example Agency</title>
<meta property="og:title" content="Ministers meet in Oslo"><meta property="og:site_name" content="Example Agency">
{meta}</head><body><nav><a href="/">Home</a> <a href="/s">Sports</a></nav>
<article><h1>Ministers meet in Oslo</h1>
<p>The foreign ministers of Norway and Egypt met in Oslo on Monday to talk about trade and shipping between them.</p>
<p>They agreed to set up a joint committee, which is to meet twice a year in the capitals of the two countries.</p>
</article><aside><a href="/2001/02/03/old">A related story of 3 February 2001</a></aside>
<footer>Subscribe to our newsletter. Cookie settings.</footer></body></html>"""


def read_one(path: Path | str, **options: object) -> Article:
    (article,) = read_articles([path], **options)  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def ids(*inputs: Path | str) -> list[str | None]:
    return [item.id if isinstance(item, Article) else item.kind for item in read_articles(inputs)]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Ministers meet in Oslo", "Ministers meet in Oslo"),
        ("Will they meet again?", "Will they meet again?"),
        ("Minister returns from the U.S.", "Minister returns from the U.S."),
        ("“A new page”: minister on ties", "“A new page”: minister on ties"),
        ("IRAN – JAPAN TALKS OPEN IN TEHRAN", "IRAN – JAPAN TALKS OPEN IN TEHRAN"),
        ("وزير الخارجية يستقبل السفير الياباني", "وزير الخارجية يستقبل السفير الياباني"),
        ("  Ministers meet in Oslo  ", "Ministers meet in Oslo"),
        ("The two ministers met in Oslo.", None),
        ("The minister said: “We will meet again.”", None),
        ("التقى الوزيران في أوسلو۔", None),
        ("The programme of the visit:", None),
        ("TEHRAN – The minister has received the ambassador", None),
        ("BEIJING, May 14 (Agency) -- The minister has received", None),
        ("KUALA LUMPUR, May 14 - The minister has received", None),
        ("word " * 60, None),
        ("", None),
    ],
    ids=[
        "plain", "question", "abbreviation", "quotation", "capitals", "arabic", "spaces", "sentence", "quoted_sentence",
        "urdu_full_stop", "colon", "dateline", "dateline_agency", "dateline_two_words", "long", "empty",
    ],
)  # fmt: skip
def test_headline(first: str, title: str | None) -> None:
    assert find_headline(f"{first}\n\n{BODY * 5}") == title


@pytest.mark.parametrize("text", ["Ministers meet in Oslo", "Ministers meet in Oslo\n\nBriefly", ""])
def test_no_headline_without_a_longer_body(text: str) -> None:
    assert find_headline(text) is None


def test_text_is_as_open_gives_it(tmp_path: Path) -> None:
    path = write(tmp_path / "000.txt", b"\xef\xbb\xbfMinisters meet\r\n\r\n" + BODY.encode() + b"\r\n")
    article = read_one(path)
    assert article.text == path.open(encoding="utf-8-sig").read()
    assert article == Article("000", article.text, "Ministers meet", source=str(path))


def test_fields_of_json(tmp_path: Path) -> None:
    fields = {"id": "a", "title": "T", "text": BODY, "published": "2025-05-12T23:59:00+09:00", "language": "ar-EG"}
    path = write(tmp_path / "x.json", json.dumps(fields))
    assert read_one(path) == Article("a", f"T\n\n{BODY}", "T", "ar", date(2025, 5, 12), str(path))


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"url": "https://example.org/1", "source": "Agency"}, "https://example.org/1"),
        ({"source": "Agency"}, "Agency"),
        ({"url": None, "source": ""}, "x.jsonl"),
    ],
    ids=["address", "source", "path"],
)
def test_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], source: str) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "x.jsonl", json.dumps({"text": BODY, **fields}))
    assert read_one("x.jsonl").source == source


def test_options_hold_where_the_input_carries_none(tmp_path: Path) -> None:
    own = {"text": BODY, "published": "2020-01-01", "language": "ar"}
    path = write(tmp_path / "x.jsonl", json.dumps(own) + "\n" + json.dumps({"text": BODY}) + "\n")
    read = list(read_articles([path], published=date(2025, 5, 12), language="en"))
    assert [(item.published, item.language) for item in read if isinstance(item, Article)] == [
        (date(2020, 1, 1), "ar"),
        (date(2025, 5, 12), "en"),
    ]


def test_line_without_id_is_named_after_stem_and_line(tmp_path: Path) -> None:
    path = write(tmp_path / "crawl.jsonl.gz", gzip.compress(b'{"text": "a"}\n\n{"text": "b"}\n'))
    assert ids(path) == ["crawl#1", "crawl#3"]


def test_same_ids_are_both_kept(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "x.jsonl", '{"id": "a", "text": "1"}\n' * 2)) == ["a", "a"]


def test_folders_are_recursive_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/é.txt", "a.txt", "c/d/e/f.jsonl", ".hidden.txt", ".git/x.txt", "notes.md"):
        write(tmp_path / name, '{"text": "x"}')
    assert ids(tmp_path) == ["z", "é", "a", "b", "f#1"]


def test_globs_and_mixed_inputs_keep_their_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "x.jsonl"):
        write(tmp_path / name, '{"id": "line", "text": "x"}')
    assert ids(tmp_path / "x.jsonl", f"{tmp_path}/*.txt") == ["line", "a", "b"]
    assert ids(f"{tmp_path}/**/*.txt") == ["a", "b", "c"]
    assert ids(tmp_path / "a.txt", tmp_path / "a.txt") == ["a", "a"]


def test_file_with_magic_characters_in_its_name(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "a[1]*.txt", "x")) == ["a[1]*"]


def test_symlink_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "x")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self.txt").symlink_to("self.txt")
    (tmp_path / "in" / "broken.txt").symlink_to("gone.txt")
    assert ids(tmp_path / "in") == ["a", "unreadable", "symlink-loop", "unreadable"]


def test_special_files_are_no_trap(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").mkdir()
    assert ids(tmp_path) == ["unreadable"]
    assert ids("/dev/null") == ["unreadable"]


@pytest.mark.parametrize("name", ["a\nb.txt", "a\tb\x1b[31m.txt", "\u202etxt.a.txt", "-.txt", "a b.txt", "%s{}.txt"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    article = read_one(write(tmp_path / name, "x"))
    assert (article.id, article.source) == (name.removesuffix(".txt"), str(tmp_path / name))


def test_name_of_no_encoding(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/a\xff.txt", os.O_CREAT | os.O_WRONLY))
    (bad,) = read_articles([tmp_path])
    assert isinstance(bad, BadInput)
    assert bad.input.encode().endswith(rb"a\xff.txt")


def test_unreadable_file_and_folder() -> None:
    with tempfile.TemporaryDirectory() as name:  # that of pytest is closed to other users
        folder, own = Path(name), os.geteuid()
        folder.chmod(0o755)
        write(folder / "a.txt", "x").chmod(0)
        write(folder / "closed" / "b.txt", "x")
        (folder / "closed").chmod(0)
        try:
            if own == 0:  # root reads everything
                os.seteuid(65534)
            assert ids(folder / "a.txt", folder) == ["unreadable"] * 3
        finally:
            os.seteuid(own)
            (folder / "closed").chmod(0o755)


def test_nothing_there() -> None:
    assert ids("no-such.txt", "no-such-*.txt", "nul\0.txt") == ["not-found"] * 3


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["stdin#1", "stdin#2"]),
        (b'\xef\xbb\xbf{"text": "a"}\n', ["stdin#1"]),
        (b'{\n "text": "a"\n}\n', ["stdin"]),
        (b"They met.\n", ["stdin"]),
        (gzip.compress(b'{"text": "a"}\n'), ["stdin#1"]),
        (zstandard.ZstdCompressor().compress(b"They met."), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (b"", ["empty"]),
    ],
    ids=["lines", "lines_bom", "object", "text", "gzip", "zstd", "html", "empty"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    items = list(read_articles(["-"]))
    assert [item.id if isinstance(item, Article) else item.kind for item in items] == expected
    assert all(item.source is None for item in items if isinstance(item, Article))


@pytest.mark.parametrize(
    ("meta", "published"),
    [
        ('<meta property="article:published_time" content="2025-05-12T08:00:00Z">', date(2025, 5, 12)),
        ('<meta property="article:published_time" content="2031-05-12">', date(2031, 5, 12)),
        ("", None),
    ],
    ids=["given", "in_the_future", "related_story_only"],
)
def test_page(tmp_path: Path, meta: str, published: date | None) -> None:
    article = read_one(write(tmp_path / "page.html", PAGE.format(meta=meta)))
    assert (article.title, article.published) == ("Ministers meet in Oslo", published)
    assert article.text.startswith("Ministers meet in Oslo\n\nThe foreign ministers of Norway and Egypt met")
    assert not any(word in article.text for word in ("Home", "Cookie", "newsletter", "related"))


def test_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.format(meta='<meta charset="windows-1256">').replace("Norway and Egypt", "النرويج ومصر")
    assert "النرويج ومصر" in read_one(write(tmp_path / "page.htm", page.encode("windows-1256"))).text


def test_parquet(tmp_path: Path) -> None:
    columns = {
        "id": ["a", None],
        "text": [BODY, BODY],
        "published": [date(2025, 5, 12), None],
        "score": [1.5, 2.5],
    }
    parquet.write_table(pa.table(columns), tmp_path / "x.parquet", row_group_size=1)
    first, second = read_articles([tmp_path / "x.parquet"])
    assert first == Article("a", BODY, published=date(2025, 5, 12), source=str(tmp_path / "x.parquet"))
    assert second.id == "x#2"


def test_parquet_time_stamps(tmp_path: Path) -> None:
    stamps = pa.array([datetime(2025, 5, 12, 23, 30, tzinfo=UTC)], pa.timestamp("us", "UTC"))
    parquet.write_table(pa.table({"text": [BODY], "published": stamps}), tmp_path / "x.parquet")
    assert read_one(tmp_path / "x.parquet").published == date(2025, 5, 12)


@pytest.mark.parametrize("packed", [False, True], ids=["warc", "warc_gz"])
def test_warc(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    pages = [
        ("https://example.org/1", "200 OK", "text/html; charset=utf-8", PAGE.format(meta="").encode()),
        ("https://example.org/logo", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/gone", "404 Not Found", "text/html", b"<html>gone</html>"),
        ("https://example.org/2", "200 OK", "text/plain", b"They met in Oslo."),
        ("https://example.org/3", "200 OK", "text/html", b"<html></html>"),
    ]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for address, status, mime, body in pages:
            headers = StatusAndHeaders(status, [("Content-Type", mime)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=headers))
    items = list(read_articles([path]))
    assert [(item.id, item.source) for item in items if isinstance(item, Article)] == [
        ("crawl#1", "https://example.org/1"),
        ("crawl#4", "https://example.org/2"),
    ]
    assert [(item.line, item.kind) for item in items if isinstance(item, BadInput)] == [(5, "no-article")]


def test_cut_off_warc_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for number in (1, 2):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
            body = io.BytesIO(BODY.encode())
            writer.write_record(
                writer.create_warc_record(f"https://e.org/{number}", "response", body, http_headers=headers)
            )
    path.write_bytes(path.read_bytes()[:-40])
    assert ids(path) == ["crawl#1", "broken-warc"]


@pytest.mark.parametrize("written", ["12 May 2025", "Monday, May 12, 2025", "12 مايو 2025", "12 mai 2025 à 14:30"])
def test_dates_that_name_their_month_are_read(tmp_path: Path, written: str) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"text": "They met.", "published": written}) + "\n")
    assert [item.published for item in read_articles([path]) if isinstance(item, Article)] == [date(2025, 5, 12)]


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "x"}\n' * 10)
    items = read_articles([path, tmp_path / "gone.txt"])
    assert isinstance(next(items), Article)


def test_meter_ends_at_the_size_of_the_files(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.txt", "x" * 10), write(tmp_path / "b.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9))
    meter = Meter()
    assert len(list(read_raw([a, b], 1_000, meter))) == 10
    assert meter.position() == a.stat().st_size + b.stat().st_size
