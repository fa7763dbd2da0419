"""Knowledge of language and of the world is in rules/, never in Python.

Compared are whole string literals (docstrings and the command line's own prose apart) with the words of the rule files.
A word that is also an identifier - of the record, or of the rule files themselves - is meant as one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from extract import schema
from extract.rulebook.book import RuleSources, inflector, read_rules
from extract.rulebook.load import read_yaml
from extract.rulebook.location import default_rules
from extract.rulebook.pattern import Lemma, MentionOf, Slot, Word, WordClass, parse_pattern, walk

SOURCES = Path(schema.__file__).parent
# The modules that read text; the others speak to people, or to files.
STAGES = ["text", "language", "tokens", "values", "mentions", "entities", "meetings", "record", "pipeline"]
STAGES += [f"rulebook/{name}" for name in ("apply", "coordination", "complement", "gazetteer", "lexicon", "view")]
MODULES = sorted(p for name in STAGES for p in (*SOURCES.glob(f"{name}.py"), *SOURCES.glob(f"{name}/**/*.py")))
# What the record, TIMEX3 and the layout of an article call their own values.
OF_THE_RECORD = {
    *schema.KINDS, *schema.STATUSES, *schema.POSITIONS, *schema.ACTION_TYPES, *schema.CAPACITIES, *schema.INVOLVEMENTS,
    *schema.PARTICIPANT_TYPES, *schema.PROMINENCES, *schema.VENUE_MODES, *schema.ACTION_STATUSES,
}  # fmt: skip


@cache
def sources(language: str) -> RuleSources:
    return read_rules(default_rules(), language)


def patterns(language: str) -> Iterator[str]:
    for file in sources(language).files:
        for entries in file.content.words.values():
            yield from entries
        for rule in file.content.rules:
            yield from rule.pattern


def names(language: str) -> Iterator[str]:
    for file in sources(language).files:
        for entries in file.content.lexicon.values():
            for entry in entries:
                yield from (*entry.names, *entry.plurals)


def identifiers(value: Any) -> Iterator[str]:
    """Keys of settings, and what they hold by name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from identifiers(inner)


@cache
def rule_words(language: str) -> frozenset[str]:
    """Single words that the rules of a language find, in lower case, all forms of a lemma."""
    inflect = inflector(sources(language).settings("inflection"))
    found: set[str] = set()
    for text in patterns(language):
        for node in walk(parse_pattern(text)):
            if isinstance(node, Word):
                found.add(node.text)
            elif isinstance(node, Lemma):
                found.update(inflect(node.text))
    found.update(name.lstrip("~") for name in names(language))
    return frozenset(word.lower() for word in found if any(char.isalpha() for char in word) and len(word) > 1)


@cache
def rule_identifiers(language: str) -> frozenset[str]:
    """Names that rule files give: kinds, features, slots, classes, stages, settings and their values."""
    found: set[str] = set()
    for file in sources(language).files:
        found |= {file.stage, *file.content.words, *file.content.lexicon, *identifiers(file.content.settings)}
        for entries in file.content.lexicon.values():
            for entry in entries:
                more = entry.model_dump(exclude={"names", "plurals"})
                found |= {*identifiers(more), *(str(value) for value in more.values())}
        for rule in file.content.rules:
            found |= {rule.finds, *rule.set, *(str(value) for value in rule.set.values())}
    for text in patterns(language):
        for node in walk(parse_pattern(text)):
            if isinstance(node, MentionOf):
                found |= {node.kind, *node.features}
            elif isinstance(node, Slot | WordClass):
                found.add(node.name)
    return frozenset(found) | shared_identifiers()


@cache
def shared_identifiers() -> frozenset[str]:
    """The kinds of body that rules/shared lists."""
    return frozenset(entry["kind"] for entry in read_yaml(default_rules() / "shared" / "bodies.yaml")["bodies"])


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string literal that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.lineno, node.value


# Identifiers of our own (kinds, outcomes, codes of languages, parts of TIMEX3) that happen to be words of the rules.
OWN = {
    *("af", "alike", "area", "bc", "beside", "el", "end", "foreign", "he", "international"),
    *("near", "open", "pair", "represented", "same", "resources", "shared", "small", "start", "we"),
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_python_names_no_word_of_the_english_rules(path: Path) -> None:
    allowed = OF_THE_RECORD | rule_identifiers("en") | rule_identifiers("ar") | OWN
    found = [(line, text) for line, text in literals(path) if text.lower() in rule_words("en") - allowed]
    assert found == [], "a word of the language belongs into rules/, an identifier of our own into OWN"


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.py")), ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_python_names_no_country_month_or_weekday(path: Path) -> None:
    english = Locale("en")
    calendar = [*english.months["format"]["wide"].values(), *english.days["format"]["wide"].values()]
    countries = [name for code, name in english.territories.items() if len(code) == 2 and code.isalpha()]
    proper = frozenset((*calendar, *countries))
    found = [(line, word) for line, text in literals(path) for word in text.replace(",", " ").split() if word in proper]
    assert found == []


def test_the_check_sees_what_it_should(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('"""Minister."""\n\n\ndef f(x: str) -> bool:\n    return x in ("ambassador", "met")\n')
    assert [text for _, text in literals(path)] == ["ambassador", "met"]
    assert {"minister", "ambassador", "met", "agreed", "monday"} <= rule_words("en")
