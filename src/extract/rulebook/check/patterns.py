"""Patterns that can never win, and mentions that nobody finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from extract.errors import Problem
from extract.rulebook.book import Rulebook, raw_at
from extract.rulebook.check.draft import Draft, Placed
from extract.rulebook.pattern import SHAPES, SUPERKINDS, MentionOf, PatternError, parse_pattern, walk
from extract.rulebook.raw import features_of, kinds_of

# Kinds of mention that stages make by themselves.
MADE_BY_STAGES = frozenset(
    {"body", "city", "country", "demonym", "group", "name", "num", "office", "organization", "pair", "person"}
    | {"pronoun", "time", "topic", "venue"}
)
# Features that stages give by themselves, beyond `type:`, `tags:`, and what rules `set`.
GIVEN_BY_STAGES = frozenset(
    {"cap", "capital", "counterpart", "definite", "former", "free", "full", "known", "national", "owned", "plural"}
    | {"visiting", "sides"}
    | {"range", "open", "date", "time", "duration", "set", "hijri", "iranian"}
    | {"words", "digits", "int", "month", "day", "hour", "minute", "small", "year", "recent", "two"}
    | {"hhmm"}
)
_QUOTED_LEMMA = re.compile(r'"(~[^"]+)"')
_GROUP_NAME = re.compile(r"\(\?P<[a-z0-9_]+>")


def lint_patterns(draft: Draft, book: Rulebook) -> Iterator[Problem]:
    """Shadowed patterns, and kinds of mention that do not exist."""
    yield from _lint_shadowed(draft, book)
    yield from _lint_quoted(draft)
    kinds, features = _known_kinds(draft), _known_features(draft, book)
    for placed in draft.rules:
        for place, pattern in enumerate(placed.rule.pattern):
            for node in _mentions(pattern):
                if node.kind not in kinds:
                    yield _unknown(placed, place, node, "kind", node.kind, kinds)
                for feature in set(node.features) - features:
                    yield _unknown(placed, place, node, "feature", feature, features)
        yield from _lint_raw(placed, kinds, features)


def _lint_raw(placed: Placed, kinds: set[str], features: set[str]) -> Iterator[Problem]:
    """The same for token patterns; and those that are tried in every sentence."""
    for place, elements in enumerate(placed.rule.token_pattern):
        for number, element in enumerate(elements):
            for what, known, named in (("kind", kinds, kinds_of(element)), ("feature", features, features_of(element))):
                for name in sorted({*named} - known - {""}):
                    near = get_close_matches(name, sorted(known), 1)
                    cure = f"did you mean {near[0]}?" if near else f"docs/rules.md lists the {what}s"
                    message = f"{placed.rule.id}: no mention has the {what} {name!r}"
                    line, column = raw_at(placed.file.source, placed.number, place, number)
                    yield Problem(placed.file.source.file, line, column, f"unknown-{what}", message, cure)


def _lint_quoted(draft: Draft) -> Iterator[Problem]:
    """Lemmas in double quotes: there the tilde is a letter like others, and no text has it."""
    for placed in draft.rules:
        for place, pattern in enumerate(placed.rule.pattern):
            for word in _QUOTED_LEMMA.findall(pattern):
                message = f'"{word}" stands for the sign ~ and not for the forms of a word'
                yield placed.problem("quoted-lemma", message, f"write {word} without quotes", "pattern", place)


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


def _known_features(draft: Draft, book: Rulebook) -> set[str]:
    features = set(GIVEN_BY_STAGES)
    for names in book.lexicon.by_first.values():
        features |= {str(name.value["type"]) for name in names if "type" in name.value}
    for file in draft.sources.files:
        entries = [each.model_extra or {} for group in file.content.lexicon.values() for each in group]
        for each in (*entries, *file.content.settings.get("shapes", [])):
            features |= {str(tag) for tag in each.get("tags", ())}
            features |= {str(each[key]) for key in ("type", "value") if isinstance(each.get(key), str)}
    for placed in draft.rules:
        given = placed.rule.set.get("features", ())
        features |= set(given.split() if isinstance(given, str) else given)  # type: ignore[arg-type]
    return features


def _mentions(pattern: str) -> list[MentionOf]:
    try:
        return [node for node in walk(parse_pattern(pattern)) if isinstance(node, MentionOf)]
    except PatternError:
        return []


def _unknown(placed: Placed, place: int, node: MentionOf, what: str, name: str, known: set[str]) -> Problem:
    near = get_close_matches(name, sorted(known), 1)
    cure = f"did you mean {near[0]}?" if near else f"docs/rules.md lists the {what}s"
    mention = f"<{'.'.join((node.kind, *node.features))}>"
    problem = placed.problem(
        f"unknown-{what}", f"no mention has the {what} {name!r} of {mention}", cure, "pattern", place
    )
    return replace(problem, column=problem.column + node.at - 1)
