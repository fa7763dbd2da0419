"""The three kinds of error: a wrong rule file, a wrong article, and bugs (which are not caught here).

A wrong rule file stops the job before the first article. A wrong article becomes one line of the errors
file and the job goes on. Doubt is no error: it stays empty in the record, with a diagnostic.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a rule file: where it is, what it is, and how to cure it. Lines and columns from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""

    def __str__(self) -> str:
        cure = f" ({self.cure})" if self.cure else ""
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}{cure}"


class RuleError(Exception):
    """Wrong rule files; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ArticleError(Exception):
    """One article that cannot be read or is refused; `kind` is a short stable code such as `bad-encoding`."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)
