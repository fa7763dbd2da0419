"""Kill a job and its workers at many moments, resume it each time, and compare its bytes with a job left alone.

    python benchmarks/faults.py ARTICLES.jsonl [--kills 20] [--workers 2] [--ending .jsonl.gz]

Every second kill is of one worker alone. Exit status 1 where a byte differs.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from multiprocessing.context import ForkProcess
from pathlib import Path

from extract import load_pipeline
from extract.batch import RunOptions, run


def start(options: RunOptions) -> ForkProcess:
    """A job in a process of its own that shares the rules loaded here."""
    process = multiprocessing.get_context("fork").Process(
        target=lambda: os._exit(run(options, load=lambda **_: PIPELINE).exit_status)
    )
    process.start()
    return process


PIPELINE = load_pipeline().load_all()


def kill_worker(job: ForkProcess) -> None:
    with contextlib.suppress(OSError, IndexError):
        children = Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)


def moments(number: int) -> list[float]:
    """Spread over 0.2 to 2.2 seconds without any regularity that a job might have, too."""
    return [0.2 + 2 * (at * 0.618034 % 1) for at in range(1, number + 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ending", default=".jsonl")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def job(kind: str, resume: bool) -> RunOptions:
            output, errors = folder / f"{kind}{given.ending}", folder / f"{kind}.errors.jsonl"
            return RunOptions(tuple(given.inputs), output, errors, workers=given.workers, resume=resume, quiet=True)

        alone = start(job("alone", False))
        alone.join()
        kills = kill_and_resume(job("killed", True), given.kills)
        same = all(
            (folder / f"alone{end}").read_bytes() == (folder / f"killed{end}").read_bytes()
            for end in (given.ending, ".errors.jsonl")
        )
    sys.stdout.write(f"{kills} kills: {'the same bytes' if same else 'DIFFERENT BYTES'}\n")
    return int(not same)


def kill_and_resume(options: RunOptions, kills: int) -> int:
    done, job = 0, start(options)
    for wait in moments(kills):
        job.join(wait)
        if not job.is_alive():
            break
        done += 1
        if done % 2:
            kill_worker(job)
        else:
            job.kill()
            job.join()
            time.sleep(0.01)
            job = start(options)
    job.join()
    return done


if __name__ == "__main__":
    raise SystemExit(main())
