"""What a check found is kept while nothing changes, and found anew as soon as anything does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import Problem
from extract.workshop import check, kept
from extract.workshop.check import check_rules
from extract.workshop.examples import Example, Result
from extract.workshop.kept import Findings, keep_findings
from rule_folder import FILES, write_rules


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages whose examples were run."""
    seen: list[str] = []
    run: Callable[..., Findings] = check._check_language

    def counted(language: str, scope: object) -> Findings:
        seen.append(language)
        return run(language, scope)

    monkeypatch.setattr(check, "_check_language", counted)
    return seen


def test_findings_come_back_as_they_were() -> None:
    problem = Problem("f.yaml", 1, 2, "code", "message", "cure")
    result = Result(Example("r", "matches", "text", ((0, 4),), "f.yaml", 3, 4), "missing", ("a",), "why", "other")
    found = Findings([problem], [result], 7)
    assert keep_findings("check-xx", ["a"], lambda: found) == found
    assert keep_findings("check-xx", ["a"], lambda: Findings([])) == found
    assert keep_findings("check-xx", ["b"], lambda: Findings([])) == Findings([])


def test_an_unchanged_folder_is_not_checked_twice(rules: Path, built: list[str]) -> None:
    first, second = check_rules(rules), check_rules(rules)
    assert (built, first) == (["en"], second)


def test_an_edit_is_seen_at_once(rules: Path, built: list[str]) -> None:
    check_rules(rules)
    file = rules / "en" / "triggers.yaml"
    file.write_text(FILES["triggers"].replace("{aux}*", "{auxx}*"), encoding="utf-8")
    assert "dangling-class" in {fault.code for fault in check_rules(rules).faults}
    assert built == ["en", "en"]


def test_other_code_finds_anew(rules: Path, built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    check_rules(rules)
    monkeypatch.setattr(kept, "package_key", lambda: "another version")
    check_rules(rules)
    assert built == ["en", "en"]


def test_a_shared_file_alone_needs_no_examples(rules: Path, built: list[str]) -> None:
    report = check_rules(rules, [rules / "shared" / "topics.yaml"])
    assert (built, report.rules, report.sound) == ([], 0, True)


def test_a_noisy_example_names_the_pattern_and_its_line(rules: Path) -> None:
    file = rules / "en" / "triggers.yaml"
    noisy = FILES["triggers"].replace("They held their breath.", "Ana Ruiz spoke with Omar Said.")
    file.write_text(noisy.replace("span:(~speak)", "span:(spoke)"), encoding="utf-8")
    (failed,) = [result for result in check_rules(rules).results if result.failed]
    line = next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "span:(spoke)" in text)
    assert failed.reason.endswith(f"by pattern 2 (line {line})")
