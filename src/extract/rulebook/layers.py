"""Where rules come from: one whole folder, and folders laid over it that add to it, replace rules or take them out.

A folder is whole where its `shared/` holds what every language needs; any other needs the shipped rules under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import Problem, RuleError
from extract.rulebook.load import read_yaml
from extract.rulebook.location import default_rules

SHARED = "shared"
# The name under which the command line knows the shipped rules.
SHIPPED = "shipped"
_OF_A_WHOLE = ("codes.yaml", "offices.yaml")


@dataclass(frozen=True, slots=True)
class RuleFilePath:
    """One file: the number of its folder, the lowest being 0, where it is, and the name that messages give it."""

    layer: int
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Layers:
    """Rule folders, the lowest first."""

    folders: tuple[Path, ...]

    def __str__(self) -> str:
        return " under ".join(map(str, self.folders))

    @property
    def top(self) -> Path:
        """The folder over all others: the one that is being written."""
        return self.folders[-1]

    @property
    def below(self) -> Layers:
        """The same without the topmost folder; itself where there is one folder only."""
        return Layers(self.folders[:-1] or self.folders)

    def languages(self, stem: str = "*") -> list[str]:
        """Codes of the languages for which some folder has a file of that name."""
        found = {path.parent.name for folder in self.folders for path in folder.glob(f"*/{stem}.yaml")}
        return sorted(code for code in found if len(code) in (2, 3))

    def files(self, part: str, pattern: str = "*.yaml") -> list[RuleFilePath]:
        """The files of a language, or of `shared`, by folder and name."""
        return [
            RuleFilePath(layer, path, self.name(path))
            for layer, folder in enumerate(self.folders)
            for path in sorted((folder / part).glob(pattern))
        ]

    def every_file(self) -> list[Path]:
        """All files of all folders."""
        return [path for folder in self.folders for path in sorted(folder.rglob("*")) if path.is_file()]

    def shared(self, name: str) -> Any:
        """A shared file as all folders together say it; None where no folder has it."""
        values = [read_yaml(file.path) for file in self.files(SHARED, f"{name}.yaml")]
        merged = values[0] if values else None
        for value in values[1:]:
            merged = merge(merged, value)
        return merged

    def shared_file(self, name: str) -> Path | None:
        """The topmost file of that name among the shared ones."""
        found = self.files(SHARED, name)
        return found[-1].path if found else None

    def name(self, path: Path) -> str:
        """A file as messages name it: from its rule folder on, with one folder more where two are called alike."""
        folder = next(each for each in reversed(self.folders) if path.is_relative_to(each))
        alike = sum(each.name == folder.name for each in self.folders) > 1
        return path.relative_to(folder.parent.parent if alike else folder.parent).as_posix()

    def find(self, name: str) -> Path:
        """The file that messages name so."""
        return next(path for path in self.every_file() if self.name(path) == name)


Folder = Path | str | Layers


def open_layers(rules: Folder | Sequence[Path | str] | None = None) -> Layers:
    """The layers that a caller names, the lowest first; the shipped rules where none, and under what is not whole.

    Raises RuleError for a folder without rules, FileNotFoundError for one that is not there.
    """
    if isinstance(rules, Layers):
        return rules
    named = [rules] if isinstance(rules, Path | str) else list(rules or [SHIPPED])
    folders = [_folder(Path(each)) for each in named]
    if not is_whole(folders[0]):
        folders.insert(0, default_rules().resolve())
    return Layers(tuple(dict.fromkeys(folders)))


def is_whole(folder: Path) -> bool:
    """Whether a folder can stand alone."""
    return all((folder / SHARED / name).is_file() for name in _OF_A_WHOLE)


def _folder(named: Path) -> Path:
    if named == Path(SHIPPED) and not named.is_dir():
        return default_rules().resolve()
    folder = named.resolve(strict=True)
    if not folder.is_dir():
        raise RuleError([Problem(str(named), 1, 1, "no-rules", "this is a file", "name the folder that holds it")])
    if not any(folder.glob("*/*.yaml")):
        cure = f"write {named.name}/en/triggers.yaml, say; extract rules new starts a rule"
        raise RuleError([Problem(str(named), 1, 1, "no-rules", "the folder holds no rule file", cure)])
    return folder


def merge(lower: Any, upper: Any) -> Any:
    """One value over another: mappings are joined by key, entries by their id; lists of words are joined.

    New entries come before those below, so that of two that fit the upper one wins; of two plain values the upper
    stays.
    """
    if isinstance(lower, dict) and isinstance(upper, dict):
        return lower | {key: merge(lower[key], each) if key in lower else each for key, each in upper.items()}
    if isinstance(lower, list) and isinstance(upper, list):
        return _merge_lists(lower, upper)
    return upper


def _merge_lists(lower: list[Any], upper: list[Any]) -> list[Any]:
    if not any(isinstance(each, dict) for each in (*lower, *upper)):
        return [*lower, *(each for each in upper if each not in lower)]
    ids = {each["id"]: each for each in upper if isinstance(each, dict) and "id" in each}
    below = {each["id"] for each in lower if isinstance(each, dict) and "id" in each}
    added = [each for each in upper if not (isinstance(each, dict) and each.get("id") in below)]
    return [*added, *(merge(each, ids.get(_id(each), {})) for each in lower)]


def _id(entry: Any) -> object:
    return entry.get("id") if isinstance(entry, dict) else None
