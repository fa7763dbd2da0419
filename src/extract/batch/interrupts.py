"""SIGINT and SIGTERM: the batches under way are finished and written, then the job stops."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class _Stop(BaseException):
    """Raised out of a read that a signal interrupts: a job that reads a pipe might wait there for ever."""


@dataclass(slots=True)
class Stopper:
    """Turns a signal into a wish to stop; the second signal ends the job where it is."""

    asked: bool = False
    _reading: bool = False

    def _note(self, *_: object) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        if self._reading:
            raise _Stop

    def next(self, items: Iterator[T]) -> T | None:
        """The next item; None at the end, or where the job is to stop."""
        if self.asked:
            return None
        try:
            self._reading = True
            try:
                return next(items, None)
            finally:
                self._reading = False
        except _Stop:
            return None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Signals are turned into wishes inside; only the main thread is told of signals at all."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
