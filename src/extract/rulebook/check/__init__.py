"""Looks for faults in rule files: everything that can be said without running a rule."""

from extract.rulebook.check.draft import Draft, Placed, read_draft
from extract.rulebook.check.folders import lint_folders
from extract.rulebook.check.lint import NOTICES, lint_counterparts, lint_draft
from extract.rulebook.check.shared import lint_shared

__all__ = ["NOTICES", "Draft", "Placed", "lint_counterparts", "lint_draft", "lint_folders", "lint_shared", "read_draft"]
