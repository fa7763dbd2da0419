"""The cache of compiled rules: the same rule base, and never a stale or broken one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.article import compose_article
from extract.errors import RuleError
from extract.languages import Language, load_language
from extract.pipeline import load_pipeline
from extract.rulebook import store
from extract.rulebook.cache import DERIVED
from extract.rulebook.reuse import Revived
from extract.schema import Record
from rule_folder import FILES, write_rules

TEXT = "Ana Ruiz met with Omar Said. They held long talks with Omar Said on Monday in Rome."


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory, root: Path) -> list[Path]:
    """The names of the world as kept: they take a second to make, and no test here is about them."""
    folder = tmp_path_factory.mktemp("names")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXTRACT_CACHE", str(folder))
        load_language(write_rules(folder / "of", root / "rules" / "shared"), "en")
    return list(folder.glob("names-*.cache"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, names: list[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    for path in names:
        shutil.copy(path, folder)
    monkeypatch.setenv("EXTRACT_CACHE", str(folder))
    return folder


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared")


def _is_revived(language: Language) -> bool:
    rules = [each for _, each in language.book.grammar("triggers", "triggers").rules]
    return all(isinstance(each, Revived) and each.code for each in rules)


def _kept(folder: Path) -> Path:
    (path,) = folder.glob("rules-en-*.cache")
    return path


def _record(rules: Path) -> Record:
    return load_pipeline(rules)(compose_article("a", TEXT, language="en"))


def test_the_second_load_comes_from_the_cache(rules: Path) -> None:
    assert [_is_revived(load_language(rules, "en")) for _ in range(2)] == [False, True]


def test_a_revived_rule_base_says_the_same(rules: Path) -> None:
    fresh, revived = load_language(rules, "en").book, load_language(rules, "en").book
    assert dict(revived.lexicon.by_first) == dict(fresh.lexicon.by_first)
    assert list(revived.lexicon.by_first) == list(fresh.lexicon.by_first)
    assert {name: getattr(revived, name) for name in DERIVED} == {name: getattr(fresh, name) for name in DERIVED}
    for file, kept in zip(fresh.sources.files, revived.sources.files, strict=True):
        assert (file.source.marks, file.source.texts) == (dict(kept.source.marks), dict(kept.source.texts))
    assert (revived.where, revived.rules) == (fresh.where, fresh.rules)
    for stage, grammar in fresh.grammars.items():
        for (rule, one), (same, other) in zip(grammar.rules, revived.grammars[stage].rules, strict=True):
            assert (rule, one.source, one.required, one.openers) == (same, other.source, other.required, other.openers)
            assert one.expression.groupindex == other.expression.groupindex
            assert one.expression.pattern == other.expression.pattern
    assert {name: revived.words.classes[name] for name in revived.words.classes} == dict(fresh.words.classes)


def test_names_are_made_when_they_are_met(rules: Path) -> None:
    load_language(rules, "en")
    lexicon = load_language(rules, "en").book.lexicon
    assert [hit.name.value["country"] for hit in lexicon.find(["in", "oslo", "."]) if hit.name.kind == "city"] == ["NO"]
    assert lexicon.find(["no-such-name"]) == []
    assert list(lexicon.by_first) == list(load_language(rules, "en").book.lexicon.by_first), "the order stays"


def test_a_record_is_the_same_from_the_cache(rules: Path) -> None:
    assert _record(rules) == _record(rules)


@pytest.mark.parametrize("name", ["en/triggers.yaml", "en/tokens.yaml"])
def test_an_edited_file_makes_the_cache_stale(name: str, rules: Path, folder: Path) -> None:
    load_language(rules, "en")
    with (rules / name).open("a", encoding="utf-8") as lines:
        lines.write("# edited\n")
    load_language(rules, "en")
    assert len(list(folder.glob("rules-en-*.cache"))) == 2


def test_an_edited_rule_is_the_one_that_counts(rules: Path) -> None:
    load_language(rules, "en")
    edited = FILES["triggers"].replace("about: Somebody meets somebody", "about: Edited")
    (rules / "en" / "triggers.yaml").write_text(edited, encoding="utf-8")
    assert "Edited" in {rule.about for rule in load_language(rules, "en").book.rules}


def test_a_new_file_is_seen(rules: Path) -> None:
    load_language(rules, "en")
    (rules / "en" / "cues.yaml").write_text("about: More.\nwords: {x: [y]}\n", encoding="utf-8")
    assert "cues" in {file.stem for file in load_language(rules, "en").book.sources.files}


def test_a_rule_that_breaks_after_a_good_load_stops_the_next(rules: Path) -> None:
    load_language(rules, "en")
    (rules / "en" / "triggers.yaml").write_text(FILES["triggers"].replace("(~meet)", "(~meet"), encoding="utf-8")
    with pytest.raises(RuleError, match="pattern-syntax"):
        load_language(rules, "en")


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "one bit": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    "other bytes": lambda content: b"\0" * len(content),
    "no plain data": lambda content: hashlib.sha256(b"?").digest() + b"?",
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_not_used_and_is_written_anew(
    damage: Callable[[bytes], bytes], rules: Path, folder: Path
) -> None:
    load_language(rules, "en")
    kept = _kept(folder)
    kept.write_bytes(damage(kept.read_bytes()))
    # Expressions of the broken file are gone; so nothing can be revived but from a file that was written anew.
    assert not _is_revived(load_language(rules, "en"))
    assert _is_revived(load_language(rules, "en"))


def test_a_broken_file_gives_the_same_record(rules: Path, folder: Path) -> None:
    expected = _record(rules)
    for path in folder.glob("*.cache"):
        path.write_bytes(b"\0" * 99)
    assert _record(rules) == expected


def test_other_code_uses_another_file(rules: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_language(rules, "en")
    monkeypatch.setattr(store, "code_key", lambda: "0" * 12)
    assert store.load_latest("rules-en") is None


def test_without_a_cache_it_works(rules: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _record(rules)
    monkeypatch.setenv("EXTRACT_CACHE", "off")
    assert store.cache_folder() is None
    assert _record(rules) == expected


def test_a_folder_that_cannot_be_made_is_no_obstacle(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path / "file" / "cache"))
    assert not _is_revived(load_language(rules, "en"))
    assert not _is_revived(load_language(rules, "en"))


def test_old_files_go(rules: Path, folder: Path) -> None:
    for number in range(12):
        store.save("names", f"{number:024}", [number])
    assert len(list(folder.glob("names-*.cache"))) == 6
    assert store.load("names", f"{11:024}") == [11]


def test_a_saved_value_comes_back(folder: Path) -> None:
    value = {"a": [1, 2.5, None, True, ("x", b"y")], "b": frozenset({"c"})}
    store.save("names", "k", value)
    assert store.load("names", "k") == value
    assert store.load("names", "other") is None


def test_files_of_other_versions_do_not_pile_up(rules: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_IN_ALL", 3)
    for number in range(6):
        monkeypatch.setattr(store, "code_key", lambda number=number: f"{number:012}")
        store.save("rules-en", "key", {"number": number})
    assert len(list(folder.glob("rules-en-*.cache"))) == 3
    assert store.load("rules-en", "key") == {"number": 5}
