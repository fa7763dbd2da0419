"""Which value of a record answers which value of truth: the likest first, each at most once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from extract.evaluation.reading import Reading
from extract.evaluation.wording import Wording

Pairs = list[tuple[int, int, float]]
T = TypeVar("T")


class Item(Protocol):
    """What a careful reader may leave out where `optional` says so."""

    @property
    def optional(self) -> bool: ...


def pair(truth: Sequence[T], record: Sequence[T], likeness: Callable[[T, T], float]) -> Pairs:
    """Pair the likest first, each at most once; equals in order of truth and record from the last."""
    candidates = sorted(
        ((likeness(one, other), i, j) for i, one in enumerate(truth) for j, other in enumerate(record)), reverse=True
    )
    paired: Pairs = []
    taken_truth: set[int] = set()
    taken_record: set[int] = set()
    for value, i, j in candidates:
        if value > 0 and i not in taken_truth and j not in taken_record:
            taken_truth.add(i)
            taken_record.add(j)
            paired.append((i, j, value))
    return paired


def meeting_likeness(truth: Reading, record: Reading, wording: Wording) -> float:
    """How likely two readings are of one meeting: participants first, then kind, date and venue."""
    people, others = truth.participants, record.participants
    pairs = pair(people, others, lambda a, b: wording.name_likeness(a.name, b.name))
    shared = sum(value for _, _, value in pairs)
    if not shared and people and others:
        return 0.0
    circumstances = _circumstances(truth, record, wording)
    if not shared:  # nobody is named on one side: only what is otherwise alike
        return 0.1 * circumstances if circumstances >= 0.4 else 0.0
    size = _required(people, {i for i, _, _ in pairs}) + _required(others, {j for _, j, _ in pairs})
    return 2 * shared / size + circumstances


def _circumstances(truth: Reading, record: Reading, wording: Wording) -> float:
    venue = wording.place(truth.venue)
    dates = (str(truth.date), str(record.date))
    near = bool(truth.date and record.date) and (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))
    same_venue = any(venue) and venue == wording.place(record.venue)
    return 0.2 * (truth.kind == record.kind) + 0.3 * near + 0.2 * same_venue


def _required(items: Iterable[Item], also: set[int]) -> int:
    """How many are not optional, or paired all the same."""
    return sum(1 for index, item in enumerate(items) if index in also or not item.optional)
