"""Seconds until a job's first record is there, beside the import of spaCy and the help page.

    python benchmarks/start.py ARTICLE.txt

Two figures each, medians of seven runs: seconds on the clock, and seconds of CPU of the process with its workers, which
tell more on a machine that has other work. The runs take turns, so that such work hits all alike. `cold` is the first
start ever, or the first after an edit of a rule: all languages are compiled, and kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from statistics import median

RUNS = 7


def seconds(command: Sequence[str], first_line: bool, extra: Mapping[str, str]) -> tuple[float, float]:
    """Until the end, or the first line of output; and of CPU, until the end."""
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | extra
    ) as process:
        assert process.stdout is not None
        process.stdout.readline() if first_line else process.stdout.read()
        taken = time.perf_counter() - started
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return taken, cpu


def main() -> None:
    article = sys.argv[1]
    extract = (sys.executable, "-m", "extract")
    first = (*extract, "run", article, "--quiet", "--workers", "1")
    commands = {
        "import spacy": (sys.executable, "-c", "import spacy"),
        "extract --help": (*extract, "--help"),
        "first record": first,
    }
    seconds(first, True, {})  # fills the cache
    taken = {name: [] for name in commands}  # type: dict[str, list[tuple[float, float]]]
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(seconds(command, name == "first record", {}))
    for name, figures in taken.items():
        clock, cpu = (median(each) for each in zip(*figures, strict=True))
        sys.stdout.write(f"{name:15} {clock:6.2f} s  {cpu:6.2f} s CPU\n")
    with tempfile.TemporaryDirectory() as folder:
        clock, cpu = seconds(first, True, {"EXTRACT_CACHE": folder})
    sys.stdout.write(f"{'first, cold':15} {clock:6.2f} s  {cpu:6.2f} s CPU\n")


if __name__ == "__main__":
    main()
