"""Reads the rule files of a language as far as they can be read: what is wrong is left out and reported."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from extract.errors import Problem, RuleError
from extract.rulebook.book import ReadFile, RuleSources, gather_sources, read_file
from extract.rulebook.layers import Folder, open_layers
from extract.rulebook.load import Source, read_source
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
    files: tuple[ReadFile, ...] = ()  # as written, with the rules that an upper folder replaces or takes out


def read_draft(rules: Folder, language: str) -> Draft:
    """Read every file of a language in all rule folders, leaving out what is wrong."""
    layers = open_layers(rules)
    problems: list[Problem] = []
    files: list[ReadFile] = []
    digest = hashlib.sha256(b"draft")
    for each in layers.files(language):
        digest.update(each.path.name.encode() + b"\0" + each.path.read_bytes())
        try:
            source = read_source(each.path, each.name)
        except RuleError as error:
            problems.extend(error.problems)
        else:
            files.append(read_file(each, source, *_validate(source, problems)))
    sources = gather_sources(layers, language, files, digest.hexdigest())
    placed = tuple(
        Placed(rule, file, number)
        for file in sources.files
        for rule, number in zip(file.content.rules, file.numbers, strict=True)
    )
    return Draft(sources, placed, tuple(problems), tuple(files))


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
