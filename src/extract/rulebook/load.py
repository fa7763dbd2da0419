"""Reads one YAML file strictly, and remembers where each value stood.

YAML 1.1 reads `no`, `on`, `12:30` and `010` as something else and lets a duplicate key win silently. Here a plain
scalar is `null`, `true`, `false`, an integer, a decimal number, or else the text that it shows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import Problem, RuleError
from extract.rulebook import store

if TYPE_CHECKING:
    import yaml

Path_ = tuple[str | int, ...]
Mark = tuple[int, int]

# Sound files as parsed, by name and hash: value, places of values, places of texts. `reuse` keeps them between runs.
KEPT: dict[str, tuple[Any, bytes, bytes]] = {}

_CONSTANTS: dict[str, Any] = {"null": None, "true": True, "false": False, "": None}
_DEEPEST = 50
_INTEGER = re.compile(r"-?(0|[1-9]\d*)$")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+$")


class PackedMarks(Mapping[Path_, Mark]):
    """Where the values of a file stand, unpacked when asked for: only who explains or reports asks."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    @cached_property
    def _marks(self) -> dict[Path_, Mark]:
        return store.unpack(self._packed)  # type: ignore[no-any-return]

    def __getitem__(self, path: Path_) -> Mark:
        return self._marks[path]

    def __iter__(self) -> Iterator[Path_]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: its value, and the line and column (from 1) of every key path in it.

    `texts` says where the letters of a text begin, behind its key and its quotation mark.
    """

    file: str
    value: Any
    marks: Mapping[Path_, Mark] = field(repr=False)
    texts: Mapping[Path_, Mark] = field(default_factory=dict, repr=False)

    def where(self, *path: str | int) -> Mark:
        """Line and column of the value at `path`, or of the nearest thing around it."""
        while path not in self.marks and path:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def text_at(self, *path: str | int) -> Mark:
        """Line and column of the first letter of the text at `path`; a lone text may stand for a list of one."""
        if path in self.texts:
            return self.texts[path]
        return self.texts.get(path[:-1]) or self.where(*path)


def read_source(path: Path, name: str | None = None) -> Source:
    """Parse a rule file; raises RuleError with file, line and column for whatever is wrong in its YAML."""
    return _parse(path.read_bytes(), name or path.as_posix())


@lru_cache(maxsize=128)
def _parse(content: bytes, file: str) -> Source:
    """The file's content, parsed once: who edits one file reads the others again and again."""
    key = f"{file} {hashlib.sha256(content).hexdigest()}"
    if key not in KEPT:
        source = _parse_anew(content, file)
        KEPT[key] = (source.value, store.pack(dict(source.marks)), store.pack(dict(source.texts)))
        return source
    value, marks, texts = KEPT[key]
    return Source(file, value, PackedMarks(marks), PackedMarks(texts))


def _parse_anew(content: bytes, file: str) -> Source:
    import yaml  # a kept rule base has no need of it

    problems: list[Problem] = []
    marks: dict[Path_, Mark] = {}
    texts: dict[Path_, Mark] = {}
    value = None
    try:
        text, loader = content.decode("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        # Before the composer is asked: it calls itself for every level, and the end of the stack is the end of it all.
        deep = _find_too_deep(yaml.parse(text, Loader=loader))
        node = None if deep else yaml.compose(text, Loader=loader)
        if deep:
            problems.append(Problem(file, *deep, "too-deep", "nested too deeply", "nest less"))
        value = None if node is None else _construct(node, (), _Marks(marks, texts, problems, file))
    except UnicodeDecodeError as error:
        problems.append(Problem(file, 1, 1, "encoding", f"not UTF-8 at byte {error.start}", "save the file as UTF-8"))
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(file, error))
    if problems:
        raise RuleError(problems)
    return Source(file, value, marks, texts)


def _find_too_deep(events: Iterable[Any]) -> Mark | None:
    """Where a file is nested deeper than any rule file has reason to be."""
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if depth > _DEEPEST:
            return event.start_mark.line + 1, event.start_mark.column + 1
    return None


def read_yaml(path: Path) -> Any:
    """The value of a strict YAML file, without marks."""
    return read_source(path).value


def _syntax_problem(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(file, line, column, "yaml-syntax", str(message), "quote the value, or mend the indentation")


@dataclass(frozen=True, slots=True)
class _Marks:
    marks: dict[Path_, Mark]
    texts: dict[Path_, Mark]
    problems: list[Problem]
    file: str
    seen: set[int] = field(default_factory=set)


def _construct(node: Any, path: Path_, out: _Marks) -> Any:
    line, column = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in out.seen:  # a few lines of aliases of aliases would stand for more than any memory holds
        out.problems.append(Problem(out.file, line, column, "alias", "an alias stands for this", "write it out"))
        return None
    out.seen.add(id(node))
    out.marks[path] = (line, column)
    if node.id == "scalar":
        out.texts[path] = (line + 1, 1) if node.style in ("|", ">") else (line, column + bool(node.style))
        return _scalar(node)
    if node.id == "sequence":
        return [_construct(item, (*path, i), out) for i, item in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if key in mapping:
            message = f"the key {key!r} occurs twice in one mapping"
            out.problems.append(
                Problem(out.file, line, column, "duplicate-key", message, "merge the two or rename one")
            )
        mapping[key] = _construct(value_node, (*path, key), out)
        out.marks[(*path, key)] = (line, column)
    return mapping


def _scalar(node: Any) -> Any:
    text = node.value
    if node.style:  # the C loader says "" for a plain scalar, the other None
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text
