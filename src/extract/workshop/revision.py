"""The rule folder as it was at a git revision."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from extract.errors import Problem, RuleError
from extract.rulebook.store import cache_folder


def rules_at(rules: Path, revision: str) -> tuple[Path, str]:
    """The rule folder at a revision, written beside the cache, and the short name of its commit.

    Raises RuleError where the folder is in no git repository, or has no such revision.
    """
    top = Path(_git(rules, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(rules, "rev-parse", "--short=12", f"{revision}^{{commit}}").decode().strip()
    inside = rules.resolve().relative_to(top.resolve()).as_posix()
    folder = (cache_folder() or Path(tempfile.gettempdir()) / "meeting-extract") / "revisions" / commit
    if not (folder / inside).is_dir():
        archive = _git(top, "archive", "--format=tar", commit, inside)
        with tempfile.TemporaryDirectory() as draft, tarfile.open(fileobj=io.BytesIO(archive)) as members:
            members.extractall(draft, filter="data")
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(draft) / inside, folder / inside)
    return folder / inside, commit


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
