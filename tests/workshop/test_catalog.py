"""rules list, show and new: finding one's way, and a rule from a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.cli import main
from extract.errors import RuleError
from extract.pipeline import load_pipeline
from extract.workshop.catalog import list_rules, show_rule
from extract.workshop.stub import start_rule
from rule_folder import write_rules


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared")


@pytest.mark.parametrize(
    ("words", "ids"),
    [((), 4), (("TALKS",), 1), (("somebody",), 2), (("somebody", "meets"), 1), (("yodel",), 0)],
    ids=["all", "an id in any case", "a purpose", "both words", "none"],
)
def test_rules_are_found_by_their_words(rules: Path, words: tuple[str, ...], ids: int) -> None:
    assert len(list_rules(rules, words)) == ids


def test_a_rule_is_shown_as_it_is_written(rules: Path) -> None:
    card = show_rule(rules, "en.triggers.meet")
    assert card.place == "rules/en/triggers.yaml:6"
    assert card.text.splitlines()[0] == "  - id: en.triggers.meet"
    assert card.text.splitlines()[-1].startswith("    rejects:")


def test_a_rule_is_shown_with_its_word_classes(rules: Path) -> None:
    assert show_rule(rules, "en.triggers.meet").classes == (
        ("aux", "rules/en/triggers.yaml:3", ("has", "had", "also")),
    )


def test_an_unknown_id_names_those_that_are_near(rules: Path) -> None:
    with pytest.raises(RuleError, match=r"did you mean en\.triggers\.meet"):
        show_rule(rules, "en.triggers.meets")


def test_the_verb_show_prints_rule_and_classes(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "en.triggers.hold_talks", "--rules", str(rules)]) == 0
    assert "\n{talks}  rules/en/triggers.yaml:4\n  talks, a meeting, ~discussion\n" in capsys.readouterr().out


STUBS = {
    "actors and a lemma": ("Ana Ruiz *met* Omar Said.", "<actor:a> span:(~meet) <actor:b>", ("met",)),
    "a word class": ("Ana Ruiz also *met* Omar Said.", "<actor:a> {aux} span:(~meet) <actor:b>", ("met",)),
    "unknown words": (
        "Ana Ruiz *dined* with Omar Said.",
        "<actor:a> span:(dined) with <actor:b>",
        ("dined",),
    ),
    "place and time left to their cues": (
        "Ana Ruiz dined with Omar Said, in Paris on Monday.",
        "<actor:a> dined with <actor:b>",
        ("Ana Ruiz dined with Omar Said",),
    ),
    "no stars": ("They dined there.", "they dined there", ("They dined there",)),
    "two starred places": ("They *dined* and *sang*.", "span:(dined) and sang", ("dined",)),
}


@pytest.mark.parametrize(("sentence", "pattern", "found"), STUBS.values(), ids=STUBS)
def test_a_sentence_becomes_a_pattern_that_finds_it(
    rules: Path, sentence: str, pattern: str, found: tuple[str, ...]
) -> None:
    stub = start_rule(sentence, load_pipeline(rules).language("en"))
    assert (stub.pattern, stub.found) == (pattern, found)


def test_the_verb_new_says_which_words_it_took_as_they_stand(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "new", "Ana Ruiz *dined* with Omar Said.", "--language", "en", "--rules", str(rules)])
    assert "taken as they stand: dined (for all forms of a word write ~" in capsys.readouterr().err


def test_the_verb_new_prints_yaml_that_the_check_accepts_but_for_its_counter_example(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "Ana Ruiz *dined* with Omar Said."
    assert main(["rules", "new", sentence, "--language", "en", "--rules", str(rules), "--name", "dine"]) == 0
    stub = capsys.readouterr().out
    file = rules / "en" / "triggers.yaml"
    file.write_text(file.read_text(encoding="utf-8") + stub, encoding="utf-8")
    assert main(["rules", "check", str(file)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "no-rejects: en.triggers.dine" in line


def test_a_sentence_of_no_known_language_is_wrong_usage(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "x", "--language", "xx", "--rules", str(rules)]) == 2
    assert "--language" in capsys.readouterr().err


def test_a_sentence_without_words_is_wrong_usage(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", " *…* ", "--rules", str(rules)]) == 2
    assert "no word" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [("--stage", "yodels"), ("--name", "Yodel-On")], ids=["a file", "a name"])
def test_a_rule_has_a_file_and_a_name_that_can_be(
    rules: Path, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "new", "Ana Ruiz met Omar Said.", "--rules", str(rules), *wrong]) == 2
    assert wrong[0] in capsys.readouterr().err
