"""A rule folder over another adds to it, replaces its rules or takes them out; whatever is wrong is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract import load_pipeline
from extract.article import compose_article
from extract.cli import main
from extract.errors import RuleError
from extract.languages import load_language
from extract.pipeline import Pipeline
from extract.rulebook.layers import Layers, merge, open_layers
from extract.rulebook.location import default_rules
from extract.workshop.check import Report, check_rules
from rule_folder import write_rules

BREAK_BREAD = """\
about: Ways of saying it that are ours.
rules:
  - id: en.triggers.break_bread
    about: Somebody shares a meal
    pattern: '<person:a> span:(~break bread) with <person:b>'
    set: {kind: meeting}
    matches: ["Ana Ruiz *break bread* with Omar Said."]
    rejects: ["The bakers break bread into pieces."]
"""


@pytest.fixture
def base(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path / "base", root / "rules" / "shared")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write(tmp_path / "own", {"en/triggers.yaml": BREAK_BREAD})


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def find_meetings(rules: list[Path] | Pipeline, text: str) -> list[str]:
    pipeline = rules if isinstance(rules, Pipeline) else load_pipeline(rules)
    return [meeting.evidence.rule for meeting in pipeline(compose_article("a", text, language="en")).meetings]


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.code) for problem in report.problems]


# ---- what a layer does ----


def test_a_layer_adds_rules_and_keeps_those_below(base: Path, own: Path) -> None:
    both = load_language(Layers((base, own)), "en").book
    assert [rule.id for rule in both.rules if "triggers" in rule.id] == [
        "en.triggers.meet", "en.triggers.hold_talks", "en.triggers.break_bread",
    ]  # fmt: skip
    assert both.where["en.triggers.break_bread"] == "own/en/triggers.yaml:3"


def test_a_rule_of_the_same_id_takes_the_place_of_the_one_below(base: Path, own: Path) -> None:
    write(own, {"en/triggers.yaml": BREAK_BREAD.replace("break_bread", "meet")})
    book = load_language(Layers((base, own)), "en").book
    (meet,) = [rule for rule in book.rules if rule.id == "en.triggers.meet"]
    assert meet.about == "Somebody shares a meal"
    assert book.where["en.triggers.meet"].startswith("own/")


def test_a_disabled_rule_is_gone_also_from_the_cache(base: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(base.parent / "cache"))
    write(own, {"en/triggers.yaml": "about: Less.\ndisable: [en.triggers.meet]\n"})
    for _ in ("compiled", "kept"):
        book = load_language(Layers((base, own)), "en").book
        assert "en.triggers.meet" not in {rule.id for rule in book.rules} | book.where.keys()
        assert "en.triggers.meet" not in {rule.id for rule, _ in book.grammar("triggers", "triggers").rules}
    assert "en.triggers.meet" in {rule.id for rule in load_language(base, "en").book.rules}


def test_a_class_grows_and_a_name_means_what_the_upper_folder_says(base: Path, own: Path) -> None:
    entry = "about: More.\nlexicon:\n  title:\n    - {names: [mayor, margrave], position: royal}\n"
    write(own, {"en/people.yaml": entry, "en/triggers.yaml": "about: More.\nwords:\n  aux: [lately]\n"})
    book = load_language(Layers((base, own)), "en").book
    assert {"has", "lately"} <= book.word_set("aux")
    assert [name.value["position"] for word in ("mayor", "envoy") for name in book.lexicon.by_first[word]] == [
        "royal", "minister",
    ]  # fmt: skip


def test_settings_are_added_to(base: Path, own: Path) -> None:
    write(own, {"en/inflection.yaml": "about: More.\nsettings:\n  irregular: {break: [broke], meet: [meeteth]}\n"})
    settings = load_language(Layers((base, own)), "en").book.settings("inflection")
    assert settings["irregular"]["meet"] == ["meets", "met", "meeting", "meeteth"]
    assert settings["irregular"]["break"] == ["broke"]


def test_shared_names_are_added_to_by_id(own: Path) -> None:
    new, more = "{id: apiculture, area: agriculture, names: {en: [honey]}}", "{id: energy, names: {en: [joules]}}"
    write(own, {"shared/topics.yaml": f"topics:\n  - {new}\n  - {more}\n"})
    merged = {topic["id"]: topic for topic in open_layers(own).shared("topics")["topics"]}
    assert merged["apiculture"]["names"] == {"en": ["honey"]}
    assert merged["energy"]["area"] == "energy"
    assert {"joules", "energy"} <= set(merged["energy"]["names"]["en"])


@pytest.mark.parametrize(
    ("lower", "upper", "both"),
    [
        (1, 2, 2),
        ([1, 2], [2, 3], [1, 2, 3]),
        ({"a": [1]}, {"a": [2], "b": 3}, {"a": [1, 2], "b": 3}),
        ([{"x": 1}], [{"x": 2}], [{"x": 2}, {"x": 1}]),
        ([{"id": "a", "n": [1]}], [{"id": "b"}, {"id": "a", "n": [2]}], [{"id": "b"}, {"id": "a", "n": [1, 2]}]),
    ],
)
def test_values_are_joined(lower: object, upper: object, both: object) -> None:
    assert merge(lower, upper) == both


# ---- which folders ----


def test_a_folder_that_is_not_whole_lies_over_the_shipped_rules(own: Path) -> None:
    assert open_layers(own).folders == (default_rules().resolve(), own)
    assert open_layers([Path("shipped"), own]) == open_layers(own)


def test_a_whole_folder_stands_alone(base: Path, own: Path) -> None:
    assert open_layers(base).folders == (base,)
    assert open_layers([base, own]).folders == (base, own)


def test_a_layer_over_the_shipped_rules_finds_its_meeting(own: Path) -> None:
    text = "Prime Minister Ana Ruiz of Norway break bread with President Omar Said of Ghana."
    assert find_meetings(load_pipeline(), text) == []
    assert find_meetings([own], text) == ["en.triggers.break_bread"]


def test_two_folders_of_one_name_are_told_apart(base: Path, own: Path) -> None:
    twin = own.parent / "other" / "rules"
    shutil.copytree(own, twin)
    layers = open_layers([base, twin])
    assert layers.name(twin / "en" / "triggers.yaml") == "other/rules/en/triggers.yaml"
    assert layers.name(base / "en" / "triggers.yaml") == "base/rules/en/triggers.yaml"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(RuleError, match="holds no rule file"):
        open_layers(tmp_path / "none")


def test_the_hash_of_the_rules_tells_layers_apart(base: Path, own: Path) -> None:
    assert load_pipeline([base, own]).rule_hash != load_pipeline(base).rule_hash


# ---- what the check says ----

LAYER_FAULTS = {
    "disabled rule that is not there": (
        "en/cues.yaml", "about: Less.\ndisable:\n  - en.triggers.met\n", 3, "dangling-disable",
    ),
    "a file outside a language": ("triggers.yaml", BREAK_BREAD, 1, "stray-file"),
    "a file that no stage reads": ("en/trigger.yaml", "about: More.\n", 1, "stray-file"),
    "another ending": ("en/cues.yml", "about: More.\n", 1, "stray-file"),
    "a shared file that nobody reads": ("shared/topic.yaml", "topics: []\n", 1, "stray-file"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text", "line", "code"), LAYER_FAULTS.values(), ids=LAYER_FAULTS)
def test_a_fault_of_a_layer_is_named(file: str, text: str, line: int, code: str, base: Path, own: Path) -> None:
    write(own, {file: text})
    report = check_rules([base, own])
    assert told(report) == [(f"own/{file}", line, code)]
    assert report.problems[0].cure
    assert not report.sound


def test_only_the_upper_folder_is_reported(base: Path, own: Path) -> None:
    write(base, {"en/cues.yaml": "about: Nothing.\nwords:\n  idle: [now]\n"})
    report = check_rules([base, own])
    assert (told(report), report.rules, report.outcomes) == ([], 1, {"passed": 2})


def test_a_replaced_rule_is_a_notice(base: Path, own: Path) -> None:
    replaced = BREAK_BREAD.replace("break_bread", "hold_talks")
    report = check_rules([base, write(own, {"en/triggers.yaml": replaced})])
    assert (told(report), report.sound) == ([("own/en/triggers.yaml", 3, "replaces")], True)
    assert "rules/en/triggers.yaml:12" in report.problems[0].message


def test_an_example_below_that_comes_out_otherwise_is_a_notice(base: Path, own: Path) -> None:
    write(own, {"en/people.yaml": "about: Less.\ndisable: [en.people.person]\n"})
    report = check_rules([base, own])
    assert ("rules/en/triggers.yaml", 12, "changed-below") not in told(report)
    assert {code for file, _, code in told(report) if file == "rules/en/triggers.yaml"} == {"changed-below"}


def test_a_file_of_a_layer_is_checked_with_the_shipped_rules_under_it(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BREAK_BREAD.replace("<person:a>", "a:{actors}").replace("Omar Said", "President Omar Said")
    write(own, {"en/triggers.yaml": text.replace('"Ana', '"President Ana')})
    assert main(["rules", "check", str(own / "en" / "triggers.yaml")]) == 0
    assert capsys.readouterr().err == "1 rules, 0 faults, 0 notices; examples: 2 passed\n"


def test_a_file_of_no_given_folder_is_refused(base: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(own / "en" / "triggers.yaml"), "--rules", str(base)]) == 2
    assert "is not in" in capsys.readouterr().err
