"""The rule folder as it was at a git revision."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from extract.errors import Problem, RuleError
from extract.rulebook.layers import Layers
from extract.rulebook.store import cache_folder


def layers_at(rules: Layers, revision: str) -> tuple[Layers, str]:
    """The rule folders as they were at a revision, and what to call them.

    A lower folder that is in no git repository, such as that of an installed package, stays as it is; the topmost is
    left out where the revision has none. Raises RuleError where a single folder is in no repository, and for a
    revision that is not there.
    """
    if len(rules.folders) > 1 and not _has(rules.top, revision):
        return rules.below, f"the rules below {rules.top.name}"
    top, commit = rules_at(rules.top, revision)
    lower = (rules_at(each, revision)[0] if _has(each, revision) else each for each in rules.folders[:-1])
    return Layers((*lower, top)), revision if revision == commit else f"{revision} ({commit})"


def _has(folder: Path, revision: str) -> bool:
    """Whether a folder is in a git repository and was there at a revision."""
    try:
        top = _top(folder)
    except RuleError:
        return False
    commit = _commit(folder, revision)
    try:
        return bool(_git(top, "ls-tree", commit, _inside(folder, top)))
    except RuleError:
        return False


def rules_at(rules: Path, revision: str) -> tuple[Path, str]:
    """The rule folder at a revision, written beside the cache, and the short name of its commit."""
    top, commit = _top(rules), _commit(rules, revision)
    inside = _inside(rules, top)
    folder = (cache_folder() or Path(tempfile.gettempdir()) / "meeting-extract") / "revisions" / commit
    if not (folder / inside).is_dir():
        archive = _git(top, "archive", "--format=tar", commit, inside)
        with tempfile.TemporaryDirectory() as draft, tarfile.open(fileobj=io.BytesIO(archive)) as members:
            members.extractall(draft, filter="data")
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(draft) / inside, folder / inside)
    return folder / inside, commit


def _top(folder: Path) -> Path:
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())


def _commit(folder: Path, revision: str) -> str:
    return _git(folder, "rev-parse", "--short=12", f"{revision}^{{commit}}").decode().strip()


def _inside(folder: Path, top: Path) -> str:
    return folder.resolve().relative_to(top.resolve()).as_posix()


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    except FileNotFoundError as error:
        raise RuleError([Problem(str(folder), 1, 1, "no-git", "git is not installed", "install git")]) from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip() or "git failed"
        message = f"{told.splitlines()[0]} (git {' '.join(arguments)})"
        raise RuleError([Problem(str(folder), 1, 1, "git", message, "name a commit that exists")]) from error
    return done.stdout
