"""The rule book of a language: every file read, every fault told, words and settings at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import build_book, split_words, write_rules
from extract.errors import Problem, RuleError
from extract.rulebook.book import compile_rules, inflector, read_rules

GOOD = "rules:\n  - {id: xx.things.good, about: A test, pattern: talks}\n"


def faults(folder: Path, **files: str) -> list[Problem]:
    with pytest.raises(RuleError) as caught:
        build_book(folder, files=files)
    return caught.value.problems


RULE = "rules:\n  - {id: xx.things.a, about: A test, "


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param(f"{RULE}pattern: x, prioritty: 1}}\n", "schema", 3, id="misspelled-key"),
        pytest.param("rules:\n  - {id: xx.things.a, pattern: x}\n", "schema", 3, id="no-about"),
        pytest.param("rules:\n  - {id: Things, about: A, pattern: x}\n", "schema", 3, id="unsayable-id"),
        pytest.param(f"{RULE}pattern: '(x'}}\n", "pattern-syntax", 3, id="open-bracket"),
        pytest.param(f"{RULE}pattern: '{{no}}'}}\n", "dangling-class", 3, id="no-such-class"),
        pytest.param(f"{RULE}pattern: '[x]'}}\n", "empty-match", 3, id="matches-nothing"),
        pytest.param(f"words: {{a: ['{{a}}']}}\n{RULE}pattern: '{{a}}'}}\n", "endless-class", 4, id="class-in-itself"),
        pytest.param("words:\n  a: ['(x']\n", "pattern-syntax", 3, id="fault-in-a-class"),
        pytest.param("colour: red\n", "schema", 2, id="unknown-section"),
    ],
)
def test_a_fault_names_its_file_and_line(text: str, code: str, line: int, tmp_path: Path) -> None:
    found = faults(tmp_path, things=text)
    assert [(p.file, p.code, p.line) for p in found] == [("rules/xx/things.yaml", code, line)]


def test_the_column_points_into_the_pattern(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, things="rules:\n  - {id: xx.things.a, about: A, pattern: 'talks on {no}'}\n")
    assert problem.column == len("  - {id: xx.things.a, about: A, pattern: 'talks on ") + 1


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, one="colour: red\n", two="words: 7\n")
    assert [p.file for p in found] == ["rules/xx/one.yaml", "rules/xx/two.yaml"]


def test_a_language_without_rules_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule files for language 'yy'"):
        read_rules(write_rules(tmp_path / "rules"), "yy")


def test_one_bad_rule_leaves_the_others_in_place(tmp_path: Path) -> None:
    bad = "  - {id: xx.things.bad, about: A test, pattern: '{no}'}\n"
    problems: list[Problem] = []
    book = build_book(tmp_path, things=GOOD + bad, problems=problems)
    assert [p.code for p in problems] == ["dangling-class"]
    assert [rule.id for rule, _ in book.grammar("things", "things").rules] == ["xx.things.good"]


def test_a_rule_finds_the_kind_of_its_file_unless_it_says_otherwise(tmp_path: Path) -> None:
    other = "  - {id: xx.things.b, about: A test, finds: other, pattern: talks}\n"
    book = build_book(tmp_path, things=GOOD + other)
    assert {key: len(grammar.rules) for key, grammar in book.grammars.items()} == {
        ("things", "things"): 1,
        ("things", "other"): 1,
    }


def test_a_file_behind_a_hyphen_belongs_to_the_stage_before_it(tmp_path: Path) -> None:
    files = {"things": GOOD, "things-words": "words:\n  noun: [talks]\nsettings: {longest: 9}\n"}
    book = build_book(tmp_path, files=files)
    assert (book.word_set("noun"), book.settings("things")) == (frozenset({"talks"}), {"longest": 9})


def test_every_rule_knows_its_file_and_line(tmp_path: Path) -> None:
    assert build_book(tmp_path, things=GOOD).where == {"xx.things.good": "rules/xx/things.yaml:3"}


def test_what_is_not_there_is_empty(tmp_path: Path) -> None:
    book = build_book(tmp_path, things=GOOD)
    assert (book.word_set("none"), book.grammar("none", "none").rules, book.settings("none")) == (frozenset(), (), {})


INFLECTION = """
settings:
  irregular: {meet: [meets, met, meeting]}
  regular:
    - {ending: 'e$', forms: [ed, es, ing]}
    - {ending: '$', forms: [ed, s, ing]}
"""


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("meet", ("meet", "meets", "met", "meeting")),
        ("agree", ("agree", "agreed", "agrees", "agreing")),
        ("hold on", ("hold on", "holded on", "holds on", "holding on")),
    ],
)
def test_forms_of_a_word(lemma: str, forms: tuple[str, ...], tmp_path: Path) -> None:
    book = build_book(tmp_path, inflection=INFLECTION)
    assert book.words.inflect(lemma) == forms


def test_a_word_of_a_language_without_inflection_is_its_only_form() -> None:
    assert inflector({})("talks") == ("talks",)


def test_a_name_with_a_tilde_stands_for_all_its_forms(tmp_path: Path) -> None:
    titles = "lexicon:\n  title:\n    - {names: ['~meet'], plurals: [meetings], position: minister}\n"
    book = build_book(tmp_path, inflection=INFLECTION, things=titles)
    hits = book.lexicon.find(["met", "meetings"])
    assert [hit.name.value.get("plural", False) for hit in hits] == [False, True]


def test_the_digest_tells_rules_apart(tmp_path: Path) -> None:
    one = read_rules(write_rules(tmp_path / "a", things=GOOD), "xx")
    same = read_rules(write_rules(tmp_path / "b", things=GOOD), "xx")
    other = read_rules(write_rules(tmp_path / "c", things=GOOD.replace("talks", "talk")), "xx")
    assert (one.digest == same.digest, one.digest == other.digest) == (True, False)


def test_rules_compile_alike_each_time(tmp_path: Path) -> None:
    sources = read_rules(write_rules(tmp_path, things="words: {n: [talks, talk, a b, a]}\n" + GOOD), "xx")
    one, two = (compile_rules(sources, split_words).grammars["things", "things"].rules[0][1].source for _ in "12")
    assert one == two
