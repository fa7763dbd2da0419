"""What stands where: files that nobody reads, and what a folder says of the folders below it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from extract.errors import Problem
from extract.rulebook.book import ReadFile
from extract.rulebook.check.draft import Draft
from extract.rulebook.layers import SHARED, Layers
from extract.rulebook.model import Rule

# The parts of file names before a hyphen that some stage reads.
STAGES = (
    "actions", "cues", "doctor", "evaluation", "inflection", "layout", "names", "organizations", "people", "times",
    "titles", "tokens", "topics", "triggers",
)  # fmt: skip
SHARED_FILES = ("bodies", "cities", "codes", "countries", "offices", "positions", "topics", "venues")


def lint_folders(layers: Layers) -> Iterator[Problem]:
    """Faults in the names of files and folders, for which a file would be left out silently."""
    for folder in layers.folders:
        for path in sorted(each for each in folder.rglob("*") if each.suffix in (".yaml", ".yml")):
            part = path.relative_to(folder).parts
            if found := _misplaced(path, part):
                yield Problem(layers.name(path), 1, 1, "stray-file", *found)


def _misplaced(path: Path, part: tuple[str, ...]) -> tuple[str, str] | None:
    """Why nobody reads a file, and the cure."""
    if len(part) != 2 or (part[0] != SHARED and len(part[0]) not in (2, 3)):
        return "no folder of a language holds this file, so nobody reads it", f"move it to en/{path.name}, say"
    if path.suffix == ".yml":
        return "only files ending in .yaml are read", f"rename it {path.stem}.yaml"
    stage, known = (path.stem, SHARED_FILES) if part[0] == SHARED else (path.stem.split("-")[0], STAGES)
    if stage in known:
        return None
    near = get_close_matches(stage, known, 1)
    cure = f"did you mean {near[0]}.yaml?" if near else f"names begin with {', '.join(known)}"
    return f"no stage reads a file called {path.name}", cure


def lint_layers(draft: Draft) -> Iterator[Problem]:
    """Rules taken out that are not there, and rules that take the place of another."""
    for file in draft.files:
        below = {rule.id: (each, n) for each in draft.files if each.layer < file.layer for n, rule in _rules(each)}
        yield from _lint_disabled(file, set(below))
        for number, rule in _rules(file):
            if rule.id in below:
                other, n = below[rule.id]
                at = f"{other.source.file}:{other.source.where('rules', n)[0]}"
                line, column = file.source.text_at("rules", number, "id")
                cure = "nothing, if that is meant; else give it another name"
                yield Problem(file.source.file, line, column, "replaces", f"{rule.id} takes the place of {at}", cure)


def _lint_disabled(file: ReadFile, below: set[str]) -> Iterator[Problem]:
    for place, name in enumerate(file.content.disable):
        if name in below:
            continue
        near = get_close_matches(name, sorted(below), 1)
        message = f"no folder below has a rule {name}" if file.layer else f"{name}: there is no folder below this one"
        cure = f"did you mean {near[0]}?" if near else "see extract rules list; a rule of this folder is deleted"
        yield Problem(file.source.file, *file.source.text_at("disable", place), "dangling-disable", message, cure)


def _rules(file: ReadFile) -> Iterator[tuple[int, Rule]]:
    return zip(file.numbers, file.content.rules, strict=True)
