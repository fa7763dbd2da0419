"""Pairs the meetings of truth and record, compares them field by field, and counts.

Meetings are paired by who took part; kind, date and venue break ties. What truth marks `optional` costs nothing
when it is missing and earns nothing when it is found. Fields that are compared only where both sides have the
meeting or participant (position, country, kind, status …) count a wrong value once as missed and once as
spurious, so that their precision, recall and F1 are one figure: the accuracy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extract.evaluation.pairing import Item, Pairs, meeting_likeness, pair
from extract.evaluation.reading import NOTHING, Fact, Json, Person, Reading, read_meetings
from extract.evaluation.tally import Evaluation, Miss, Outcome, Tally
from extract.evaluation.wording import SAME_NAME, Wording

ItemT = TypeVar("ItemT", bound=Item)

TOPIC_THRESHOLD = 0.5
ACTION_THRESHOLD = 0.4
ORGANIZATION_THRESHOLD = 0.5


def evaluate(truth: Mapping[str, Json], records: Mapping[str, Json], wordings: Mapping[str, Wording]) -> Evaluation:
    """Compare records with truth, both by article id; an article without a record counts as all missed."""
    result = Evaluation()
    for article, expected in truth.items():
        language = str(expected.get("language") or "unknown")
        record = records.get(article)
        if record is None:
            result.absent.append(article)
        comparison = _Comparison(article, language, wordings.get(language, Wording()), result)
        comparison.compare_meetings(read_meetings(expected), read_meetings(record or {}))
        for name in (language, "all"):
            result.articles[name] = result.articles.get(name, 0) + 1
    return result


def _same_place(truth: tuple[str, str], record: tuple[str, str]) -> bool:
    """One city, or one country where neither side knows the city."""
    (city, country), (other_city, other_country) = truth, record
    if city:
        return city == other_city
    return not other_city and country == other_country


@dataclass(slots=True)
class _Comparison:
    """The comparison of one article, counting into `result`."""

    article: str
    language: str
    wording: Wording
    result: Evaluation

    def compare_meetings(self, truth: Sequence[Reading], record: Sequence[Reading]) -> None:
        pairs = pair(truth, record, lambda a, b: meeting_likeness(a, b, self.wording))
        self._count_items("meeting", truth, record, pairs, lambda meeting: _names(meeting.participants))
        partner = {i: record[j] for i, j, _ in pairs}
        for index, expected in enumerate(truth):
            if index in partner or not expected.optional:
                self._compare_meeting(expected, partner.get(index, NOTHING))
                if index in partner:
                    self._compare_value("kind", expected.kind, expected.other_kinds, partner[index].kind)
                    self._compare_value("status", expected.status, expected.other_statuses, partner[index].status)

    def _compare_meeting(self, truth: Reading, record: Reading) -> None:
        self._compare_participants(truth.participants, record.participants)
        self._compare_date(truth, record)
        self._compare_venue(truth, record)
        self._compare_facts("topics", truth.topics, record.topics, TOPIC_THRESHOLD)
        self._compare_facts("agreed_actions", truth.agreed_actions, record.agreed_actions, ACTION_THRESHOLD)
        self._compare_facts("proposed_actions", truth.proposed_actions, record.proposed_actions, ACTION_THRESHOLD)

    def _compare_participants(self, truth: Sequence[Person], record: Sequence[Person]) -> None:
        pairs = pair(truth, record, lambda a, b: self.wording.name_likeness(a.name, b.name))
        in_record = self._count_items("participants", truth, record, pairs, lambda person: person.name)
        in_truth = sum(1 for person in truth if not person.optional)
        full = sum(1 for i, _, value in pairs if value == SAME_NAME and not truth[i].optional)
        self._add("participants_full_name", full, in_truth, in_record)
        for i, j, _ in pairs:
            self._compare_person(truth[i], record[j])

    def _compare_person(self, truth: Person, record: Person) -> None:
        for position in truth.positions:
            found = position if position in record.positions else ", ".join(record.positions)
            self._compare_value("role_position", position, (), found, truth.name)
        if truth.country:
            self._compare_value("participant_country", truth.country, (), record.country, truth.name)
        if truth.organization:
            wanted = truth.organization
            named = any(self.wording.text_likeness(wanted, o, ORGANIZATION_THRESHOLD) for o in record.offices)
            found = wanted if named else "; ".join(record.offices)
            self._compare_value("role_organization", wanted, (), found, truth.name)

    def _compare_value(
        self, name: str, truth: str | None, others: Sequence[str], record: str | None, about: str = ""
    ) -> None:
        if truth:
            right = record == truth or record in others
            self._add(name, int(right), 1, 1)
            if not right:
                self._miss(name, "wrong", f"{about}: {truth}" if about else truth, record or "")

    def _compare_date(self, truth: Reading, record: Reading) -> None:
        right = record.date in (truth.date, *truth.other_dates)
        if right and not (truth.date and record.date):
            return  # right to say nothing, or to say what another reader said
        self._add("date", int(right), int(bool(truth.date)), int(bool(record.date)))
        if not right:
            words = (f"{truth.date or ''} ({truth.date_text or ''})", f"{record.date or ''} ({record.date_text or ''})")
            self._miss("date", _outcome(truth.date, record.date), *words)

    def _compare_venue(self, truth: Reading, record: Reading) -> None:
        wanted, found = self.wording.place(truth.venue), self.wording.place(record.venue)
        readings = (wanted, *(self.wording.place(venue) for venue in truth.other_venues))
        right = any(_same_place(reading, found) for reading in readings)
        if right and not (any(wanted) and any(found)):
            return
        self._add("venue", int(right), int(any(wanted)), int(any(found)))
        if not right:
            self._miss("venue", _outcome(any(wanted), any(found)), " ".join(wanted), " ".join(found))

    def _compare_facts(self, name: str, truth: Sequence[Fact], record: Sequence[Fact], threshold: float) -> None:
        pairs = pair(truth, record, lambda a, b: self.wording.text_likeness(a.text, b.text, threshold))
        self._count_items(name, truth, record, pairs, lambda fact: fact.text)

    def _count_items(
        self, name: str, truth: Sequence[ItemT], record: Sequence[ItemT], pairs: Pairs, words: Callable[[ItemT], str]
    ) -> int:
        """Count a list, without what is optional on either side; returns how many of the record's count."""
        free = [item.optional for item in truth]
        paired_truth, paired_record = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
        for_nothing = sum(1 for i, _, _ in pairs if free[i])
        unpaired = [item for j, item in enumerate(record) if j not in paired_record]
        spurious = [item for item in unpaired if not item.optional]
        in_record = len(pairs) - for_nothing + len(spurious)
        self._add(name, len(pairs) - for_nothing, free.count(False), in_record)
        for i, item in enumerate(truth):
            if i not in paired_truth and not free[i]:
                self._miss(name, "missed", words(item), "")
        for item in spurious:
            self._miss(name, "spurious", "", words(item))
        return in_record

    def _add(self, name: str, right: int, in_truth: int, in_record: int) -> None:
        for language in (self.language, "all"):
            tallies = self.result.scores.setdefault(language, {})
            tallies.setdefault(name, Tally()).add(right, in_truth, in_record)

    def _miss(self, name: str, outcome: Outcome, truth: str, record: str) -> None:
        self.result.misses.append(Miss(self.article, self.language, name, outcome, truth, record))


def _outcome(truth: object, record: object) -> Outcome:
    if truth and record:
        return "wrong"
    return "missed" if truth else "spurious"


def _names(people: Sequence[Person]) -> str:
    return ", ".join(person.name for person in people)
