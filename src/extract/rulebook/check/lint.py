"""All checks of one language in one run, and what one language has and another lacks."""

from __future__ import annotations

from collections.abc import Iterator

from extract.errors import Problem
from extract.rulebook.book import Rulebook
from extract.rulebook.check.draft import Draft
from extract.rulebook.check.folders import lint_layers
from extract.rulebook.check.headers import lint_headers
from extract.rulebook.check.patterns import lint_patterns
from extract.rulebook.check.words import lint_words
from extract.rulebook.layers import Layers

# Worth saying, and no fault.
NOTICES = frozenset({"no-counterpart", "listed-twice", "outranked", "replaces", "changed-below"})


def lint_draft(draft: Draft, book: Rulebook) -> list[Problem]:
    """Every fault beyond those met while reading and compiling; `book` is the draft compiled."""
    return sorted({*lint_headers(draft), *lint_layers(draft), *lint_words(draft, book), *lint_patterns(draft, book)})


def lint_counterparts(layers: Layers) -> Iterator[Problem]:
    """A notice for each file that one language of the lowest folder has and another lacks."""
    folder = layers.folders[0]
    files = {code: layers.files(code) for code in layers.languages()}
    stems = {code: {file.path.stem for file in own if not file.layer} for code, own in files.items()}
    for code, own in sorted(stems.items()):
        for stem in sorted(set().union(*stems.values()) - own) if own else ():
            others = ", ".join(sorted(other for other, theirs in stems.items() if stem in theirs))
            message = f"there is a {stem}.yaml in {others} and none in {code}"
            name = layers.name(folder / code / f"{stem}.yaml")
            yield Problem(name, 1, 1, "no-counterpart", message, "write one when the language needs it")
