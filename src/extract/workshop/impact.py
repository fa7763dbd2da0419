"""What an edit changes: the values of two rule bases on the same articles, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extract.article import Article
from extract.evaluation import Evaluation
from extract.workshop.bench import Bench, Outcome, judge
from extract.workshop.values import Value

Json = Mapping[str, Any]
Kind = Literal["gained", "lost", "changed"]
KINDS: tuple[Kind, ...] = ("gained", "lost", "changed")


@dataclass(frozen=True, slots=True)
class Change:
    """A value that only one of two records has, or that differs between them."""

    kind: Kind
    before: Value | None
    after: Value | None

    @property
    def value(self) -> Value:
        """The value to show: the new one, where there is one."""
        shown = self.after or self.before
        assert shown is not None
        return shown

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it is due to."""
        return tuple(dict.fromkeys(value.rule for value in (self.before, self.after) if value))


@dataclass(frozen=True, slots=True)
class Impact:
    """All changes over some articles; the evaluations before and after where there is truth."""

    articles: Mapping[str, Article]
    changes: tuple[Change, ...]
    before: Evaluation | None = None
    after: Evaluation | None = None

    def count(self, key: str) -> dict[str, Counter[str]]:
        """Changes by kind, counted by `field` or by `rule`."""
        counts: dict[str, Counter[str]] = {}
        for change in self.changes:
            for name in (change.value.field,) if key == "field" else change.rules:
                counts.setdefault(name, Counter())[change.kind] += 1
        return counts


def measure_impact(
    before: Bench, after: Bench, articles: Sequence[Article], truth: Mapping[str, Json] | None = None
) -> Impact:
    """Read all articles with both rule bases and compare."""
    old, new = [before.read(article) for article in articles], [after.read(article) for article in articles]
    evaluations = (judge(old, truth, before)[0], judge(new, truth, after)[0]) if truth else (None, None)
    return Impact({article.id: article for article in articles}, tuple(compare(old, new)), *evaluations)


def compare(old: Iterable[Outcome], new: Iterable[Outcome]) -> Iterator[Change]:
    """The changes between outcomes of the same articles, in their order."""
    for one, other in zip(old, new, strict=True):
        yield from compare_values(one.values, other.values)


def compare_values(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Change]:
    """Values that come, go, or differ where their words overlap; of equal ones as many as both have cancel out."""
    lost, gained = _without(old, new), _without(new, old)
    for value in gained:
        former = next((v for v in lost if v.field == value.field and v.start < value.end and value.start < v.end), None)
        if former is None:
            yield Change("gained", None, value)
        else:
            lost.remove(former)
            yield Change("changed", former, value)
    for value in lost:
        yield Change("lost", value, None)


def _without(values: Iterable[Value], others: Iterable[Value]) -> list[Value]:
    there = Counter(value.says for value in others)
    rest = []
    for value in values:
        if there[value.says]:
            there[value.says] -= 1
        else:
            rest.append(value)
    return rest
