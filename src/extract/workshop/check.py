"""All that can be wrong with a rule base, in one run: its files, and the examples of its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import Problem
from extract.pipeline import compile_language
from extract.rulebook.check import NOTICES, lint_counterparts, lint_draft, lint_shared, read_draft
from extract.workshop.examples import Result, read_examples, run_examples


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


def check_rules(rules: Path, files: Collection[Path] = ()) -> Report:
    """Check a rule folder; where `files` are given, report only what is in them."""
    rules = rules.resolve()
    wanted = {path.resolve().relative_to(rules.parent).as_posix() for path in files}
    shared = any("/shared/" in name for name in wanted)
    languages = find_languages(rules)
    if wanted and not shared:
        languages = [language for language in languages if any(f"/{language}/" in name for name in wanted)]
    drafts = {language: read_draft(rules, language) for language in languages}
    problems = [] if wanted else list(lint_counterparts(drafts))
    problems += lint_shared(rules) if shared or not wanted else ()
    results: list[Result] = []
    count = 0
    for draft in drafts.values():
        found = list(draft.problems)
        compiled = compile_language(rules, draft.sources, found)
        problems += [*found, *lint_draft(draft, compiled.book)]
        chosen = [placed for placed in draft.rules if not wanted or shared or placed.file.source.file in wanted]
        count += len(chosen)
        results += run_examples(read_examples(chosen), draft.rules, compiled)
    problems += _outranked(results)
    return Report(
        tuple(sorted({p for p in problems if not wanted or shared or p.file in wanted})), tuple(results), count
    )


def find_languages(rules: Path) -> Sequence[str]:
    """The languages of a rule folder, by their codes."""
    return sorted(path.name for path in rules.iterdir() if len(path.name) in (2, 3) and any(path.glob("*.yaml")))


def _outranked(results: Sequence[Result]) -> list[Problem]:
    found = []
    for result in results:
        if result.outranked:
            each = result.example
            message = f"{each.rule}: it matches here, and {result.outranked} takes the words"
            cure = "raise its priority, or choose an example of its own"
            found.append(Problem(each.file, each.line, each.column, "outranked", message, cure))
    return found
