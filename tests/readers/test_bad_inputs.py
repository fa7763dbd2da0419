"""A table of bad inputs: each is an article or an error with a known kind; none is a crash or a hang."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from extract.article import Article
from extract.readers import KINDS, BadInput, read_articles

BOM = b"\xef\xbb\xbf"
GOOD = b'{"text": "They met."}'
ARTICLE = "article"  # not an error: the text is taken as it is
MILLION = 1_000_000


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def table(**columns: list[object]) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


PARQUET = table(text=[f"They met {at}. " * 20 for at in range(500)])

TEXTS = [
    ("empty", b"", "empty"),
    ("one_newline", b"\n", "empty"),
    ("spaces", b"  \t \r\n  ", "empty"),
    ("bom_only", BOM, "empty"),
    ("bom_and_newline", BOM + b"\n", "empty"),
    ("no_break_spaces", "\u00a0\u2003\u3000".encode(), "empty"),
    ("bom", BOM + b"They met.", ARTICLE),
    ("two_boms", BOM + BOM + b"They met.", ARTICLE),
    ("crlf", b"They met.\r\nAgain.\r\n", ARTICLE),
    ("cr_only", b"They met.\rAgain.\r", ARTICLE),
    ("nul_in_text", b"They\0 met.", "nul-byte"),
    ("nul_only", b"\0", "nul-byte"),
    ("nuls", b"\0" * 5_000, "nul-byte"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
    ("elf", b"\x7fELF\x02\x01\x01\0\0\0" + bytes(range(256)), "binary"),
    ("zip", b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(128, 256)), "binary"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "bad-encoding"),
    ("random_bytes", bytes(range(1, 256)), "bad-encoding"),
    ("latin_1", "Le président a reçu".encode("latin-1"), "bad-encoding"),
    ("windows_1256", "استقبل الوزير".encode("windows-1256"), "bad-encoding"),
    ("iso_8859_6", "استقبل الوزير".encode("iso-8859-6"), "bad-encoding"),
    ("utf_16_le_bom", b"\xff\xfe" + "They met.".encode("utf-16-le"), "bad-encoding"),
    ("utf_16_be_bom", b"\xfe\xff" + "They met.".encode("utf-16-be"), "bad-encoding"),
    ("utf_16_no_bom", "They met.".encode("utf-16-le"), "nul-byte"),
    ("utf_32", b"\xff\xfe\0\0" + "They met.".encode("utf-32-le"), "bad-encoding"),
    ("shift_jis", "大臣が会談".encode("shift-jis"), "bad-encoding"),
    ("gb18030", "部长会晤".encode("gb18030"), "bad-encoding"),
    ("cut_in_a_letter", "استقبل".encode()[:-1], "bad-encoding"),
    ("continuation_byte", b"They \x80 met.", "bad-encoding"),
    ("overlong_slash", b"They \xc0\xaf met.", "bad-encoding"),
    ("encoded_surrogate", b"They \xed\xa0\x80 met.", "bad-encoding"),
    ("cesu_8_pair", b"They \xed\xa0\xbd\xed\xb8\x80 met.", "bad-encoding"),
    ("beyond_unicode", b"They \xf4\x90\x80\x80 met.", "bad-encoding"),
    ("five_byte_form", b"They \xf8\x88\x80\x80\x80 met.", "bad-encoding"),
    ("control_characters", b"They\x01\x02\x1b[31m met.\x7f", ARTICLE),
    ("c1_controls", "They\u0080\u0085\u009f met.".encode(), ARTICLE),
    ("bidi_override", "They \u202eтем\u202c met.".encode(), ARTICLE),
    ("bidi_isolates", "They \u2066met\u2069.".encode(), ARTICLE),
    ("unclosed_bidi", ("\u202b" * 500 + "They met.").encode(), ARTICLE),
    ("zero_width", "Th\u200be\u200dy m\u2060et.".encode(), ARTICLE),
    ("replacement_characters", "They \ufffd met.".encode(), ARTICLE),
    ("noncharacters", "They \uffff\ufdd0 met.".encode(), ARTICLE),
    ("private_use", "They \ue000\U000f0000 met.".encode(), ARTICLE),
    ("astral", "They met \U0001f91d in \U00010400.".encode(), ARTICLE),
    ("combining_marks", ("e" + "\u0301" * 2_000).encode(), ARTICLE),
    ("tag_characters", ("They met\U000e0041\U000e007f.").encode(), ARTICLE),
    ("line_separators", "They\u2028met\u2029again\x0b\x0c.".encode(), ARTICLE),
    ("one_letter", b"x", ARTICLE),
    ("no_final_newline", b"They met", ARTICLE),
    ("at_the_limit", b"x" * MILLION, ARTICLE),
    ("over_the_limit", b"x" * (MILLION + 1), "too-large"),
    ("arabic_at_the_limit", "ع".encode() * MILLION, ARTICLE),
    ("astral_over_the_limit", "\U0001f91d".encode() * (MILLION + 1), "too-large"),
    ("far_over_the_limit", b"x" * (13 * MILLION), "too-large"),
    ("one_word_lines", b"x\n" * 100_000, ARTICLE),
    ("html_in_a_text_file", b"<html><body>They met.</body></html>", ARTICLE),
    ("json_in_a_text_file", GOOD, ARTICLE),
    ("format_strings", b"{0} %s %n ${HOME} $(id) `id`", ARTICLE),
]

JSON_LINES = [
    ("empty_file", b"", None),
    ("blank_lines", b"\n\n  \n\r\n", None),
    ("no_final_newline", GOOD, ARTICLE),
    ("bom", BOM + GOOD + b"\n", ARTICLE),
    ("crlf", GOOD + b"\r\n", ARTICLE),
    ("indented", b"   " + GOOD + b"   \n", ARTICLE),
    ("plain_text", b"They met.\n", "bad-json"),
    ("cut_off", b'{"text": "They m\n', "bad-json"),
    ("single_quotes", b"{'text': 'They met.'}\n", "bad-json"),
    ("trailing_comma", b'{"text": "They met.",}\n', "bad-json"),
    ("comment", b'{"text": "They met."} // note\n', "bad-json"),
    ("two_objects", GOOD + b" " + GOOD + b"\n", "bad-json"),
    ("closing_brace", b"}\n", "bad-json"),
    ("not_a_number", b'{"text": "They met.", "score": NaN}\n', "bad-json"),
    ("infinity", b'{"text": "They met.", "score": Infinity}\n', "bad-json"),
    ("raw_tab_in_string", b'{"text": "They\tmet."}\n', "bad-json"),
    ("bad_escape", b'{"text": "They \\x met."}\n', "bad-json"),
    ("unfinished_escape", b'{"text": "They \\u00"}\n', "bad-json"),
    ("lone_high_surrogate", b'{"text": "They \\ud83d met."}\n', "bad-json"),
    ("lone_low_surrogate", b'{"text": "They \\udc00 met."}\n', "bad-json"),
    ("swapped_surrogates", b'{"text": "They \\udc00\\ud83d met."}\n', "bad-json"),
    ("surrogate_in_id", b'{"id": "\\ud800", "text": "They met."}\n', "bad-json"),
    ("surrogate_pair", b'{"text": "They \\ud83e\\udd1d met."}\n', ARTICLE),
    ("nesting_100", b'{"x": ' + b"[" * 100 + b"]" * 100 + b', "text": "They met."}\n', ARTICLE),
    ("nesting_5000", b'{"x": ' + b"[" * 5_000 + b"]" * 5_000 + b', "text": "They met."}\n', "bad-json"),
    ("nesting_million", b"[" * MILLION + b"\n", "bad-json"),
    ("objects_nested_50000", b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n", "bad-json"),
    ("huge_number", b'{"text": "They met.", "n": 1' + b"0" * 5_000 + b"}\n", "bad-json"),
    ("long_digits_id", b'{"id": 123456789012345678901234567890, "text": "They met."}\n', "bad-type"),
    ("duplicate_keys", b'{"text": 1, "text": "They met."}\n', ARTICLE),
    ("empty_key", b'{"": 1, "text": "They met."}\n', ARTICLE),
    ("ten_thousand_keys", json.dumps({f"k{at}": at for at in range(10_000)} | {"text": "They met."}).encode(), ARTICLE),
    ("nul_escape", line(text="They\0 met."), "nul-byte"),
    ("raw_nul", b'{"text": "They\0 met."}\n', "bad-json"),
    ("latin_1", '{"text": "reçu"}\n'.encode("latin-1"), "bad-encoding"),
    ("utf_16", '{"text": "They met."}'.encode("utf-16"), "bad-encoding"),
    ("bidi", line(id="\u202ea", title="\u2066b", text="\u202eThey met."), ARTICLE),
    ("controls", line(text="They\x01\x1b met."), ARTICLE),
    ("array", b'["They met."]\n', "bad-type"),
    ("string", b'"They met."\n', "bad-type"),
    ("number", b"42\n", "bad-type"),
    ("null", b"null\n", "bad-type"),
    ("boolean", b"true\n", "bad-type"),
    ("empty_object", b"{}\n", "missing-text"),
    ("no_text", line(id="a", title="T"), "missing-text"),
    ("text_null", line(text=None), "missing-text"),
    ("text_in_capitals", line(Text="They met."), "missing-text"),
    ("text_number", line(text=5), "bad-type"),
    ("text_list", line(text=["They met."]), "bad-type"),
    ("text_object", line(text={"en": "They met."}), "bad-type"),
    ("text_boolean", line(text=True), "bad-type"),
    ("text_empty", line(text=""), "empty"),
    ("text_spaces", line(text=" \n\t"), "empty"),
    ("title_but_empty_text", line(title="They met", text=""), ARTICLE),
    ("title_number", line(title=1, text="They met."), "bad-type"),
    ("title_list", line(title=[], text="They met."), "bad-type"),
    ("title_null", line(title=None, text="They met."), ARTICLE),
    ("title_of_lines", line(title="a\nb\r\nc", text="They met."), ARTICLE),
    ("id_number", line(id=7, text="They met."), ARTICLE),
    ("id_null", line(id=None, text="They met."), ARTICLE),
    ("id_empty", line(id="", text="They met."), ARTICLE),
    ("id_float", line(id=1.5, text="They met."), "bad-type"),
    ("id_boolean", line(id=True, text="They met."), "bad-type"),
    ("id_list", line(id=["a"], text="They met."), "bad-type"),
    ("id_with_newline", line(id="a\nb\x1b[2J", text="They met."), ARTICLE),
    ("id_like_a_path", line(id="../../etc/passwd", text="They met."), ARTICLE),
    ("date_day", line(published="2025-05-12", text="They met."), ARTICLE),
    ("date_zulu", line(published="2025-05-12T23:59:59Z", text="They met."), ARTICLE),
    ("date_zone", line(published="2025-05-12T00:10:00+03:30", text="They met."), ARTICLE),
    ("date_empty", line(published="", text="They met."), ARTICLE),
    ("date_words", line(published="yesterday", text="They met."), "bad-date"),
    ("date_without_year", line(published="12 May", text="They met."), "bad-date"),
    ("date_on_the_clock", line(published="in 2 months 2027", text="They met."), "bad-date"),
    ("date_slashes", line(published="05/12/2025", text="They met."), "bad-date"),
    ("date_thirtieth_of_february", line(published="2025-02-30", text="They met."), "bad-date"),
    ("date_year_only", line(published="2025", text="They met."), "bad-date"),
    ("date_year_zero", line(published="0000-01-01", text="They met."), "bad-date"),
    ("date_five_digits", line(published="12025-01-01", text="They met."), "bad-date"),
    ("date_arabic_digits", line(published="٢٠٢٥-٠٥-١٢", text="They met."), "bad-date"),
    ("date_long", line(published="2" * 10_000, text="They met."), "bad-date"),
    ("date_number", line(published=1747000000, text="They met."), "bad-type"),
    ("date_list", line(published=[2025, 5, 12], text="They met."), "bad-type"),
    ("language_region", line(language="ar-EG", text="They met."), ARTICLE),
    ("language_empty", line(language="", text="They met."), ARTICLE),
    ("language_word", line(language="English please", text="They met."), "bad-language"),
    ("language_number", line(language=1, text="They met."), "bad-type"),
    ("url_number", line(url=1, text="They met."), "bad-type"),
    ("source_list", line(source=[], text="They met."), "bad-type"),
    ("over_the_limit", line(text="x" * (MILLION + 1)), "too-large"),
    ("title_and_text_over_the_limit", line(title="They met", text="x" * MILLION), "too-large"),
    ("line_of_13_mb", b'{"text": "' + b"x" * (13 * MILLION) + b'"}\n', "too-large"),
]

PACKED = [
    ("a.jsonl.gz", "empty_gzip_file", b"", None),
    ("a.jsonl.gz", "no_gzip", GOOD, "broken-compression"),
    ("a.jsonl.gz", "header_only", gzip.compress(GOOD)[:10], "broken-compression"),
    ("a.jsonl.gz", "cut_off", gzip.compress(GOOD * 50)[:-9], "broken-compression"),
    ("a.jsonl.gz", "checksum_cut_off", gzip.compress(GOOD)[:-4], "broken-compression"),
    ("a.jsonl.gz", "wrong_checksum", gzip.compress(GOOD)[:-8] + b"\0" * 8, "broken-compression"),
    (
        "a.jsonl.gz",
        "flipped_byte",
        gzip.compress(GOOD * 9)[:20] + b"\xff" + gzip.compress(GOOD * 9)[21:],
        "broken-compression",
    ),
    ("a.jsonl.gz", "raw_deflate", zlib.compress(GOOD), "broken-compression"),
    ("a.jsonl.gz", "zstd_inside", zst(GOOD), "broken-compression"),
    ("a.jsonl.gz", "two_members", gzip.compress(GOOD + b"\n") + gzip.compress(b"\n"), ARTICLE),
    ("a.jsonl.gz", "padded_with_nuls", gzip.compress(GOOD) + b"\0" * 512, ARTICLE),
    ("a.txt.gz", "text", gzip.compress(b"They met."), ARTICLE),
    ("a.txt.gz", "empty_text", gzip.compress(b""), "empty"),
    ("a.txt.gz", "bomb_100_mb", gzip.compress(b"\0" * 100_000_000, 1), "too-large"),
    ("a.jsonl.gz", "bomb_line_100_mb", gzip.compress(b" " * 100_000_000, 1), "too-large"),
    ("a.jsonl.zst", "empty_zstd_file", b"", None),
    ("a.jsonl.zst", "no_zstd", GOOD, "broken-compression"),
    ("a.jsonl.zst", "cut_off", zst(GOOD * 50)[:-5], "broken-compression"),
    ("a.jsonl.zst", "magic_only", zst(GOOD)[:4], "broken-compression"),
    ("a.jsonl.zst", "garbage_after", zst(GOOD + b"\n") + b"garbage", "broken-compression"),
    ("a.jsonl.zst", "two_frames", zst(GOOD + b"\n") + zst(b"\n"), ARTICLE),
    ("a.txt.zst", "bomb_100_mb", zst(b"x" * 100_000_000), "too-large"),
    ("a.json", "empty", b"", "empty"),
    ("a.json", "spaces", b" \n", "empty"),
    ("a.json", "array_of_articles", b"[" + GOOD + b"]", "bad-type"),
    ("a.json", "pretty_printed", b'{\n  "text": "They met."\n}\n', ARTICLE),
    ("a.json", "many_lines", GOOD + b"\n" + GOOD, "bad-json"),
    ("a.html", "empty", b"", "empty"),
    ("a.html", "tags_only", b"<html><head></head><body></body></html>", "no-article"),
    ("a.html", "no_html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
    ("a.html", "nul", b"<html><body><p>They\0 met.</p></body></html>", "nul-byte"),
    ("a.html", "scripts_only", b"<html><script>alert(1)</script><style>p{}</style></html>", "no-article"),
    ("a.html", "unknown_charset", b"<meta charset='klingon'><p>\xff\xfe</p>", "bad-encoding"),
    ("a.html", "entity_bomb", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html>&b;</html>', "no-article"),
    ("a.parquet", "empty", b"", "broken-parquet"),
    ("a.parquet", "no_parquet", GOOD, "broken-parquet"),
    ("a.parquet", "magic_only", b"PAR1PAR1", "broken-parquet"),
    ("a.parquet", "cut_off", PARQUET[:-100], "broken-parquet"),
    ("a.parquet", "footer_only", PARQUET[-500:], "broken-parquet"),
    ("a.parquet", "no_text_column", table(body=["They met."]), "missing-text"),
    ("a.parquet", "text_of_numbers", table(text=[1]), "bad-type"),
    ("a.parquet", "text_null", table(text=pa.array([None], pa.string())), "missing-text"),
    ("a.parquet", "text_of_bytes", table(text=[b"\xff"]), "bad-type"),
    ("a.parquet", "nested_text", table(text=[{"en": "They met."}]), "bad-type"),
    ("a.parquet", "no_rows", table(text=pa.array([], pa.string())), None),
    ("a.warc", "empty", b"", "empty"),
    ("a.warc", "no_warc", b"They met.\n", "broken-warc"),
    ("a.warc", "header_only", b"WARC/1.0\r\n", "broken-warc"),
    ("a.warc.gz", "cut_off", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n")[:-10], "broken-warc"),
    ("a.docx", "unknown_ending", b"They met.", "unknown-ending"),
    ("a", "no_ending", b"They met.", "unknown-ending"),
    ("a.gz", "packed_without_ending", gzip.compress(b"They met."), "unknown-ending"),
]

CASES = [
    *[("a.txt", f"txt_{name}", data, expected) for name, data, expected in TEXTS],
    *[("a.jsonl", f"jsonl_{name}", data, expected) for name, data, expected in JSON_LINES],
    *[(file, f"{file[2:]}_{name}", data, expected) for file, name, data, expected in PACKED],
]


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 120
    assert {case[3] for case in CASES} <= {*KINDS, ARTICLE, None}


@pytest.mark.parametrize(("name", "title", "data", "expected"), CASES, ids=[case[1] for case in CASES])
def test_bad_input(tmp_path: Path, name: str, title: str, data: bytes, expected: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    items = list(read_articles([path]))
    if expected is None:
        assert items == []
        return
    last = items[-1]
    if isinstance(last, BadInput):
        assert last.kind == expected, last.message
        assert last.input == str(path)
        assert last.message
    else:
        assert expected == ARTICLE
        last.text.encode()


def test_one_bad_line_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    bad = [
        data.splitlines()[0] + b"\n"
        for name, data, expected in JSON_LINES
        if expected not in (None, ARTICLE) and name != "utf_16"
    ]
    path.write_bytes(b"".join(row + GOOD + b"\n" for row in bad))
    items = list(read_articles([path]))
    assert [type(item) for item in items] == [BadInput, Article] * len(bad)
    assert [item.line for item in items if isinstance(item, BadInput)] == list(range(1, 2 * len(bad), 2))


def test_a_line_of_50_mb_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + b"\n" + b'{"text": "' + b"x" * 50_000_000 + b'"}\n' + GOOD + b"\n")
    first, bad, last = read_articles([path])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert last.id == "a#3"
    assert isinstance(bad, BadInput)
    assert (bad.kind, bad.line, bad.offset) == ("too-large", 2, len(GOOD) + 1)


def test_what_came_before_the_damage_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    # Incompressible ids, so that the data spans several blocks of deflate.
    lines = b"".join(line(id=zlib.crc32(str(at).encode()), text="They met.") for at in range(20_000))
    path.write_bytes(gzip.compress(lines)[:-1_000])
    items = list(read_articles([path]))
    assert len(items) > 10_000
    assert [item for item in items if isinstance(item, BadInput)] == items[-1:]
