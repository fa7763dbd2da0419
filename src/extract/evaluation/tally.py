"""What an evaluation counts: right, spurious and missed values a field, and the differences themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FIELDS = (
    "meeting",
    "kind",
    "status",
    "date",
    "venue",
    "participants",
    "participants_full_name",
    "role_position",
    "role_organization",
    "participant_country",
    "topics",
    "agreed_actions",
    "proposed_actions",
)
# What the overall figure is the mean of: one field for each question that a record answers.
_HEADLINE = (
    "meeting", "participants", "date", "venue", "topics", "agreed_actions", "role_position", "participant_country",
)  # fmt: skip
Outcome = Literal["missed", "spurious", "wrong"]


@dataclass(slots=True)
class Tally:
    """Counts of one field: found and right, in the record but not right, in truth but not found."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, right: int, in_truth: int, in_record: int) -> None:
        """Count one comparison of so many values in truth with so many in the record."""
        self.right += right
        self.spurious += in_record - right
        self.missed += in_truth - right

    @property
    def count(self) -> int:
        """How many values truth has."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between truth and record."""

    article: str
    language: str
    field: str
    outcome: Outcome
    truth: str
    record: str


@dataclass(slots=True)
class Evaluation:
    """Tallies by language and field (the language `all` is the sum), the differences, and the articles counted."""

    scores: dict[str, dict[str, Tally]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    articles: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    def overall(self, language: str) -> float:
        """Mean F1 of the fields that answer who, whom for, when, where, what and what was agreed."""
        scores = self.scores.get(language, {})
        values = [scores[name].f1 for name in _HEADLINE if name in scores]
        return sum(values) / len(values) if values else 0.0

    def by_language(self) -> list[tuple[str, dict[str, Tally]]]:
        """Each language with its fields in the order of `FIELDS`; `all` comes last, where there is more than one."""
        languages = sorted(self.scores, key=lambda language: (language == "all", language))
        if len(languages) == 2:  # one language and its sum say the same
            languages = languages[:1]
        return [(each, _in_order(self.scores[each])) for each in languages]


def _in_order(scores: dict[str, Tally]) -> dict[str, Tally]:
    return {name: scores[name] for name in FIELDS if name in scores}
