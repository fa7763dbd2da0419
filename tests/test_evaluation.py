"""The evaluation counts what a careful reader would count."""

from __future__ import annotations

from typing import Any

import pytest

from extract.evaluation import Evaluation, Tally, Wording, evaluate, load_wordings
from extract.evaluation.pairing import pair
from extract.rulebook.location import default_rules

WORDINGS = load_wordings(default_rules())
ENGLISH, ARABIC = WORDINGS["en"], WORDINGS["ar"]


def _truth(**changes: Any) -> dict[str, Any]:
    person = {"type": "person", "organization": None}
    meeting = {
        "kind": "meeting",
        "status": "held",
        "date": "2025-05-12",
        "date_text": "Monday",
        "venue": {"name": None, "city": "Lisbon", "country": "PT"},
        "participants": [
            {"name": "Ana Rui", "position": "minister", "country": "PT", **person},
            {"name": "Bo Li", "position": "ambassador", "country": "CN", **person},
        ],
        "topics": ["trade in timber", {"text": "air links", "optional": True}],
        "agreed_actions": ["set up a working group on ports"],
        "proposed_actions": [],
    }
    return {"id": "a", "language": "en", "meetings": [{**meeting, **changes}]}


def _person(name: str, position: str | None = None, country: str | None = None) -> dict[str, Any]:
    roles = [{"title": "x", "position": position, "organization": None, "country": country}] if position else []
    return {"name": name, "country": country, "roles": roles}


def _record(**changes: Any) -> dict[str, Any]:
    meeting = {
        "kind": "meeting",
        "status": "held",
        "date": {"text": "Monday", "timex": "2025-05-12"},
        "venue": {"city": "Lisbon", "country": "PT"},
        "participants": [_person("Ana Rui", "minister", "PT"), _person("Bo Li", "ambassador", "CN")],
        "topics": [{"text": "the timber trade"}],
        "agreed_actions": [{"text": "a working group on ports would be set up"}],
        "proposed_actions": [],
    }
    return {"article": {"id": "a"}, "meetings": [{**meeting, **changes}]}


def _evaluate(truth: dict[str, Any], record: dict[str, Any]) -> Evaluation:
    return evaluate({"a": truth}, {"a": record}, WORDINGS)


def _counts(tally: Tally) -> tuple[int, int, int]:
    return tally.right, tally.spurious, tally.missed


def test_a_perfect_record_scores_one_everywhere() -> None:
    result = _evaluate(_truth(), _record())
    assert {name: tally.f1 for name, tally in result.scores["en"].items() if tally.count} == {
        name: 1.0 for name, tally in result.scores["en"].items() if tally.count
    }
    assert result.overall("en") == 1.0
    assert result.misses == []


@pytest.mark.parametrize(
    ("record", "field", "counts"),
    [
        ({"date": {"timex": "2025-05-13", "text": "Tuesday"}}, "date", (0, 1, 1)),
        ({"date": None}, "date", (0, 0, 1)),
        ({"venue": {"city": None, "country": "PT"}}, "venue", (0, 1, 1)),
        ({"venue": None}, "venue", (0, 0, 1)),
        ({"kind": "visit"}, "kind", (0, 1, 1)),
        ({"participants": [_person("Ana Rui", "minister", "PT")]}, "participants", (1, 0, 1)),
        ({"participants": [_person("Rui", "minister", "PT")]}, "participants_full_name", (0, 1, 2)),
        ({"participants": [_person("Rui", "mayor", "PT")]}, "role_position", (0, 1, 1)),
        ({"participants": [_person("Rui", None, "ES")]}, "participant_country", (0, 1, 1)),
        ({"topics": [{"text": "timber trade"}, {"text": "air links"}]}, "topics", (1, 0, 0)),
        ({"topics": [{"text": "football"}]}, "topics", (0, 1, 1)),
        ({"agreed_actions": []}, "agreed_actions", (0, 0, 1)),
        ({"proposed_actions": [{"text": "build a bridge"}]}, "proposed_actions", (0, 1, 0)),
    ],
)
def test_a_difference_is_counted_in_its_field(record: dict[str, Any], field: str, counts: tuple[int, int, int]) -> None:
    result = _evaluate(_truth(), _record(**record))
    assert _counts(result.scores["en"][field]) == counts


@pytest.mark.parametrize(
    ("truth", "record", "field"),
    [
        ({"date_alt": ["2025-05-13"]}, {"date": {"timex": "2025-05-13", "text": "Tuesday"}}, "date"),
        ({"kind_alt": ["visit"]}, {"kind": "visit"}, "kind"),
        ({"status_alt": ["planned"]}, {"status": "planned"}, "status"),
        ({"venue_alt": [{"city": None, "country": "PT"}]}, {"venue": {"city": None, "country": "PT"}}, "venue"),
    ],
)
def test_another_reading_is_right_too(truth: dict[str, Any], record: dict[str, Any], field: str) -> None:
    assert _counts(_evaluate(_truth(**truth), _record(**record)).scores["en"][field]) == (1, 0, 0)


