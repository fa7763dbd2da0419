"""A folder of the user's cache for what takes long to make from rule files.

What is kept there is found by a hash of everything that it was made from, and carries a checksum: a stale or broken
file is never used. The folder need not exist nor be writable. EXTRACT_CACHE names another one; `off` does without.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import marshal
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

# Files of one kind that are kept, by this version and by all; older ones are removed.
_MOST_FILES, _MOST_IN_ALL = 6, 24
# Libraries whose data end up in what is kept.
_LIBRARIES = ("Babel", "pycountry", "spacy", "pydantic")


def cache_folder() -> Path | None:
    """Where the cache is; None where there shall be none."""
    named = os.environ.get("EXTRACT_CACHE", "")
    if named == "off":
        return None
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with contextlib.suppress(RuntimeError):  # no home folder
        return (Path(home) if home else Path.home() / ".cache") / "meeting-extract"
    return None


@cache
def code_key() -> str:
    """A hash of the code that makes what is kept, of Python and of the libraries that supply data."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(f"{sys.version}|{re._compiler.MAGIC}".encode())  # type: ignore[attr-defined]
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}".encode())
    for path in sorted([*package.glob("rulebook/*.py"), *package.glob("values/*.py"), *package.glob("*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def hash_files(paths: Iterable[Path]) -> str:
    """A hash of the names and bytes of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def load(kind: str, key: str) -> Any:
    """What was saved under this kind and key; None where there is nothing sound."""
    folder = cache_folder()
    return _read(folder / _name(kind, key)) if folder else None


def holds(kind: str, key: str) -> bool:
    """Whether something is kept under this kind and key."""
    folder = cache_folder()
    return folder is not None and (folder / _name(kind, key)).is_file()


def load_latest(kind: str) -> Any:
    """What was saved last of this kind, whatever its key."""
    folder = cache_folder()
    for path in _files(folder, kind) if folder else ():
        if (value := _read(path)) is not None:
            return value
    return None


def is_writable() -> bool:
    """Whether something can be kept at all."""
    folder = cache_folder()
    if folder is None:
        return False
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)


def save(kind: str, key: str, value: Any) -> None:
    """Keep plain data (texts, numbers, bytes, tuples, lists, dicts, sets of them); silently not where it cannot be."""
    folder = cache_folder()
    if folder is None or not is_writable():
        return
    payload = pack(value)
    draft = folder / f".{_name(kind, key)}.{os.getpid()}"
    with contextlib.suppress(OSError):
        draft.write_bytes(hashlib.sha256(payload).digest() + payload)
        draft.replace(folder / _name(kind, key))
        for old in (*_files(folder, kind)[_MOST_FILES:], *_files(folder, kind, "*")[_MOST_IN_ALL:]):
            old.unlink(missing_ok=True)


def _name(kind: str, key: str) -> str:
    return f"{kind}-{code_key()}-{key}.cache"


def _files(folder: Path, kind: str, code: str | None = None) -> list[Path]:
    """The files of a kind, the newest first."""
    found: list[tuple[int, Path]] = []
    for path in folder.glob(f"{kind}-{code or code_key()}-*.cache"):
        with contextlib.suppress(OSError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def _read(path: Path) -> Any:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    checksum, payload = content[:32], content[32:]
    if hashlib.sha256(payload).digest() != checksum:
        return None
    try:
        return unpack(payload)
    except (ValueError, EOFError, TypeError):
        return None


def pack(value: Any) -> bytes:
    """Plain data as bytes, within what is saved: for what is seldom asked for."""
    return marshal.dumps(value)


def unpack(payload: bytes) -> Any:
    """What was packed. Raises ValueError, EOFError or TypeError for anything else."""
    with no_collection():
        return marshal.loads(payload)


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """No search for garbage meanwhile: it would walk through everything that is being loaded, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
