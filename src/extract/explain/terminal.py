"""An explanation for the terminal: lines of text with a little style, the same words where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from extract.explain.model import Considered, Explanation, MeetingValues, Support, Value

_AROUND = 28  # characters of context on either side
_STYLES = {
    "meeting": "bold magenta",
    "status": "yellow",
    "date": "cyan",
    "venue": "green",
    "participant": "bold blue",
    "role": "blue",
    "topic": "bright_black",
    "agreed": "bold green",
    "proposed": "red",
}
_LEFT, _RIGHT = "‹", "›"  # what marks the words in their place, with and without colour
_NAMES = {"agreed": "agreed action", "proposed": "proposed action"}


def render(explanation: Explanation) -> Iterator[Text]:
    """The lines of an explanation."""
    yield _heading(explanation)
    if not explanation.meetings:
        yield Text("no meeting")
    for meeting in explanation.meetings:
        yield Text()
        yield from _meeting(meeting, explanation.article.text)
    if explanation.considered:
        yield Text()
        yield Text("considered and left out", style="bold")
        for each in explanation.considered:
            yield from _considered(each, explanation.article.text)
    for diagnostic in explanation.record.diagnostics:
        yield Text.assemble("  ", (diagnostic.code, "bold"), f": {diagnostic.message}")


def _heading(explanation: Explanation) -> Text:
    info = explanation.record.article
    published = f"published {info.published}" if info.published else "no publication date"
    parts = [info.language, published, *([info.source] if info.source else [])]
    return Text.assemble((info.id, "bold"), f"  {' · '.join(parts)}", *([f"\n{info.title}"] if info.title else []))


def _meeting(meeting: MeetingValues, text: str) -> Iterator[Text]:
    yield Text.assemble((meeting.path, "bold"), f"  {meeting.heading}")
    for value in meeting.values:
        yield from _value(value, text)


def _value(value: Value, text: str) -> Iterator[Text]:
    name = _NAMES.get(value.kind, value.kind)
    indent = "    " if value.kind == "role" else "  "
    details = f"  ({', '.join(value.details)})" if value.details else ""
    yield Text.assemble(indent, f"{name:<15} ", (value.text, _STYLES[value.kind]), details)
    for support in value.supports:
        yield from _support(support, text, _STYLES[value.kind])
    for note in value.notes:
        yield Text(f"      {note}", style="italic")


def _support(support: Support, text: str, style: str) -> Iterator[Text]:
    says = f"{support.says}: " if support.says else ""
    yield Text.assemble("      ", says, *_in_place(support, text, style), f"  {support.start}–{support.end}")
    yield Text(f"        {support.rule}  {support.where}".rstrip(), style="dim")


def _in_place(support: Support, text: str, style: str) -> Iterator[str | tuple[str, str]]:
    """The words between those around them, on one line."""
    before = " ".join(text[max(0, support.start - _AROUND) : support.start].split(" ")[1:])
    after = " ".join(text[support.end : support.end + _AROUND].split(" ")[:-1])
    yield _one_line(before.rpartition("\n")[2])
    yield (f"{_LEFT}{support.words}{_RIGHT}", style)
    yield _one_line(after.partition("\n")[0])


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\t", " ")


def _considered(each: Considered, text: str) -> Iterator[Text]:
    yield Text(f"  {each.sentence}")
    yield from _support(each.support, text, "")