def test_saying_nothing_is_right_where_one_reader_said_nothing() -> None:
    assert "date" not in _evaluate(_truth(date_alt=[None]), _record(date=None)).scores["en"]


def test_an_optional_meeting_costs_nothing_and_earns_nothing() -> None:
    result = _evaluate(_truth(optional=True), {"article": {"id": "a"}, "meetings": []})
    assert _counts(result.scores["en"]["meeting"]) == (0, 0, 0)
    assert _counts(_evaluate(_truth(optional=True), _record()).scores["en"]["meeting"]) == (0, 0, 0)


def test_a_meeting_of_other_people_is_spurious_and_the_true_one_missed() -> None:
    result = _evaluate(_truth(), _record(participants=[_person("Eva Poe"), _person("Sam Dow")]))
    assert _counts(result.scores["en"]["meeting"]) == (0, 1, 1)
    assert [miss.outcome for miss in result.misses if miss.field == "meeting"] == ["missed", "spurious"]


def test_an_article_without_a_record_is_all_missed() -> None:
    result = evaluate({"a": _truth()}, {}, WORDINGS)
    assert result.absent == ["a"]
    assert _counts(result.scores["en"]["participants"]) == (0, 0, 2)


def test_languages_are_counted_apart_and_together() -> None:
    arabic = {**_truth(), "id": "b", "language": "ar"}
    result = evaluate({"a": _truth(), "b": arabic}, {"a": _record()}, WORDINGS)
    assert result.scores["en"]["meeting"].recall == 1.0
    assert result.scores["ar"]["meeting"].recall == 0.0
    assert result.scores["all"]["meeting"].recall == 0.5
    assert [language for language, _ in result.by_language()] == ["ar", "en", "all"]


@pytest.mark.parametrize(
    ("wording", "one", "other", "likeness"),
    [
        pytest.param(ENGLISH, "Ana Rui", "Dr. Ana Rui", 1.0, id="honorific"),
        pytest.param(ENGLISH, "Ana Rui", "Rui", 0.8, id="surname"),
        pytest.param(ENGLISH, "Ana Maria Rui", "Ana Maria Ruy", 0.7, id="spelling"),
        pytest.param(ENGLISH, "Ana Rui", "Bo Li", 0.0, id="another"),
        pytest.param(ENGLISH, "Zoë Núñez", "Zoe Nunez", 1.0, id="accents"),
        pytest.param(ENGLISH, "Sami al-Ard", "Sami Ard", 1.0, id="particle"),
        pytest.param(ENGLISH, "International Water Board (IWB)", "International Water Board", 1.0, id="acronym"),
        pytest.param(ARABIC, "أحمد الصفدي", "احمد صفدى", 1.0, id="arabic-letters-and-article"),
        pytest.param(ARABIC, "معالي أحمد الصفدي", "أحمد الصفدي", 1.0, id="arabic-honorific"),
        pytest.param(ARABIC, "أحمد الصفدي", "هدى بدر", 0.0, id="arabic-another"),
        pytest.param(Wording(), "", "Ana", 0.0, id="empty"),
    ],
)
def test_names_are_compared_by_their_parts(wording: Wording, one: str, other: str, likeness: float) -> None:
    assert wording.name_likeness(one, other) == wording.name_likeness(other, one) == likeness


@pytest.mark.parametrize(
    ("wording", "one", "other", "alike"),
    [
        pytest.param(ENGLISH, "training of pilots", "train the pilots", True, id="endings"),
        pytest.param(ENGLISH, "bilateral cooperation in fisheries", "fisheries", True, id="stop-words"),
        pytest.param(ENGLISH, "fisheries", "railways", False, id="another"),
        pytest.param(ARABIC, "والطاقة المتجددة", "الطاقات المتجددة", True, id="arabic-prefix-and-ending"),
        pytest.param(ARABIC, "الطاقة", "التعليم", False, id="arabic-another"),
    ],
)
def test_texts_are_compared_by_shared_stems(wording: Wording, one: str, other: str, alike: bool) -> None:
    assert (wording.text_likeness(one, other, 0.5) > 0) is alike


def test_the_likest_are_paired_first_and_each_once() -> None:
    pairs = pair([1, 5], [4, 6, 5], lambda a, b: 1 / (1 + abs(a - b)))
    assert [(i, j) for i, j, _ in pairs] == [(1, 2), (0, 0)]
