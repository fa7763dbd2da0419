"""Files behind an address such as `s3://bucket/crawl/`, found and opened by fsspec; needs fsspec and its driver."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from extract.readers.inputs import classify, find_inputs
from extract.readers.items import BadInput, InputFile

_BUFFER = 1 << 20


def is_remote(given: str | Path) -> bool:
    """Whether this is an address rather than a path."""
    return "://" in str(given)


def find_everywhere(inputs: Sequence[str]) -> Iterator[InputFile | BadInput]:
    """Every file that the inputs name, whether paths or addresses, in their order."""
    for given in inputs:
        yield from _find_remote(given) if is_remote(given) else find_inputs([given])


def open_remote(url: str) -> BinaryIO:
    """The bytes behind an address."""
    import fsspec

    return io.BufferedReader(cast(io.RawIOBase, fsspec.open(url, "rb").open()), _BUFFER)


def _find_remote(given: str) -> Iterator[InputFile | BadInput]:
    """The file, all files below the folder, or all that the pattern names; sorted."""
    try:
        import fsspec
    except ImportError:
        yield BadInput(given, "missing-extra", "addresses need fsspec: pip install 'meeting-extract[ray]'")
        return
    try:
        system, path = fsspec.core.url_to_fs(given)
        listed = system.isdir(path)
        if listed:
            paths = [name for name in system.find(path) if not _is_hidden(name, path)]
        else:
            paths = system.glob(path) if any(sign in path for sign in "*?[") else [path] if system.exists(path) else []
    except (OSError, ImportError, ValueError) as error:
        yield BadInput(given, "unreadable", str(error) or type(error).__name__)
        return
    if not paths and not listed:
        yield BadInput(given, "not-found", "no such file or folder")
    for name in sorted(paths):
        file = classify(Path(name))
        url = str(system.unstrip_protocol(name))
        if file:
            yield replace(file, path=None, name=url, url=url)
        elif not listed:
            yield BadInput(url, "unknown-ending", f"ending {Path(name).suffix!r} is not among those read")


def _is_hidden(name: str, folder: str) -> bool:
    return any(part.startswith((".", "_")) for part in name.removeprefix(folder).split("/"))


def describe_file(file: InputFile) -> tuple[int, str]:
    """Size of a file in bytes, and what changes when its content does: time of change or tag."""
    if file.url is None:
        status = file.path.stat() if file.path else None
        return (status.st_size, str(status.st_mtime_ns)) if status else (0, "")
    import fsspec

    system, path = fsspec.core.url_to_fs(file.url)
    known: dict[str, Any] = system.info(path)
    tags = (known.get(name) for name in ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated"))
    return int(known.get("size") or 0), str(next((tag for tag in tags if tag), ""))
