"""Seconds until a job's first record is there, beside the import of spaCy and the help page.

python benchmarks/start.py ARTICLE.txt
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median


def seconds(*command: str, first_line: bool = False) -> float:
    """Median of five runs, to the end or to the first line of output."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            process.stdout.readline() if first_line else process.stdout.read()
            taken.append(time.perf_counter() - started)
    return median(taken)


def main() -> None:
    article = sys.argv[1]
    extract = (sys.executable, "-m", "extract")
    for name, taken in (
        ("import spacy", seconds(sys.executable, "-c", "import spacy")),
        ("extract --help", seconds(*extract, "--help")),
        ("first record", seconds(*extract, "run", article, "--quiet", first_line=True)),
    ):
        sys.stdout.write(f"{name:15} {taken:.2f} s\n")


if __name__ == "__main__":
    main()
