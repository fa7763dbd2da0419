"""Where the shipped rules are: inside the installed package, or beside the sources in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from extract.errors import Problem, RuleError


def default_rules() -> Path:
    """The folder of the shipped rules; raises RuleError where the installation has none.

    A wheel carries them as package data under `_rules`. An editable installation has no such folder: its package
    is read from the checkout, whose `rules/` is then the one that is edited.
    """
    package = Path(str(files("extract")))
    packaged, checkout = package / "_rules", package.parent.parent
    if packaged.is_dir():
        return packaged
    if (checkout / "pyproject.toml").is_file() and (checkout / "rules").is_dir():
        return checkout / "rules"
    raise RuleError(
        [Problem(str(package), 1, 1, "no-rules", "the installed package carries no rules", "install it anew")]
    )
