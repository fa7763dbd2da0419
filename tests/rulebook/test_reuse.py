"""What was compiled before an edit: used again where the edit leaves it as it is, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import Problem
from extract.languages import compile_language
from extract.rulebook import load, pattern, store
from extract.rulebook.book import Rulebook, read_rules
from extract.rulebook.layers import open_layers
from extract.rulebook.reuse import KnownPatterns, Revived, reusing
from rule_folder import FILES, write_rules


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared")


def _compile(rules: Path, problems: list[Problem] | None = None) -> Rulebook:
    """Compile, make every expression and keep all of it, as a check does."""
    layers = open_layers(rules)
    language = compile_language(layers, read_rules(layers, "en"), problems)
    for grammar in language.book.grammars.values():
        assert all(each.expression.pattern == each.source for _, each in grammar.rules)
    language.keep_patterns()
    return language.book


def _patterns(book: Rulebook) -> dict[tuple[str, int], object]:
    rows = (pair for grammar in book.grammars.values() for pair in grammar.rules)
    return {(r.id, c.place): (c.source, dict(c.slots), c.needs, c.openers) for r, c in rows}


def _edit(rules: Path, old: str, new: str) -> None:
    (rules / "en" / "triggers.yaml").write_text(FILES["triggers"].replace(old, new), encoding="utf-8")


EDITS = {
    "nothing": ("", ""),
    "a pattern": ("span:(~speak) with <person>", "span:(~speak) to <person>"),
    "a word class": ("aux: [has, had, also]", "aux: [has, had, also, then]"),
    "a word class taken out of a pattern": ("{aux}*", "[also]"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_rules_are_those_of_a_first_run(
    edit: tuple[str, str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _compile(rules)
    _edit(rules, *edit)
    again = _patterns(_compile(rules, []))
    monkeypatch.setenv("EXTRACT_CACHE", "off")
    assert again == _patterns(_compile(rules, []))


def test_the_edit_of_a_class_leaves_patterns_without_it_alone(rules: Path) -> None:
    book = _compile(rules)
    edited = dict(book.sources.classes) | {"aux": ("has",)}
    key = store.load("patterns-en", "latest")[0]
    assert any("{talks}" in text for text in KnownPatterns("en", key, edited).compiled)
    assert not any("{aux}" in text for text in KnownPatterns("en", key, edited).compiled)
    assert not KnownPatterns("en", "another", edited).compiled, "words are cut otherwise"


def test_expressions_are_not_compiled_twice(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _compile(rules)
    _edit(rules, "Somebody meets somebody", "Edited")
    monkeypatch.setattr("extract.rulebook.reuse._dump", lambda source: pytest.fail(source))
    book = _compile(rules)
    assert all(isinstance(each, Revived) for grammar in book.grammars.values() for _, each in grammar.rules)


def test_a_broken_file_is_not_used(rules: Path, folder: Path) -> None:
    first = _patterns(_compile(rules))
    for path in folder.glob("*.cache"):
        path.write_bytes(b"\0" * 99)
    assert _patterns(_compile(rules)) == first


def test_what_was_parsed_is_not_parsed_again(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = '{aux} ..2 span:(~meet|"~x") !(with [the] <person.named:b>)+'
    for module in (load, pattern):
        monkeypatch.setattr(module, "KEPT", {})
    with reusing():
        tree, source = pattern.parse_pattern(told), load.read_source(rules / "en" / "people.yaml")
    for memory in (load._parse, pattern.parse_pattern):
        memory.cache_clear()
    for module in (load, pattern):
        module.KEPT.clear()
    with reusing():
        monkeypatch.setattr("extract.rulebook.syntax.parse_tree", lambda text: pytest.fail(text))
        monkeypatch.setattr(load, "_parse_anew", lambda *_: pytest.fail("parsed again"))
        same = load.read_source(rules / "en" / "people.yaml")
        assert pattern.parse_pattern(told) == tree
    assert (same.value, dict(same.marks), dict(same.texts)) == (source.value, source.marks, source.texts)
