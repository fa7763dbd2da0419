"""The record accepts what its contract allows and refuses the rest."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from extract import schema
from extract.schema import Record, check_bounds, country_codes, find_evidence

TEXT = "Ana Rui hosted Bo Li in Lisbon on Monday."


def _evidence(start: int = 0, end: int = 7) -> dict[str, Any]:
    return {"start": start, "end": end, "rule": "xx.test.rule"}


def _record() -> dict[str, Any]:
    action = {"type": "train", "parties": ["PT"], "evidence": _evidence()}
    role = {"title": "mayor", "position": "mayor", "organization": None, "country": "PT", "evidence": _evidence()}
    meeting = {
        "id": "a#1",
        "prominence": "main",
        "kind": "meeting",
        "status": "held",
        "date": {
            "text": "Monday",
            "timex": "2025-05-12",
            "start": "2025-05-12",
            "end": "2025-05-12",
            "evidence": _evidence(34, 40),
        },
        "venue": {
            "text": "Lisbon",
            "city": "Lisbon",
            "country": "PT",
            "mode": "in_person",
            "evidence": _evidence(24, 30),
        },
        "participants": [{"name": "Ana Rui", "type": "person", "roles": [role], "evidence": _evidence()}],
        "topics": [{"text": "trade", "id": "trade", "evidence": _evidence()}],
        "agreed_actions": [{"text": "train", "status": "agreed", **action}],
        "proposed_actions": [{"text": "train", "status": "proposed", **action}],
        "codes": {"cameo": "040", "plover": "CONSULT"},
        "evidence": _evidence(8, 14),
    }
    return {"article": {"id": "a", "language": "en", "sha256": "0" * 64}, "meetings": [meeting]}


def _changed(path: str, value: object) -> dict[str, Any]:
    """The valid record with the value at `path` replaced; the value `del` deletes it."""
    record = deepcopy(_record())
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = record
    for step in way:
        place = place[step]
    if value is del_:
        del place[last]
    else:
        place[last] = value
    return record


del_ = object()
MEETING = "meetings.0"


def test_a_full_record_is_accepted_and_survives_json() -> None:
    record = Record.model_validate(_record(), context={"text": TEXT})
    assert Record.model_validate_json(record.model_dump_json()) == record


def test_json_keeps_the_order_of_the_contract() -> None:
    data = json.loads(Record.model_validate(_record()).model_dump_json())
    assert list(data) == ["schema", "article", "meetings", "diagnostics"]
    assert data["schema"] == schema.SCHEMA
    assert list(data["article"]) == ["id", "source", "title", "language", "published", "sha256"]
    assert list(data["meetings"][0])[:6] == ["id", "prominence", "kind", "status", "date", "venue"]


@pytest.mark.parametrize(
    "place",
    ["date", "venue", "participants.0", "participants.0.roles.0", "topics.0", "agreed_actions.0", "proposed_actions.0"],
)
def test_a_value_without_evidence_is_refused(place: str) -> None:
    with pytest.raises(ValidationError, match="evidence"):
        Record.model_validate(_changed(f"{MEETING}.{place}.evidence", del_))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("evidence", _evidence(5, 5), "empty or negative span"),
        ("evidence", _evidence(9, 5), "empty or negative span"),
        ("evidence", _evidence(-1, 5), "greater than or equal to 0"),
        ("evidence", {"start": 0, "end": 2, "rule": ""}, "at least 1 character"),
        ("venue.country", "UK", "unknown country code"),
        ("venue.country", "pt", "unknown country code"),
        ("venue.mode", "by_post", "Input should be"),
        ("participants.0.country", "XX", "unknown country code"),
        ("participants.0.roles.0.country", "EU", "unknown country code"),
        ("participants.0.roles.0.position", "king", "Input should be"),
        ("participants.0.type", "ship", "Input should be"),
        ("participants.0.involvement", "host", "Input should be"),
        ("agreed_actions.0.type", "wish", "Input should be"),
        ("agreed_actions.0.status", "proposed", "is not agreed"),
        ("proposed_actions.0.status", "agreed", "is not proposed"),
        ("agreed_actions.0.parties", ["PT", "ZZ"], "unknown country code"),
        ("kind", "party", "Input should be"),
        ("status", "done", "Input should be"),
        ("prominence", "minor", "Input should be"),
        ("date.end", "2025-05-11", "lies after end"),
        ("date.end", None, "together or not at all"),
        ("date.timex", "Monday", "no TIMEX3"),
        ("mood", "good", "Extra inputs"),
    ],
)
def test_a_wrong_value_is_refused(path: str, value: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Record.model_validate(_changed(f"{MEETING}.{path}", value))


@pytest.mark.parametrize(
    "timex",
    [
        "2025-05-12",
        "2025-04",
        "2025-W20",
        "2025",
        "XXXX-WXX-1",
        "XXXX-04",
        "2025-Q2",
        "2025-W20-WE",
        "2025-05-12T16:00",
    ],
)
def test_a_timex_value_is_accepted(timex: str) -> None:
    assert Record.model_validate(_changed(f"{MEETING}.date.timex", timex))


def test_a_span_beyond_the_text_is_refused_and_named() -> None:
    with pytest.raises(ValidationError, match=r"meetings\.0\.date\.evidence 34:40"):
        Record.model_validate(_record(), context={"text": TEXT[:-2]})


def test_a_kept_text_is_what_spans_are_checked_against() -> None:
    with pytest.raises(ValidationError, match="beyond the text of 5 code points"):
        Record.model_validate(_changed("article.text", "short"))


def test_bounds_can_be_checked_later() -> None:
    record = Record.model_validate(_record())
    check_bounds(record, TEXT)
    with pytest.raises(ValueError, match="beyond the text"):
        check_bounds(record, "")


def test_every_evidence_is_found_with_its_path() -> None:
    paths = [path for path, _ in find_evidence(Record.model_validate(_record()))]
    assert paths[0] == "meetings.0.date.evidence"
    assert len(paths) == 8


def test_a_record_cannot_be_changed() -> None:
    record = Record.model_validate(_record())
    with pytest.raises(ValidationError, match="frozen"):
        record.meetings[0].kind = "visit"  # type: ignore[misc]


def test_a_background_meeting_stands_after_the_main_ones() -> None:
    record = _record()
    first = {**record["meetings"][0], "prominence": "background"}
    second = {**record["meetings"][0], "id": "a#2"}
    with pytest.raises(ValidationError, match="before a main one"):
        Record.model_validate({**record, "meetings": [first, second]})


def test_two_meetings_never_share_an_id() -> None:
    record = _record()
    with pytest.raises(ValidationError, match="one id"):
        Record.model_validate({**record, "meetings": record["meetings"] * 2})


def test_country_codes_are_iso_with_kosovo() -> None:
    assert {"PT", "JP", "PS", "XK"} <= country_codes()
    assert len(country_codes()) == 250


def test_the_text_is_left_out_unless_asked_for() -> None:
    assert "text" not in json.loads(Record.model_validate(_record()).model_dump_json())["article"]
    kept = Record.model_validate(_changed("article.text", TEXT))
    assert json.loads(kept.model_dump_json())["article"]["text"] == TEXT
