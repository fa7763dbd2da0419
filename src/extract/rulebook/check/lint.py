"""All checks of one language in one run, and what one language has and another lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.errors import Problem
from extract.rulebook.book import Rulebook
from extract.rulebook.check.draft import Draft
from extract.rulebook.check.headers import lint_headers
from extract.rulebook.check.patterns import lint_patterns
from extract.rulebook.check.words import lint_words

# Worth saying, and no fault.
NOTICES = frozenset({"no-counterpart", "listed-twice", "outranked"})


def lint_draft(draft: Draft, book: Rulebook) -> list[Problem]:
    """Every fault beyond those met while reading and compiling; `book` is the draft compiled."""
    return sorted({*lint_headers(draft), *lint_words(draft, book), *lint_patterns(draft, book)})


def lint_counterparts(drafts: Mapping[str, Draft]) -> Iterator[Problem]:
    """A notice for each file that one language has and another lacks."""
    stems = {language: {file.stem for file in draft.sources.files} for language, draft in drafts.items()}
    for language, own in sorted(stems.items()):
        for stem in sorted(set().union(*stems.values()) - own):
            others = ", ".join(sorted(other for other, theirs in stems.items() if stem in theirs))
            message = f"there is a {stem}.yaml in {others} and none in {language}"
            folder = draft_folder(drafts[language], language)
            yield Problem(
                f"{folder}/{stem}.yaml", 1, 1, "no-counterpart", message, "write one when the language needs it"
            )


def draft_folder(draft: Draft, language: str) -> str:
    """The folder of a language as its files name it."""
    files = draft.sources.files
    return files[0].source.file.rpartition("/")[0] if files else f"rules/{language}"
