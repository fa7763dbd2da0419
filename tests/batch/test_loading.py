"""Rules load before the first article, languages never compiled before side by side; wrong ones stop the job."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.batch.loading import load_all
from extract.errors import RuleError
from extract.languages import Language, compile_language
from extract.rulebook.cache import is_kept
from rule_folder import write_rules


@pytest.fixture
def rules(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small languages, and an empty cache."""
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    folder = write_rules(tmp_path, root / "rules" / "shared")
    shutil.copytree(folder / "en", folder / "fa")
    return folder


def test_languages_are_compiled_side_by_side_and_kept(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.languages.compile_language", compile_in_child(os.getpid()))
    pipeline = load_all(rules)
    assert sorted(pipeline.loaded) == ["en", "fa"]
    assert all(is_kept(pipeline.rules, code) for code in pipeline.languages)


def compile_in_child(parent: int) -> Callable[..., Language]:
    """Compiles, but not in the process given."""

    def compile_it(*given: Any) -> Language:
        assert os.getpid() != parent
        return compile_language(*given)

    return compile_it


def test_a_wrong_rule_stops_the_job_whatever_its_language(rules: Path) -> None:
    path = rules / "fa" / "triggers.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("(~meet)", "(~meet"), encoding="utf-8")
    with pytest.raises(RuleError, match="pattern-syntax"):
        load_all(rules)
