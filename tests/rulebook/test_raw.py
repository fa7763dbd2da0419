"""Raw token patterns match tokens and mentions, fill slots, and are refused with the element that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import build_book, build_marked
from extract import load_pipeline
from extract.article import compose_article
from extract.errors import RuleError
from extract.explain import explain, why_not
from extract.languages import load_language
from extract.rulebook.book import Rulebook
from extract.rulebook.view import Match, build_view
from extract.workshop.check import check_rules
from rule_folder import FILES, write_rules

CODED = """\
about: What announces a meeting.
rules:
  - id: en.triggers.coded
    about: A meeting under a code, such as M-12
    token_pattern:
      - {ENT_TYPE: person, slot: a}
      - {LOWER: {IN: [joined, rejoined]}, slot: span}
      - {TEXT: {REGEX: '^[A-Z]-[0-9]+$'}, OP: '?', slot: span}
      - {LOWER: with}
      - {ENT_TYPE: person, _: {features: {IS_SUPERSET: [named]}}, slot: b}
    set: {kind: meeting}
    matches: ["Ana Ruiz *joined M-12* with Omar Said."]
    rejects: ["Ana Ruiz joined the club."]
"""


def build(folder: Path, *elements: object) -> Rulebook:
    rule = {"id": "xx.things.t", "about": "A test", "token_pattern": list(elements)}
    return build_book(folder, things=f"rules: [{json.dumps(rule)}]\n")


def find(book: Rulebook, text: str) -> list[Match]:
    sentence, mentions, _ = build_marked(text)
    return book.grammar("things", "things").find(build_view(sentence, mentions))


def words(match: Match, text: str, slot: str = "") -> str:
    tokens = build_marked(text)[0].tokens
    start, end = match.span(slot) or (0, 0) if slot else (match.start, match.end)
    return " ".join(token.text for token in tokens[start:end])


@pytest.mark.parametrize(
    ("elements", "text", "found"),
    [
        ([{"LOWER": "met"}], "They met and MET .", ["met", "MET"]),
        ([{"TEXT": {"REGEX": "^[A-Z]+$"}, "LENGTH": {">=": 3}}], "The UNO and EU met .", ["UNO"]),
        ([{"LOWER": {"FUZZY1": "minister"}}], "The ministr left .", ["ministr"]),
        ([{"NORM": "a"}, {"OP": "{0,2}"}, {"NORM": "b"}], "a x y b a b .", ["a x y b", "a b"]),
        ([{"ENT_TYPE": "actor"}, {"IS_DIGIT": True}], "[person Ana Ruiz] 12 [city Rome] 13", ["Ana Ruiz 12"]),
        ([{"ENT_TYPE": "person", "_": {"features": {"INTERSECTS": ["named"]}}}], "[person.named A] [person B]", ["A"]),
        ([{"LOWER": "may"}], "[time May] may come .", ["may"]),
        ([{"IS_TITLE": True, "OP": "+"}], "Ana Ruiz saw Omar .", ["Ana Ruiz", "Omar"]),
    ],
)
def test_a_token_pattern_finds(elements: list[object], text: str, found: list[str], tmp_path: Path) -> None:
    assert [words(match, text) for match in find(build(tmp_path, *elements), text)] == found


def test_elements_fill_slots(tmp_path: Path) -> None:
    book = build(
        tmp_path, {"ENT_TYPE": "person", "slot": "a"}, {"LOWER": "saw", "slot": "span"}, {"OP": "?", "slot": "b"}
    )
    text = "[person Ana Ruiz] saw [person Omar] ."
    (match,) = find(book, text)
    assert [words(match, text, slot) for slot in ("a", "span", "b")] == ["Ana Ruiz", "saw", "Omar"]
    assert [mention.kind for mention in match.mentions("a")] == ["person"]


def test_a_pattern_is_entered_only_where_its_words_are(tmp_path: Path) -> None:
    book = build(tmp_path, {"ENT_TYPE": "actor"}, {"LOWER": {"IN": ["saw", "met"]}}, {"LENGTH": {">": 3}})
    ((_, compiled),) = book.grammar("things", "things").rules
    assert compiled.required[0] == {"saw", "met"}
    assert "@person" in compiled.required[1]


@pytest.mark.parametrize(
    ("element", "code", "told"),
    [
        ({"LOWR": "x"}, "token-pattern", "LOWR"),
        ({"LOWER": {"REGEX": "("}}, "token-pattern", "regular expression"),
        ({"POS": "VERB"}, "token-pattern", "statistical model"),
        ({"LOWER": "Met"}, "token-pattern", "never found"),
        ({"LOWER": "met with"}, "token-pattern", "more than one token"),
        ({"OP": "*"}, "blow-up", "without an end"),
        ({"OP": "~"}, "token-pattern", "OP"),
        ({"LOWER": "a", "slot": "The Host"}, "token-pattern", "slot"),
        ({"_": {"kind": "person"}}, "token-pattern", "features"),
        ({"IS_ALPHA": "yes"}, "token-pattern", "IS_ALPHA"),
    ],
)
def test_a_wrong_element_is_named(element: object, code: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        build(tmp_path, {"LOWER": "they"}, element)
    (problem,) = caught.value.problems
    assert (problem.code, bool(problem.cure)) == (code, True)
    assert told in problem.message
    assert problem.column > len('rules: [{"id": "xx.things.t", "about": "A test", "token_pattern": [{"LOWER"')


def test_a_pattern_of_optional_elements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="empty-match"):
        build(tmp_path, {"LOWER": "they", "OP": "?"}, {"LOWER": "we", "OP": "{0,2}"})


def test_a_rule_without_any_pattern_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="needs a pattern or a token_pattern"):
        build_book(tmp_path, things="rules: [{id: xx.things.t, about: A test}]\n")


# ---- through the tools ----


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared", {"triggers": CODED})


def test_its_examples_are_run(rules: Path) -> None:
    report = check_rules(rules)
    assert ([str(problem) for problem in report.problems], report.sound) == ([], True)


def test_it_comes_back_from_the_cache(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(rules.parent / "cache"))
    first, kept = (load_language(rules, "en").book.grammar("triggers", "triggers").rules for _ in "12")
    assert first == kept


def test_it_is_explained(rules: Path) -> None:
    pipeline = load_pipeline(rules)
    article = compose_article("a", "Ana Ruiz joined M-12 with Omar Said.", language="en")
    (considered,) = explain(pipeline, pipeline.analyze(article)).considered
    support = considered.support
    assert (support.words, support.rule, support.where) == (
        "joined M-12", "en.triggers.coded", "rules/en/triggers.yaml:3",
    )  # fmt: skip


def test_a_miss_names_the_element_and_the_test_that_failed(rules: Path) -> None:
    article = compose_article("a", "Ana Ruiz joined for lunch with Omar Said.", language="en")
    told = [finding.says for finding in why_not(load_pipeline(rules), article, "participants", "Omar Said")]
    assert any("en.triggers.coded came near" in says and "“Ana Ruiz joined”" in says for says in told)
    assert any("{LOWER: with}" in says and "for lunch" in says for says in told)


def test_a_kind_that_nobody_finds_is_told_with_its_line(tmp_path: Path, root: Path) -> None:
    wrong = CODED.replace("ENT_TYPE: person, _", "ENT_TYPE: persn, _").replace("[named]", "[nmaed]")
    report = check_rules(write_rules(tmp_path, root / "rules" / "shared", {"triggers": wrong}))
    assert [(fault.line, fault.code, fault.cure) for fault in report.faults] == [
        (10, "unknown-feature", "did you mean named?"), (10, "unknown-kind", "did you mean person?"),
    ]  # fmt: skip


def test_rules_on_time_have_no_tokens(tmp_path: Path, root: Path) -> None:
    times = CODED.replace("triggers.coded", "times.coded")
    report = check_rules(write_rules(tmp_path, root / "rules" / "shared", {"times": times}))
    assert [(fault.line, fault.code) for fault in report.faults] == [(6, "token-pattern")]
    assert "en.triggers.meet" in FILES["triggers"]
