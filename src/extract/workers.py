"""Work spread over forked processes: order kept, memory bounded, and no death of a worker loses an item.

A worker that dies is replaced, and the items of its batch are done again one by one; an item on which two more workers
die, now that it is alone, is given up with a result that says so (two, since whatever killed the first may have killed
the second by chance). A time limit is an alarm without a handler in the worker: the system ends the process, whatever
code it is in, also where the parent is gone. It counts the time that the worker works, so that a busy machine changes
nothing; one that only waits is ended later.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from mmap import mmap
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Finished batches may wait for a slow one before them, so many a worker; then reading waits, too.
_BATCHES_AHEAD = 4
# Then a worker is retired: caches and string stores grow with every new word, and a fresh fork begins without.
RETIREMENT_ITEMS = 20_000
# An item alone is given up after so many deaths while it was worked on. A task that never gets begun is at fault, too.
_MOST_DEATHS, _MOST_UNBEGUN, _MOST_IDLE_DEATHS = 2, 10, 100
# How many times its time limit an item may take on the clock.
_PATIENCE = 5
ALARMS = (signal.SIGPROF, signal.SIGALRM) if hasattr(signal, "SIGPROF") else ()


@dataclass(slots=True)
class _Task(Generic[T]):
    """Items `first`, `first + 1`, … of the batch with this number; alone means after a death.

    `deaths` counts those of workers at work on an item alone, `unbegun` those of workers that had not begun.
    """

    batch: int
    first: int
    items: list[T]
    alone: bool = False
    deaths: int = 0
    unbegun: int = 0


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: ForkProcess
    connection: Connection
    begun: mmap
    task: _Task[T] | None = None
    done: int = 0


def fork_is_safe() -> bool:
    """Whether this system forks; elsewhere a job runs in one process."""
    return sys.platform != "win32" and "fork" in multiprocessing.get_all_start_methods()


@dataclass
class Supervisor(Generic[T, R]):
    """Runs `work` on every item in forked workers; `give_up` makes the result of an item that kills them."""

    work: Callable[[T], R]
    give_up: Callable[[T, int], R]
    workers: int
    time_limit: float | None = None
    _alive: list[_Worker[T]] = field(default_factory=list)
    _pending: deque[_Task[T]] = field(default_factory=deque)
    _results: dict[int, list[R | None]] = field(default_factory=dict)
    _missing: dict[int, int] = field(default_factory=dict)
    _idle_deaths: int = 0

    def map(self, batches: Iterator[list[T]]) -> Generator[list[R]]:
        """The results of every batch, in the order of the batches; at most a bounded number is under way."""
        try:
            yield from self._map(batches)
        finally:
            self.stop()

    def _map(self, batches: Iterator[list[T]]) -> Generator[list[R]]:
        read, written, more = 0, 0, True
        while True:
            self._hand_out()
            if self._missing.get(written) == 0:
                del self._missing[written]
                yield self._results.pop(written)  # type: ignore[misc]
                written += 1
            elif more and len(self._pending) < self.workers and read - written < self.workers * _BATCHES_AHEAD:
                batch = next(batches, None)
                more = batch is not None
                if batch:
                    self._results[read], self._missing[read] = [None] * len(batch), len(batch)
                    self._pending.append(_Task(read, 0, batch))
                    read += 1
                self._collect(0)
            elif read > written:
                self._collect(None)
            elif not more:
                return

    def _hand_out(self) -> None:
        while self._pending:
            worker = next((worker for worker in self._alive if worker.task is None), None)
            if worker is None:
                if len(self._alive) >= self.workers:
                    return
                worker = self._start()
            worker.task = self._pending.popleft()
            worker.begun[0] = 0
            try:
                worker.connection.send(worker.task.items)
            except OSError:
                self._replace(worker)

    def _collect(self, timeout: float | None) -> None:
        """Take what the workers have ready, and note who died."""
        ready = wait([worker.connection for worker in self._alive], timeout)
        for worker in [worker for worker in self._alive if worker.connection in ready]:
            try:
                results = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if worker.task:
                self._keep(worker.task, results)
                worker.done += len(results)
                worker.task, self._idle_deaths = None, 0
                if worker.done >= RETIREMENT_ITEMS:
                    self._retire(worker)

    def _keep(self, task: _Task[T], results: list[R]) -> None:
        self._results[task.batch][task.first : task.first + len(results)] = results
        self._missing[task.batch] -= len(results)

    def _replace(self, worker: _Worker[T]) -> None:
        """A worker died: put its task back, in single items, or give its one item up."""
        self._alive.remove(worker)
        worker.connection.close()
        worker.process.join()
        task, code, begun = worker.task, worker.process.exitcode or 0, bool(worker.begun[0])
        worker.begun.close()
        if task is None:
            self._idle_deaths += 1
            if self._idle_deaths > _MOST_IDLE_DEATHS:
                raise RuntimeError(f"workers die before they begin to work (exit code {code})")
            return
        task.unbegun += not begun
        if not begun and task.unbegun < _MOST_UNBEGUN:
            self._pending.appendleft(task)
        elif not task.alone:
            single = [_Task(task.batch, task.first + at, [item], alone=True) for at, item in enumerate(task.items)]
            self._pending.extendleft(reversed(single))
        else:
            self._blame(task, code)

    def _retire(self, worker: _Worker[T]) -> None:
        """Let an idle worker go; the next task starts a new one."""
        self._alive.remove(worker)
        worker.connection.close()
        worker.process.join()
        worker.begun.close()

    def _blame(self, task: _Task[T], code: int) -> None:
        """One more death on an item alone. An alarm rings for nothing but the time limit: no chance to allow for."""
        task.deaths += 1
        if task.deaths >= _MOST_DEATHS or -code in ALARMS:
            self._keep(task, [self.give_up(task.items[0], code)])
        else:
            self._pending.appendleft(task)

    def _start(self) -> _Worker[T]:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        others = [worker.connection for worker in self._alive]
        begun = mmap(-1, 1)  # shared with the worker, and still readable when it is dead
        process = context.Process(target=self._serve, args=(theirs, [ours, *others], begun), daemon=True)
        process.start()
        # With the only other copy closed here, the death of the worker shows as the end of its stream.
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours, begun)
        self._alive.append(worker)
        return worker

    def _serve(self, connection: Connection, others: list[Connection], begun: mmap) -> None:
        """The life of a worker. It ends with the parent: only the parent holds the other end of its stream."""
        for other in others:
            other.close()
        # The parent alone decides when to stop: Ctrl-C and systemd send their signals to the whole group.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for alarm in ALARMS:
            signal.signal(alarm, signal.SIG_DFL)
        while True:
            try:
                items = connection.recv()
            except (EOFError, OSError):
                return
            begun[0] = 1
            results = [self._work_in_time(item) for item in items]
            try:
                connection.send(results)
            except OSError:
                return

    def _work_in_time(self, item: T) -> R:
        if self.time_limit is None:
            return self.work(item)
        signal.setitimer(signal.ITIMER_PROF, self.time_limit)
        signal.setitimer(signal.ITIMER_REAL, self.time_limit * _PATIENCE)
        try:
            return self.work(item)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)

    def stop(self) -> None:
        """End all workers at once, whatever they are doing."""
        for worker in self._alive:
            worker.process.kill()
        for worker in self._alive:
            worker.process.join()
            worker.connection.close()
            worker.begun.close()
        self._alive.clear()


def in_batches(items: Iterator[T], size_of: Callable[[T], int], most_items: int, most_bytes: int) -> Iterator[list[T]]:
    """Items in batches that grow from one, so that the first results come soon."""
    allowed = 1
    batch: list[T] = []
    size = 0
    for item in items:
        batch.append(item)
        size += size_of(item)
        if len(batch) >= allowed or size >= most_bytes:
            yield batch
            batch, size, allowed = [], 0, min(most_items, allowed * 2)
    yield from ([batch] if batch else [])


def map_here(work: Callable[[T], R], batches: Iterator[list[T]]) -> Generator[list[R]]:
    """The same in this process, for systems that do not fork and for debugging."""
    for batch in batches:
        yield [work(item) for item in batch]


def map_forked(
    work: Callable[[T], R], items: Iterable[T], workers: int, size_of: Callable[[T], int], most_items: int = 32
) -> Iterator[R]:
    """The results of items in their order, worked on in forked processes; an error is raised at its item's place."""
    supervisor: Supervisor[T, R | _Failure] = Supervisor(partial(_try, work), _lose, workers)
    for results in supervisor.map(in_batches(iter(items), size_of, most_items, 1 << 19)):
        for result in results:
            if isinstance(result, _Failure):
                raise result.error
            yield result


@dataclass(frozen=True, slots=True)
class _Failure:
    error: Exception


def _try(work: Callable[[T], R], item: T) -> R | _Failure:
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - it is raised again where the results are read
        # With its traceback as text: that of another process cannot be taken along.
        error.add_note("".join(traceback.format_exception(error)))
        return _Failure(error)


def _lose(item: object, exit_code: int) -> _Failure:
    return _Failure(RuntimeError(f"a worker died twice on one item (exit code {exit_code}): {str(item)[:200]}"))
