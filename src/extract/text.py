"""What in an article is title, dateline, byline, body and boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"[^\n]+")
PROSE = ("title", "body")  # the zones that say something
_PROSE_LINE = 100  # letters of a line that says more than a caption


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the article: `zone` is title, dateline, byline, body or boilerplate; offsets in the article's text."""

    text: str
    start: int
    zone: str
    paragraph: int

    @property
    def end(self) -> int:
        """Offset just after the piece."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of an article in order; the dateline's parts where there is one."""

    blocks: tuple[Block, ...]
    dateline_place: tuple[int, int] | None = None
    dateline_day: tuple[int, int] | None = None
    readout: tuple[int, int] | None = None

    @property
    def title(self) -> str | None:
        """The headline."""
        return next((block.text.strip() for block in self.blocks if block.zone == "title"), None)

    def prose(self) -> tuple[Block, ...]:
        """The pieces that say something: title and body."""
        return tuple(block for block in self.blocks if block.zone in PROSE)


def find_layout(text: str, title: str | None, settings: Mapping[str, Any]) -> Layout:
    """Tell the pieces of an article apart.

    `settings` hold the expressions of the stage `layout`: `dateline` (groups `place`, `day`), `byline`,
    `boilerplate` (a line that is no prose), `caption` (a line that is none where the article says more than its
    captions) and `closing` (that line and all after it is no prose).
    """
    datelines = [re.compile(each) for each in settings.get("dateline", [])]
    drop = re.compile("|".join(settings.get("boilerplate", [])) or r"(?!)")
    byline = re.compile("|".join(settings.get("byline", [])) or r"(?!)")
    closing = re.compile("|".join(settings.get("closing", [])) or r"(?!)")
    lines = list(_lines(text))
    caption = _captions([line for _, line in lines], settings)
    blocks: list[Block] = []
    place = day = None
    closed = False
    for number, (start, line) in enumerate(lines):
        closed = closed or (number > 0 and bool(closing.match(line)))
        if closed or drop.match(line) or caption.match(line):
            blocks.append(Block(line, start, "boilerplate", number))
        elif number == 0 and title and line.strip() == title.strip():
            blocks.append(Block(line, start, "title", number))
        elif byline.match(line):
            blocks.append(Block(line, start, "byline", number))
        else:
            found = None
            if place is None and not any(block.zone == "body" for block in blocks):
                found = next((match for each in datelines if (match := each.match(line))), None)
            if found:
                place, day = _group(found, "place", start), _group(found, "day", start)
                blocks.append(Block(line[: found.end()], start, "dateline", number))
                start, line = start + found.end(), line[found.end() :]
            if line.strip():
                blocks.append(Block(line, start, "body", number))
    readout = re.compile("|".join(settings.get("readout", [])) or r"(?!)")
    marks = [(block.start, block.end) for block in blocks if block.zone != "body" and readout.match(block.text)]
    return Layout(tuple(blocks), place, day, marks[0] if marks else None)


def _captions(lines: Sequence[str], settings: Mapping[str, Any]) -> re.Pattern[str]:
    """What matches the captions of photographs; nothing where an article is no more than captions."""
    caption = re.compile("|".join(settings.get("caption", [])) or r"(?!)")
    prose = any(len(line) >= _PROSE_LINE and not caption.match(line) for line in lines)
    return caption if prose else re.compile(r"(?!)")


def _group(match: re.Match[str], name: str, offset: int) -> tuple[int, int] | None:
    if name not in match.re.groupindex or match.start(name) < 0:
        return None
    return offset + match.start(name), offset + match.end(name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(text):
        line = match.group()
        if line.strip():
            yield match.start(), line.rstrip("\r")
