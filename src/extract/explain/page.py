"""An explanation as one self-contained HTML page: no network, no font from elsewhere, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise

from extract.explain.model import LETTERS, Considered, Explanation, MeetingValues, Support, Value
from extract.text import Block

_QUOTED = re.compile("“([^”]*)”")
_LEGEND = {
    "meeting": "meeting",
    "status": "status",
    "date": "date",
    "venue": "venue",
    "participant": "participant",
    "role": "office",
    "topic": "topic",
    "agreed": "agreed action",
    "proposed": "proposed action",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words in the article with the label that leads to their values: a letter for the kind and a number."""

    start: int
    end: int
    kind: str
    label: str


def write_page(explanation: Explanation) -> str:
    """The page. Everything that comes from the article or the rules is escaped."""
    marks = _marks(explanation.meetings)
    labels = {(m.kind, m.start, m.end): m.label for m in marks.values()}
    parts = {
        "title": _e(explanation.title or explanation.article.id),
        "css": _asset("page.css"),
        "js": _asset("page.js"),
        "lang": _e(explanation.language or "und"),
        "about": _about(explanation),
        "legend": "".join(_legend_entry(kind) for kind in LETTERS if any(m.kind == kind for m in marks.values())),
        "text": "\n".join(_blocks(explanation, tuple(marks.values()))),
        "record": "\n".join(_meeting(meeting, labels) for meeting in explanation.meetings) or _nothing(explanation),
        "considered": _considered(explanation.considered),
    }
    page = _asset("page.html")
    for name, value in parts.items():
        page = page.replace("{{" + name + "}}", value, 1)
    return page


def _asset(name: str) -> str:
    return files("extract.explain").joinpath(name).read_text(encoding="utf-8").rstrip("\n")


def _e(text: str) -> str:
    return escape(text, quote=True)


def _isolated(text: str, of: str = "") -> str:
    """Words from the article among words of the page: their direction must not reach out of them."""
    name = f' class="{of}"' if of else ""
    return f'<bdi dir="auto"{name}>{_e(text)}</bdi>'


def _sentence(text: str) -> str:
    """A sentence of ours; the words of the article in it stand in quotation marks and are isolated."""
    return "".join(f"“{_isolated(part)}”" if quoted else _e(part) for quoted, part in _quotations(text))


def _quotations(text: str) -> Iterator[tuple[bool, str]]:
    for number, part in enumerate(_QUOTED.split(text)):
        yield number % 2 == 1, part


def _about(explanation: Explanation) -> str:
    info = explanation.record.article
    rows = {
        "article": info.id,
        "source": info.source,
        "language": info.language,
        "published": info.published.isoformat() if info.published else "unknown",
        "SHA-256": info.sha256,
    }
    return "".join(f"<div><dt>{name}</dt><dd>{_isolated(value)}</dd></div>" for name, value in rows.items() if value)


def _marks(meetings: Iterable[MeetingValues]) -> Mapping[tuple[str, int, int], Mark]:
    """One mark for each span of each kind, numbered by kind in the order of the text."""
    spans = {(v.kind, s.start, s.end) for m in meetings for v in m.values for s in v.supports[:1]}
    marks: dict[tuple[str, int, int], Mark] = {}
    counts: dict[str, int] = {}
    for kind, start, end in sorted(spans, key=lambda each: (each[1], -each[2], list(LETTERS).index(each[0]))):
        counts[kind] = counts.get(kind, 0) + 1
        marks[kind, start, end] = Mark(start, end, kind, f"{LETTERS[kind]}{counts[kind]}")
    return marks


def _legend_entry(kind: str) -> str:
    return f'<li><mark class="k-{kind}">{_LEGEND[kind]}</mark><sup>{LETTERS[kind]}</sup></li>'


# ---- the article ----


def _blocks(explanation: Explanation, marks: tuple[Mark, ...]) -> Iterator[str]:
    text = explanation.article.text
    blocks = explanation.blocks or (Block(text, 0, "body", 0),)
    for paragraph in _paragraphs(blocks):
        inside = "".join(_block(block, text, marks) for block in paragraph)
        zone = paragraph[-1].zone
        yield f'<p dir="auto" class="zone-{_e(zone)}">{inside}</p>'


def _paragraphs(blocks: Iterable[Block]) -> list[list[Block]]:
    """Blocks by line, so that a dateline stands before its paragraph; lines of a text without layout are its own."""
    lines: list[list[Block]] = []
    for block in blocks:
        for piece in _lines(block):
            if lines and lines[-1][-1].paragraph == piece.paragraph and lines[-1][-1].end == piece.start:
                lines[-1].append(piece)
            else:
                lines.append([piece])
    return lines


