"""A pipeline whose triggers, cues, topics and actions are a few rules of this folder, so that edits of the shipped
rules change no test here; names, offices, bodies and times are read by the shipped ones.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.pipeline import Pipeline, load_pipeline
from extract.rulebook.location import default_rules

REPLACED = ("triggers", "triggers-words", "cues", "topics", "topics-words", "actions", "actions-words")
OWN = Path(__file__).parent / "rules"


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rule folder."""
    folder = tmp_path_factory.mktemp("explain") / "rules"
    shipped = default_rules()
    shutil.copytree(shipped / "shared", folder / "shared")
    shutil.copytree(shipped / "en", folder / "en")
    for name in REPLACED:
        (folder / "en" / f"{name}.yaml").unlink(missing_ok=True)
    for path in OWN.glob("*.yaml"):
        shutil.copy(path, folder / "en" / path.name)
    return folder


@pytest.fixture(scope="session")
def small(rules: Path) -> Pipeline:
    """The pipeline over it."""
    return load_pipeline(rules)
