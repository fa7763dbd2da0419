"""Nothing is lost and nothing doubled: kills of workers and of jobs, signals, full disks, time limits."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from itertools import groupby
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from batch_jobs import many_texts, read_lines, run_job, start_job, write_articles
from extract.workers import Supervisor


def read_all(folder: Path, output: str = "out.jsonl") -> tuple[bytes, bytes]:
    return (folder / output).read_bytes(), (folder / "errors.jsonl").read_bytes()


def children_of(process: ForkProcess) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return list(map(int, listed.read_text().split())) if listed.exists() else []


def wait_for(path: Path, process: ForkProcess) -> None:
    while not path.exists() and process.is_alive():
        time.sleep(0.002)


def kill_repeatedly(folder: Path, source: Path, output: str, seed: int) -> int:
    """Kill a job with -9 at seeded moments and resume it, until it ends; how often it was killed."""
    chance, kills = random.Random(seed), 0
    while True:
        before = items_done(folder / f"{output}.state.json")
        process = start_job(folder, source, output=folder / output, seconds=0.001, resume=True, workers=2)
        while process.is_alive() and items_done(folder / f"{output}.state.json") == before:
            time.sleep(0.005)
        process.join(0.05 * chance.random() if kills < 6 else None)
        if process.exitcode is not None:
            return kills
        process.kill()
        process.join()
        kills += 1


def items_done(state: Path) -> int:
    try:
        return int(json.loads(state.read_text())["checkpoint"]["items"])
    except FileNotFoundError:
        return 0


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_killed_jobs_resume_to_the_same_bytes(tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Small members, so that packed output has borders to resume from in a short job.
    monkeypatch.setattr("extract.writers.output.MEMBER_ITEMS", 20)
    source = write_articles(tmp_path, many_texts(300))
    run_job(tmp_path, source, output=tmp_path / output, workers=1)
    expected = read_all(tmp_path, output)
    (tmp_path / output).unlink()
    kills = kill_repeatedly(tmp_path, source, output, seed=len(output))
    assert kills >= 2
    assert read_all(tmp_path, output) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["errors.jsonl", "in.jsonl", output])


def test_killed_workers_lose_nothing(tmp_path: Path) -> None:
    source = write_articles(tmp_path, many_texts(400))
    run_job(tmp_path, source)
    expected, chance = read_all(tmp_path), random.Random(7)
    process, kills, done = start_job(tmp_path, source, seconds=0.002), 0, 0
    # Only after progress: an article that is hit twice would rightly be set aside.
    while process.is_alive() and kills < 10:
        time.sleep(0.01)
        before, done = done, items_done(tmp_path / "out.jsonl.state.json")
        if done > before and (workers := children_of(process)):
            kill_quietly(chance.choice(workers))
            kills += 1
    process.join()
    assert kills >= 2
    assert read_all(tmp_path) == expected


def test_twenty_kills_at_random_moments(tmp_path: Path) -> None:
    """Of a worker or of everything, as chance will have it; the job is resumed each time with other workers."""
    source = write_articles(tmp_path, many_texts(1500))
    run_job(tmp_path, source)
    expected, chance, kills = read_all(tmp_path), random.Random(20), 0
    (tmp_path / "out.jsonl").unlink()
    process = start_job(tmp_path, source, seconds=0.002, resume=True)
    while kills < 20:
        # Only after progress: an article that is hit twice would rightly be set aside.
        before = items_done(tmp_path / "out.jsonl.state.json")
        while process.is_alive() and items_done(tmp_path / "out.jsonl.state.json") == before:
            time.sleep(0.002)
        process.join(0.03 * chance.random())
        if not process.is_alive():
            break
        kills += 1
        workers = children_of(process)
        if workers and chance.random() < 0.5:
            kill_quietly(chance.choice(workers))
            continue
        process.kill()
        process.join()
        process = start_job(tmp_path, source, seconds=0.002, resume=True, workers=chance.randint(1, 3))
    process.join()
    assert kills == 20
    assert process.exitcode == 1
    assert read_all(tmp_path) == expected


def kill_quietly(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_workers_end_with_their_job(tmp_path: Path) -> None:
    process = start_job(tmp_path, write_articles(tmp_path, ["they met"] * 2000), seconds=0.002)
    wait_for(tmp_path / "out.jsonl.state.json", process)
    workers = children_of(process)
    process.kill()
    process.join()
    assert len(workers) == 2
    deadline = time.perf_counter() + 5
    while any(is_running(pid) for pid in workers) and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert not any(is_running(pid) for pid in workers)


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_an_article_that_kills_once_is_done_again(tmp_path: Path) -> None:
    texts = [f"they met {at}" for at in range(60)]
    texts[31] = f"die once {tmp_path / 'dead'} and met"
    summary = run_job(tmp_path, write_articles(tmp_path, texts))
    assert (summary.records, summary.errors) == (60, {})


@pytest.mark.parametrize("workers", [1, 3])
def test_only_the_article_that_kills_twice_is_given_up(tmp_path: Path, workers: int) -> None:
    texts = [f"they met {at}" for at in range(100)]
    texts[31], texts[32], texts[70] = "die always", "exit", "die always"
    summary = run_job(tmp_path, write_articles(tmp_path, texts), workers=workers)
    assert (summary.records, summary.errors) == (97, {"worker-died": 3})
    lines = read_lines(tmp_path / "errors.jsonl")
    assert [line["id"] for line in lines] == ["a31", "a32", "a70"]
    assert [line["message"].rpartition("(")[2] for line in lines] == ["SIGKILL)", "exit code 3)", "SIGKILL)"]


@pytest.mark.parametrize("text", ["wait", "poison"])
def test_the_time_limit_interrupts_whatever_runs(tmp_path: Path, text: str) -> None:
    texts = ["they met", text, "they met"]
    summary = run_job(tmp_path, write_articles(tmp_path, texts), time_limit=0.2)
    assert (summary.records, summary.errors) == (2, {"time-limit": 1})
    assert read_lines(tmp_path / "errors.jsonl")[0]["message"] == "took longer than 0.2 seconds, twice"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["sigint", "sigterm"])
def test_a_signal_leaves_a_job_that_can_be_resumed(tmp_path: Path, number: signal.Signals) -> None:
    source = write_articles(tmp_path, many_texts(400))
    run_job(tmp_path, source)
    expected = read_all(tmp_path)
    process = start_job(tmp_path, source, seconds=0.002)
    wait_for(tmp_path / "out.jsonl.state.json", process)
    # As a terminal does it: to the whole group, workers included.
    os.killpg(process.pid or 0, number)
    process.join()
    assert process.exitcode == 130
    assert read_all(tmp_path) == expected, "what stood there before is kept"
    summary = run_job(tmp_path, source, resume=True, workers=3)
    assert (summary.articles, summary.stopped) == (400, None)
    assert read_all(tmp_path) == expected


def test_a_signal_ends_a_job_that_waits_for_its_input(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    fifo = f"/dev/fd/{reader}"
    os.write(writer, b'{"text": "they met"}\n')
    process = start_job(tmp_path, fifo)
    time.sleep(0.3)
    assert process.is_alive()
    os.killpg(process.pid or 0, signal.SIGINT)
    process.join(5)
    os.close(writer)
    os.close(reader)
    assert process.exitcode == 130


def test_a_full_disk_stops_the_job_and_a_resume_completes_it(tmp_path: Path) -> None:
    source = write_articles(tmp_path, many_texts(400))
    run_job(tmp_path, source)
    expected = read_all(tmp_path)
    limit = len(expected[0]) // 2
    process = start_job(
        tmp_path, source, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), seconds=0.001
    )
    process.join()
    assert process.exitcode == 1
    assert (tmp_path / "out.jsonl.part").stat().st_size == limit
    run_job(tmp_path, source, resume=True)
    assert read_all(tmp_path) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no small disk to be had")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_disk_that_runs_full_and_is_cleared(tmp_path: Path, small_disk: Path, output: str) -> None:
    source = write_articles(tmp_path, many_texts(100))
    run_job(tmp_path, source, output=tmp_path / output)
    expected = read_all(tmp_path, output)
    (small_disk / "other").write_bytes(b"x" * (500 << 10))
    summary = run_job(small_disk, source, output=small_disk / output)
    assert (summary.stopped, summary.exit_status) == ("cannot write the output: No space left on device", 1)
    assert not (small_disk / output).exists()
    (small_disk / "other").unlink()
    run_job(small_disk, source, output=small_disk / output, resume=True)
    assert read_all(small_disk, output) == expected


def test_a_second_job_on_the_same_output_is_refused(tmp_path: Path) -> None:
    source = write_articles(tmp_path, ["they met"] * 1000)
    process = start_job(tmp_path, source, seconds=0.002)
    wait_for(tmp_path / "out.jsonl.state.json", process)
    with pytest.raises(ValueError, match="another job"):
        run_job(tmp_path, source)
    process.kill()
    process.join()


def test_memory_holds_a_bounded_number_of_articles(tmp_path: Path) -> None:
    read = 0

    def batches() -> Iterator[list[int]]:
        nonlocal read
        for read in range(1, 1001):
            yield [read]

    slow_first: Supervisor[int, None] = Supervisor(
        lambda item: time.sleep(0.3 * (item == 1)), lambda item, code: None, 2
    )
    results = slow_first.map(batches())
    next(results)
    assert read <= 10
    results.close()


def test_workers_retire_so_that_their_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.workers.RETIREMENT_ITEMS", 10)
    supervisor: Supervisor[int, int] = Supervisor(lambda item: os.getpid(), lambda item, code: 0, workers=1)
    pids = [pid for batch in supervisor.map(iter([[1] * 5] * 8)) for pid in batch]
    assert [len(list(same)) for _, same in groupby(pids)] == [10, 10, 10, 10]
