"""The pipeline with every language loaded before the first article, so that workers share it by being forked."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.workers import fork_is_safe

if TYPE_CHECKING:
    from extract.pipeline import Pipeline


def load_all(rules: Path | Sequence[Path] | None = None) -> Pipeline:
    """Load every language; raises RuleError where a rule is wrong, so that nothing is run then.

    Languages that no start before has compiled are compiled side by side, each in a process of its own that keeps the
    result for this one.
    """
    from extract.pipeline import load_pipeline
    from extract.rulebook.cache import is_kept
    from extract.rulebook.store import is_writable

    pipeline = load_pipeline(rules)
    missing = [code for code in pipeline.languages if not is_kept(pipeline.rules, code)]
    if len(missing) > 1 and is_writable() and fork_is_safe() and (os.cpu_count() or 1) > 1:
        _compile_side_by_side(pipeline, missing)
    pipeline.load_all()
    # What is loaded stays: the search for garbage passes over it from now on, and leaves the shared memory alone.
    gc.freeze()
    return pipeline


def _compile_side_by_side(pipeline: Pipeline, languages: list[str]) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_compile, args=(pipeline, code)) for code in languages]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _compile(pipeline: Pipeline, code: str) -> None:
    """Compile one language; what goes wrong goes wrong in the parent once more, and is told there."""
    try:
        pipeline.language(code)
    finally:
        os._exit(0)