def _lines(block: Block) -> Iterator[Block]:
    start = block.start
    for line in block.text.split("\n"):
        if line.strip():
            yield Block(line, start, block.zone, block.paragraph)
        start += len(line) + 1


def _block(block: Block, text: str, marks: tuple[Mark, ...]) -> str:
    inside = "".join(_segments(block, text, marks))
    return f'<span class="zone-{_e(block.zone)}">{inside}</span>'


def _segments(block: Block, text: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """The text cut wherever a mark begins or ends, each piece with all the marks that cover it."""
    cuts = {block.start, block.end}
    here = [m for m in marks if m.start < block.end and block.start < m.end]
    cuts |= {c for m in here for c in (m.start, m.end) if block.start < c < block.end}
    points = sorted(cuts)
    for start, end in pairwise(points):
        over = [m for m in here if m.start <= start and end <= m.end]
        yield _piece(_e(text[start:end]), start, end, over, block)


def _piece(words: str, start: int, end: int, over: list[Mark], block: Block) -> str:
    if not over:
        return words
    inner = min(over, key=lambda m: (m.end - m.start, list(LETTERS).index(m.kind)))
    keys = " ".join(m.label for m in over)
    first = [m for m in over if m.start == start or (m.start < block.start == start)]
    last = [m for m in over if m.end == end]
    anchors = "".join(f'<a id="w-{m.label}"></a>' for m in first if m.start == start)
    tags = "".join(
        f'<a class="tag k-{m.kind}" href="#v-{m.label}" data-v="{m.label}" data-tag="{m.label}"'
        f' title="{_LEGEND[m.kind]}"></a>'
        for m in last
    )
    return f'{anchors}<mark class="k-{inner.kind}" data-v="{keys}">{words}</mark>{tags}'


# ---- the record ----


def _meeting(meeting: MeetingValues, labels: Mapping[tuple[str, int, int], str]) -> str:
    seen: set[str] = set()
    values = "\n".join(_value(value, labels, seen) for value in meeting.values)
    return (
        f'<section class="meeting"><h2>{_e(meeting.path)} <small>{_e(meeting.heading)}</small></h2>\n{values}</section>'
    )


def _value(value: Value, labels: Mapping[tuple[str, int, int], str], seen: set[str]) -> str:
    first = value.supports[0] if value.supports else None
    label = labels.get((value.kind, first.start, first.end), "") if first else ""
    anchor = f' id="v-{label}"' if label and label not in seen else ""
    seen.add(label)
    tag = f'<a class="tag k-{value.kind}" href="#w-{label}" data-tag="{label}"></a>' if label else ""
    details = "".join(f'<span class="detail">{_isolated(d)}</span>' for d in value.details)
    supports = "".join(_support(s) for s in value.supports)
    notes = "".join(f'<li class="note">{_sentence(note)}</li>' for note in value.notes)
    data = f' data-v="{label}" tabindex="0"' if label else ""
    return (
        f'<article class="value k-{value.kind}"{anchor}{data}>'
        f'<h3><span class="field">{_LEGEND[value.kind]}</span>{tag}{_isolated(value.text, "text")}{details}</h3>'
        f"<ul>{supports}{notes}</ul></article>"
    )


def _support(support: Support) -> str:
    says = f"{_sentence(support.says)}: " if support.says else ""
    where = f' <span class="where">{_e(support.where)}</span>' if support.where else ""
    return (
        f'<li>{says}“{_isolated(support.words, "words")}” <span class="at">{support.start}–{support.end}</span>'
        f' <span class="rule"><code>{_e(support.rule)}</code>{where}</span></li>'
    )


def _nothing(explanation: Explanation) -> str:
    reasons = "".join(f"<li>{_e(d.code)}: {_isolated(d.message)}</li>" for d in explanation.record.diagnostics)
    return f'<section class="meeting"><h2>no meeting</h2><ul>{reasons}</ul></section>'


def _considered(considered: Iterable[Considered]) -> str:
    rows = "\n".join(
        f"<li><p>{_sentence(each.sentence)}</p><ul>{_support(each.support)}</ul></li>" for each in considered
    )
    return f'<section class="considered"><h2>Considered and left out</h2><ul>\n{rows}\n</ul></section>' if rows else ""
