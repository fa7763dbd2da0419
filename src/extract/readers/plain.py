"""An article from a plain text file; its first line is the title where it looks like a headline."""

from __future__ import annotations

import codecs
import re

from extract.article import Article
from extract.errors import ArticleError
from extract.readers.items import RawArticle, ReadOptions

_LONGEST_HEADLINE = 200  # characters; agency headlines seldom pass 120, ministries write longer ones
# Sentence ends of the scripts in use, and the marks that may close after them.
_SENTENCE_END = re.compile(r"[.:;,،؛。।۔…][\"'”’»)\]]*$")
_ABBREVIATION_END = re.compile(r"(?:^|\s|\()(?:\w\.){2,}[\"'”’»)\]]*$")
# A place in capitals, perhaps with more places, a date or an agency, then a dash: the start of a body.
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,}[A-Z.](?:,? [^–—]{0,40}?)?(?: ?\([^)]{1,40}\))? ?(?:[–—]|--|-(?= ))")
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_plain(data: bytes, raw: RawArticle, options: ReadOptions) -> Article:
    """The article of a text file; the text is what `open(path, encoding="utf-8-sig").read()` gives."""
    text = _universal_newlines(decode_utf8(data))
    return Article(raw.own_id, text, find_headline(text), options.language, options.published, raw.source)


def decode_utf8(data: bytes) -> str:
    """The text of UTF-8 bytes without their byte order mark; raises ArticleError for anything else."""
    for mark, name in _OTHER_ENCODINGS:
        if data.startswith(mark):
            raise ArticleError("bad-encoding", f"the text is in {name}; convert it to UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:1024]:
            raise ArticleError("binary", "no text: neither UTF-8 nor free of NUL bytes") from None
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}, line {line} ({error.reason})"
        raise ArticleError("bad-encoding", message) from None
    return text


def _universal_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def find_headline(text: str) -> str | None:
    """The first line, where it is short, does not end like a sentence, is no dateline, and a longer body follows."""
    first, _, rest = text.lstrip().partition("\n")
    line, body = first.strip(), rest.strip()
    if not line or len(line) > _LONGEST_HEADLINE or len(body) <= len(line):
        return None
    if _SENTENCE_END.search(line) and not _ABBREVIATION_END.search(line):
        return None
    # A line all in capitals is a headline, whatever dash it has.
    return line if line.isupper() or not _DATELINE.match(line) else None
