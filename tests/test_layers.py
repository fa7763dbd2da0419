"""The house rules that no linter knows: layers, lazy imports, and no words of a language in Python."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

SOURCES = sorted(Path(__file__).resolve().parent.parent.glob("src/extract/**/*.py"))
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]")


def test_every_module_imports_downwards_only(root: Path) -> None:
    assert lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("module", ["extract", "extract.cli"])
def test_the_command_line_starts_without_heavy_libraries(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "pydantic", "dateparser", "trafilatura", "pyarrow", "rich"} & set(loaded)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_python_holds_no_arabic_letter(path: Path) -> None:
    assert not _ARABIC_LETTER.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_module_stays_within_its_size(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
