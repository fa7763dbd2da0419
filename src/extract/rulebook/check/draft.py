"""Reads the rule files of a language as far as they can be read: what is wrong is left out and reported."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from extract.errors import Problem, RuleError
from extract.rulebook.book import SHARED, ReadFile, RuleSources
from extract.rulebook.load import Source, read_source, read_yaml
from extract.rulebook.model import Rule, RuleFile

_CURES = {
    "missing": "add it",
    "extra_forbidden": "take it out, or put it where it belongs",
    "string_pattern_mismatch": "write <language>.<file>.<name> in small letters",
    "string_type": "put it in quotes",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it stands: the file, and its number among the rules written there."""

    rule: Rule
    file: ReadFile
    number: int

    def problem(self, code: str, message: str, cure: str, *path: str | int) -> Problem:
        """A problem at `path` within the rule."""
        source = self.file.source
        line, column = source.text_at("rules", self.number, *path)
        return Problem(source.file, line, column, code, f"{self.rule.id}: {message}", cure)


@dataclass(frozen=True, slots=True)
class Draft:
    """The sound part of the rule files of one language, and what is wrong with the rest."""

    sources: RuleSources
    rules: tuple[Placed, ...]
    problems: tuple[Problem, ...]


def read_draft(rules: Path, language: str) -> Draft:
    """Read every file under rules/<language>, leaving out what is wrong."""
    problems: list[Problem] = []
    files: list[ReadFile] = []
    placed: list[Placed] = []
    digest = hashlib.sha256(b"draft")
    for path in sorted((rules / language).glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
        try:
            source = read_source(path, path.relative_to(rules.parent).as_posix())
        except RuleError as error:
            problems.extend(error.problems)
            continue
        content, numbers = _validate(source, problems)
        file = ReadFile(path.stem, path.stem.split("-")[0], source, content)
        files.append(file)
        placed.extend(Placed(rule, file, number) for rule, number in zip(content.rules, numbers, strict=True))
    shared = {name: read_yaml(rules / "shared" / f"{name}.yaml") for name in SHARED}
    return Draft(RuleSources(language, tuple(files), digest.hexdigest(), shared), tuple(placed), tuple(problems))


def _validate(source: Source, problems: list[Problem]) -> tuple[RuleFile, list[int]]:
    """The content of a file without its faulty parts, and the numbers of the rules that stayed."""
    value = copy.deepcopy(source.value) if isinstance(source.value, dict) else {}
    numbers = list(range(len(value["rules"]))) if isinstance(value.get("rules"), list) else []
    if not isinstance(source.value, dict):
        problems.append(Problem(source.file, 1, 1, "schema", "the file holds no mapping", "start with about:"))
        return RuleFile(about="-"), []
    for first in (True, False):
        try:
            return RuleFile.model_validate(value), numbers
        except ValidationError as error:
            if first:
                problems.extend(_schema_problems(source, error))
            _leave_out(value, numbers, {tuple(each["loc"]) for each in error.errors()})
    return RuleFile(about="-"), []


def _leave_out(value: dict[str, Any], numbers: list[int], faults: set[tuple[int | str, ...]]) -> None:
    for number in sorted({int(loc[1]) for loc in faults if loc[0] == "rules" and len(loc) > 1}, reverse=True):
        del value["rules"][number]
        del numbers[number]
    for loc in faults:
        name, section = str(loc[0]), value.get(str(loc[0]))
        if name == "about":
            value["about"] = "-"
        elif len(loc) > 1 and isinstance(section, dict):
            section.pop(loc[1], None)
        elif len(loc) == 1 or not isinstance(section, list):
            value.pop(name, None)


def _schema_problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    for each in error.errors():
        loc = each["loc"]
        line, column = source.where(*loc)
        place = ".".join(str(part) for part in loc)
        yield Problem(source.file, line, column, "schema", f"{place}: {each['msg']}", _cure(each["type"], loc))


def _cure(kind: str, loc: tuple[int | str, ...]) -> str:
    if kind == "extra_forbidden":
        model: type[BaseModel] = Rule if loc[0] == "rules" else RuleFile
        fields: Mapping[str, Any] = model.model_fields
        near = get_close_matches(str(loc[-1]), fields, 1)
        return f"did you mean {near[0]}?" if near else f"known here: {', '.join(fields)}"
    return _CURES.get(kind, "see docs/rules.md")
