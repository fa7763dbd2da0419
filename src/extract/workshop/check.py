"""All that can be wrong with a rule base, in one run: its files, and the examples of its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import Problem, RuleError
from extract.languages import compile_language
from extract.rulebook.cache import content_key
from extract.rulebook.check import (
    NOTICES,
    lint_counterparts,
    lint_draft,
    lint_folders,
    lint_shared,
    read_draft,
)  # fmt: skip
from extract.rulebook.layers import SHARED, Folder, Layers, open_layers
from extract.workshop.examples import Result, read_examples, run_examples
from extract.workshop.kept import Findings, keep_findings


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found, in order of files and lines."""

    problems: tuple[Problem, ...]
    results: tuple[Result, ...]
    rules: int

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems for which the check fails."""
        return tuple(problem for problem in self.problems if problem.code not in NOTICES)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is worth saying and no fault."""
        return tuple(problem for problem in self.problems if problem.code in NOTICES)

    @property
    def sound(self) -> bool:
        """Whether there is no fault and no failed example."""
        return not self.faults and not any(result.failed for result in self.results)

    @property
    def outcomes(self) -> Counter[str]:
        """How many examples came out how."""
        return Counter(result.outcome for result in self.results)


def check_rules(rules: Folder | Sequence[Path] | None = None, files: Collection[Path] = ()) -> Report:
    """Check rule folders; where `files` are given, report only what is in them.

    Of several folders, the lowest is looked at only for examples that those above it change.
    """
    layers = open_layers(rules)
    scope = _open_scope(layers, files)
    problems = [] if files else list(lint_folders(layers))
    problems += lint_counterparts(layers) if not files and len(layers.folders) == 1 else ()
    found = [_keep_language(language, scope) for language in scope.languages()]
    if scope.shared:
        found.append(_keep_shared(layers))
    problems += [problem for each in found for problem in each.problems]
    kept = {p for p in problems if p.code in ("changed-below", "no-counterpart") or scope.holds(p.file)}
    results = tuple(result for each in found for result in each.results)
    return Report(tuple(sorted(kept)), results, sum(each.rules for each in found))


def _keep_language(language: str, scope: _Scope) -> Findings:
    hangs_on = [content_key(scope.layers, language), *sorted(scope.wanted)]
    return keep_findings(f"check-{language}", hangs_on, lambda: _check_language(language, scope))


def _keep_shared(layers: Layers) -> Findings:
    return keep_findings("check-shared", [content_key(layers, SHARED)], lambda: Findings(list(lint_shared(layers))))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What of the folders is looked at: the wanted files, else all but the lowest of several folders."""

    layers: Layers
    wanted: frozenset[str]
    names: frozenset[str]

    @property
    def shared(self) -> bool:
        """Whether the shared files are looked at."""
        return any(f"/{SHARED}/" in name for name in self.names)

    def holds(self, name: str) -> bool:
        """Whether the problems of a file are told."""
        return name in self.names

    def languages(self) -> Sequence[str]:
        """The languages that the files are of; all where the shared files of a folder are among them."""
        every = not self.wanted and self.shared
        return [code for code in self.layers.languages() if every or any(f"/{code}/" in name for name in self.names)]


def _open_scope(layers: Layers, files: Collection[Path]) -> _Scope:
    lowest, several = layers.folders[0], len(layers.folders) > 1
    wanted = frozenset(_name(layers, path) for path in files)
    every = (path for path in layers.every_file() if not (several and path.is_relative_to(lowest)))
    return _Scope(layers, wanted, wanted or frozenset(map(layers.name, every)))


def _name(layers: Layers, path: Path) -> str:
    for place in (path.absolute(), path.resolve()):  # a folder may be a link to another
        if any(place.is_relative_to(folder) for folder in layers.folders):
            return layers.name(place)
    cure = f"check it with --rules {path.parent.parent}"
    raise RuleError([Problem(str(path), 1, 1, "no-rules", f"this file is not in {layers}", cure)])


def _check_language(language: str, scope: _Scope) -> Findings:
    """The faults of one language, and how the examples came out that are looked at."""
    draft = read_draft(scope.layers, language)
    problems = list(draft.problems)
    compiled = compile_language(scope.layers, draft.sources, problems)
    problems += lint_draft(draft, compiled.book)
    layered = not scope.wanted and len(scope.layers.folders) > 1
    chosen = [placed for placed in draft.rules if layered or scope.holds(placed.file.source.file)]
    results = list(run_examples(read_examples(chosen), draft.rules, compiled))
    compiled.keep_patterns()
    own = [result for result in results if scope.holds(result.example.file)]
    below = [result for result in results if result.failed and not scope.holds(result.example.file)]
    count = sum(scope.holds(placed.file.source.file) for placed in draft.rules)
    return Findings([*problems, *_outranked(own), *map(_changed, below)], own, count)


def _changed(result: Result) -> Problem:
    """An example of a lower folder that comes out otherwise because of an upper one."""
    each = result.example
    message = f'{each.rule}: {result.reason}, in "{each.text}"'
    cure = "nothing, if that is meant; else narrow what you added"
    return Problem(each.file, each.line, each.column, "changed-below", message, cure)


def _outranked(results: Sequence[Result]) -> list[Problem]:
    found = []
    for result in results:
        if result.outranked:
            each = result.example
            message = f"{each.rule}: it matches here, and {result.outranked} takes the words"
            cure = "raise its priority, or choose an example of its own"
            found.append(Problem(each.file, each.line, each.column, "outranked", message, cure))
    return found
