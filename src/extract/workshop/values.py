"""A record as a flat list of values, each with the rule that read it: what coverage and impact count and compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.evaluation import Evaluation, Wording

Json = Mapping[str, Any]
_LISTS = ("topics", "agreed_actions", "proposed_actions")


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value of a record: its article, its field, what it says, and its evidence."""

    article: str
    field: str
    text: str
    rule: str
    start: int
    end: int
    # The words by which the evaluation names it in its list of differences; "" where it does not.
    known_as: str = ""

    @property
    def says(self) -> tuple[str, str, str]:
        """What is compared between two records: the rule and the place may change."""
        return self.article, self.field, self.text


def list_values(record: Json, wording: Wording | None = None) -> list[Value]:
    """The values of a record, as JSON, in order of the record."""
    article = str(record["article"]["id"])
    return [
        Value(article, field, text, evidence["rule"], evidence["start"], evidence["end"], known_as)
        for meeting in record["meetings"]
        for field, text, evidence, known_as in _of_meeting(meeting, wording or Wording())
    ]


def _of_meeting(meeting: Json, wording: Wording) -> Iterator[tuple[str, str, Json, str]]:
    names = ", ".join(person["name"] for person in meeting["participants"])
    kind = f"{meeting['kind']}, {meeting['status']}, {meeting['prominence']}"
    yield "meeting", f"{kind}: {names or 'nobody'}", meeting["evidence"], names
    if date := meeting["date"]:
        value = date["timex"] or date["start"]
        yield "date", f"{value} ({date['text']})", date["evidence"], f"{value} ({date['text']})"
    if venue := meeting["venue"]:
        told = ", ".join(venue[key] for key in ("name", "city", "country", "mode") if venue[key])
        known_as = " ".join(wording.place((venue["city"], venue["country"])))
        yield "venue", told or venue["text"], venue["evidence"], known_as
    for person in meeting["participants"]:
        yield "participants", _with(person["name"], person["country"]), person["evidence"], person["name"]
        for role in person["roles"]:
            told = _with(f"{person['name']}: {role['title']}", role["position"], role["organization"], role["country"])
            yield "roles", told, role["evidence"], ""
    for field in _LISTS:
        for item in meeting[field]:
            yield field, item["text"], item["evidence"], item["text"]


def _with(text: str, *more: str | None) -> str:
    told = ", ".join(each for each in more if each)
    return f"{text} ({told})" if told else text


def judge_values(
    values: Sequence[Value], result: Evaluation, articles: Mapping[str, Json]
) -> Iterator[tuple[Value, bool]]:
    """Each value that truth judges, and whether it is right; roles, and articles without truth, are left out."""
    wrong = Counter((m.article, m.field, m.record) for m in result.misses if m.outcome != "missed")
    for value in values:
        if value.article not in articles or not value.known_as:
            continue
        key = (value.article, value.field, value.known_as)
        if wrong[key]:
            wrong[key] -= 1
            yield value, False
        else:
            yield value, True
