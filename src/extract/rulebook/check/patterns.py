"""Patterns that can never win, and mentions that nobody finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from extract.errors import Problem
from extract.rulebook.book import Rulebook
from extract.rulebook.check.draft import Draft, Placed
from extract.rulebook.compile import SHAPES, SUPERKINDS
from extract.rulebook.pattern import MentionOf, PatternError, parse_pattern, walk

# Kinds of mention that stages make by themselves; a test holds this list against the code.
MADE_BY_STAGES = frozenset(
    {"body", "city", "country", "demonym", "group", "name", "num", "office", "organization", "person", "pronoun", "time", "topic", "venue"}
)  # fmt: skip
_GROUP_NAME = re.compile(r"\(\?P<[a-z0-9_]+>")


def lint_patterns(draft: Draft, book: Rulebook) -> Iterator[Problem]:
    """Shadowed patterns, and kinds of mention that do not exist."""
    yield from _lint_shadowed(draft, book)
    kinds = _known_kinds(draft)
    for placed in draft.rules:
        for place, pattern in enumerate(placed.rule.pattern):
            for node in _mentions(pattern):
                if node.kind not in kinds:
                    yield _unknown_kind(placed, place, node, kinds)


def _lint_shadowed(draft: Draft, book: Rulebook) -> Iterator[Problem]:
    """Patterns that match exactly what an earlier one of their stage matches."""
    placed_by_id = {placed.rule.id: placed for placed in reversed(draft.rules)}
    for grammar in book.grammars.values():
        first: dict[str, tuple[str, int]] = {}
        for rule, compiled in grammar.rules:
            same = _GROUP_NAME.sub("(?:", compiled.source)
            winner, place = first.setdefault(same, (rule.id, compiled.place))
            if (winner, place) != (rule.id, compiled.place):
                which = "an earlier pattern of this rule" if winner == rule.id else winner
                message = f"the pattern matches just what {which} matches"
                cure = "take one out, or say what tells them apart"
                yield placed_by_id[rule.id].problem("shadowed", message, cure, "pattern", compiled.place)


def _known_kinds(draft: Draft) -> set[str]:
    kinds = {*SHAPES, *SUPERKINDS, *MADE_BY_STAGES}
    for file in draft.sources.files:
        kinds |= file.content.lexicon.keys()
        kinds |= {each["kind"] for each in file.content.settings.get("shapes", []) if isinstance(each, dict)}
    return kinds | {placed.rule.finds for placed in draft.rules}


def _mentions(pattern: str) -> list[MentionOf]:
    try:
        return [node for node in walk(parse_pattern(pattern)) if isinstance(node, MentionOf)]
    except PatternError:
        return []


def _unknown_kind(placed: Placed, place: int, node: MentionOf, kinds: set[str]) -> Problem:
    near = get_close_matches(node.kind, sorted(kinds), 1)
    cure = f"did you mean <{near[0]}>?" if near else "docs/rules.md lists the kinds"
    problem = placed.problem("unknown-kind", f"nothing finds a mention of kind <{node.kind}>", cure, "pattern", place)
    return Problem(problem.file, problem.line, problem.column + node.at - 1, problem.code, problem.message, problem.cure)
