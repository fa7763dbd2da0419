"""Which files the inputs name: files, folders (recursive, sorted), globs, and `-` for standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.readers.items import BadInput, InputFile

ENDINGS = (".txt", ".json", ".jsonl", ".html", ".htm")
PACKINGS = (".gz", ".zst")
WHOLE_ENDINGS = (".parquet", ".warc", ".warc.gz")
STDIN = "-"


def printable(path: str | Path) -> str:
    """The path as text that UTF-8 can hold: bytes of no encoding become escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def classify(path: Path) -> InputFile | None:
    """The file with its ending and packing told apart; None where the ending is not among those read."""
    name, lower = path.name, path.name.lower()
    for ending in WHOLE_ENDINGS:
        if lower.endswith(ending):
            return InputFile(path, printable(path), printable(name[: -len(ending)]), ending)
    packing = next((packing for packing in PACKINGS if lower.endswith(packing)), "")
    bare = Path(name.removesuffix(name[-len(packing) :])) if packing else Path(name)
    if bare.suffix.lower() not in ENDINGS:
        return None
    return InputFile(path, printable(path), printable(bare.stem), bare.suffix.lower(), packing)


def find_inputs(inputs: Sequence[str | Path]) -> Iterator[InputFile | BadInput]:
    """Every file that the inputs name, in their order; what cannot be read comes as a BadInput in its place."""
    for given in inputs:
        if str(given) == STDIN:
            yield InputFile(None, STDIN, "stdin", "")
        elif os.path.lexists(given):
            yield from _find_named(Path(given))
        else:
            yield from _find_glob(str(given))


def _find_glob(pattern: str) -> Iterator[InputFile | BadInput]:
    # pathlib's glob takes no absolute patterns.
    found = glob.glob(pattern, recursive=True) if glob.has_magic(pattern) and "\0" not in pattern else []  # noqa: PTH207
    matches = sorted(found)
    if not matches:
        yield BadInput(printable(pattern.replace("\0", "\\0")), "not-found", "no such file or folder")
    for match in matches:
        path = Path(match)
        # `**` names folders as well as what is in them: taking both would read every file twice.
        if not path.is_dir():
            yield from _find_named(path)


def _find_named(path: Path) -> Iterator[InputFile | BadInput]:
    """What one existing path stands for; a pipe such as `<(zcat …)` is read like standard input."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _unreadable(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _find_in_folder(path, ())
    elif stat.S_ISFIFO(mode):
        yield InputFile(path, printable(path), "stdin", "")
    elif not stat.S_ISREG(mode):
        yield BadInput(printable(path), "unreadable", "no regular file")
    else:
        yield classify(path) or BadInput(
            printable(path), "unknown-ending", f"ending {path.suffix!r} is not among those read"
        )


def _find_in_folder(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[InputFile | BadInput]:
    """The files below a folder, hidden and unknown ones left out; `above` holds the folders that it lies in."""
    try:
        status = folder.stat()
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        yield _unreadable(folder, error)
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield BadInput(printable(folder), "symlink-loop", "this folder contains itself through a symbolic link")
        return
    for name in names:
        if not name.startswith("."):
            yield from _find_entry(folder / name, (*above, here))


def _find_entry(path: Path, above: tuple[tuple[int, int], ...]) -> Iterator[InputFile | BadInput]:
    file = classify(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if file:
            yield _unreadable(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _find_in_folder(path, above)
    elif file and stat.S_ISREG(mode):
        yield file
    elif file:
        yield BadInput(printable(path), "unreadable", "no regular file")


def _unreadable(path: Path, error: OSError) -> BadInput:
    return BadInput(printable(path), "unreadable", error.strerror or str(error))
