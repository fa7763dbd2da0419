"""Keeps what a check found, under a hash of all that it hangs on: rule files, folders, and every line of the code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from extract.errors import Problem
from extract.rulebook import store
from extract.rulebook.reuse import reusing
from extract.workshop.examples import Example, Result


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in the files of one language, or in the shared ones."""

    problems: Sequence[Problem]
    results: Sequence[Result] = ()
    rules: int = 0


def keep_findings(kind: str, hangs_on: Iterable[str], build: Callable[[], Findings]) -> Findings:
    """What was found before where nothing has changed since, else what `build` finds, kept from now on."""
    told = "\0".join([package_key(), *hangs_on])
    key = hashlib.sha256(told.encode()).hexdigest()[:24]
    kept = store.load(kind, key)
    if kept is not None:
        problems, results, rules = kept
        return Findings([Problem(*row) for row in problems], [_result(*row) for row in results], rules)
    with reusing(), store.no_collection():  # which would take a tenth of the time
        found = build()
    store.save(kind, key, ([astuple(p) for p in found.problems], [astuple(r) for r in found.results], found.rules))
    return found


def _result(example: Sequence[object], *rest: object) -> Result:
    return Result(Example(*example), *rest)  # type: ignore[arg-type]


@cache
def package_key() -> str:
    """A hash of all code of the package: any of it may change what an example comes to."""
    package = Path(__file__).resolve().parent.parent
    return store.hash_files(sorted(package.rglob("*.py")))
