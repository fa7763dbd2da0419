"""What stopped a missing value: one case a cause."""

from __future__ import annotations

import pytest

from explain_articles import article
from extract.explain import FieldError, why_not
from extract.explain.why_not import read_field
from extract.pipeline import Pipeline

TALKS = "Portuguese Foreign Minister Ana Rui met Chinese Ambassador Bo Li in Lisbon on Monday."

CASES = {
    "present": (TALKS, "participants", "Ana Rui", "present", "meetings.0.participants.0", ""),
    "not_in_text": (TALKS, "participants", "Carla Dias", "not-in-text", "“Carla Dias” does not stand", ""),
    "no_trigger": (
        f"{TALKS} Dutch Minister Jan Smit spoke later.",
        "participants",
        "Jan Smit",
        "no-trigger",
        "“Dutch",
        "",
    ),
    "pattern_stopped": (
        "Foreign Minister Ana Rui conferred in public with Ambassador Bo Li.",
        "participants",
        "Bo Li",
        "pattern",
        "read “Foreign Minister Ana Rui conferred in”, then needed `private`, and there stood “public with",
        "en.triggers.confer",
    ),
    "no_side": (
        f"{TALKS[:-1]}, Spain said.",
        "participants",
        "Spain",
        "no-side",
        "b “Chinese Ambassador Bo Li”",
        "en.triggers.meet",
    ),
    "wish": (
        "Spain hoped: Foreign Minister Ana Rui met Ambassador Bo Li.",
        "participants",
        "Bo Li",
        "wish",
        "“met” announces no meeting",
        "en.cues.wish",
    ),
    "few_sides": (
        "Foreign Minister Ana Rui held talks.",
        "participants",
        "Ana Rui",
        "few-sides",
        "“Ana Rui”",
        "en.triggers.talks_of",
    ),
    "represented": (
        f"Portugal met China. {TALKS}",
        "participants",
        "Portugal",
        "represented",
        "“Ana Rui” stands for PT",
        "",
    ),
    "inside": (
        f"{TALKS} Jan Smit, the mayor of Porto, left.",
        "participants",
        "Porto",
        "inside",
        "inside “Jan Smit",
        "",
    ),
    "no_antecedent": (
        "The talks were long.",
        "meetings",
        "the talks",
        "no-antecedent",
        "refers back to a meeting",
        "en.triggers.the_meeting",
    ),
    "not_read": (f"{TALKS} So did jan smit.", "participants", "jan smit", "no-mention", "no rule reads “jan smit”", ""),
    "list_of_titles": (f"{TALKS} She is a grandmaster.", "roles", "grandmaster", "list", "rules/en/titles.yaml", ""),
    "list_of_places": (f"{TALKS} They came from Qwertz.", "venue", "Qwertz", "list", "rules/shared/cities.yaml", ""),
    "place_without_cue": (f"{TALKS} Porto is far.", "venue", "Porto", "no-cue", "“Porto” is a city", "shared.city"),
    "other_place": (f"{TALKS[:-1]}, not in Porto.", "venue", "Porto", "other-place", "“Lisbon”", "en.cues.in_place"),
    "said_time": (
        "Foreign Minister Ana Rui met Ambassador Bo Li, he said on Sunday.",
        "date",
        "Sunday",
        "said-time",
        "when something was said",
        "en.cues.said_time",
    ),
    "clause_break": (
        "On Friday, when Foreign Minister Ana Rui met Ambassador Bo Li, it rained.",
        "date",
        "Friday",
        "clause-break",
        "“when” parts “Friday” from “met”",
        "",
    ),
    "no_day": (
        "Foreign Minister Ana Rui met Ambassador Bo Li for three hours.",
        "date",
        "three hours",
        "no-day",
        "tells no day",
        "",
    ),
    "other_day": (TALKS, "date", "2025-05-20", "resolved", "“Monday” resolves to 2025-05-12", ""),
    "no_topic": (f"{TALKS} They spoke of trade.", "topics", "trade", "no-mention", "no rule reads “trade”", ""),
    "empty_topic": (
        f"{TALKS} They discussed matters.",
        "topics",
        "matters",
        "trimmed",
        "say nothing",
        "en.topics.discussed",
    ),
    "cut_topic": (
        f"{TALKS} They discussed salt and pepper.",
        "topics",
        "pepper",
        "cut",
        "“salt and pepper”",
        "en.topics.discussed",
    ),
    "taxonomy": (
        f"{TALKS} They discussed trade.",
        "topics",
        "quantum",
        "not-in-text",
        "none of its names",
        "shared.topic",
    ),
    "other_status": (
        f"{TALKS} They agreed to build a bridge.",
        "proposed_actions",
        "build a bridge",
        "other-status",
        "was read as agreed, not as proposed",
        "en.actions.agreed",
    ),
    "no_meeting": (
        "They agreed to build a bridge.",
        "agreed_actions",
        "build a bridge",
        "no-meeting",
        "no meeting",
        "",
    ),
    "no_status_cue": (TALKS, "status", "planned", "rule", "lists the words", "en.cues.planned"),
    "other_kind": (TALKS, "kind", "visit", "other-kind", "“met” announces a meeting", "en.triggers.meet"),
    "merged": (
        f"Foreign Minister Ana Rui held talks. {TALKS} The talks were long.",
        "meetings",
        "The talks",
        "present",
        "meetings.0",
        "en.triggers.the_meeting",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_cause_is_named(case: str, small: Pipeline) -> None:
    body, field, value, code, says, rule = CASES[case]
    found = why_not(small, article(body), field, value)
    fitting = [finding for finding in found if finding.code == code and says in f"{finding.says} {finding.where}"]
    assert fitting, found
    assert fitting[0].rule.startswith(rule)


@pytest.mark.parametrize("case", [case for case, parts in CASES.items() if parts[-1].startswith("en.")])
def test_a_rule_is_named_with_its_place(case: str, small: Pipeline) -> None:
    body, field, value, code, _, rule = CASES[case]
    places = {f.where for f in why_not(small, article(body), field, value) if f.code == code and f.rule == rule}
    stem = rule.split(".")[1]
    assert all(place.startswith(f"rules/en/{stem}.yaml:") for place in places)


def test_words_outside_the_prose_are_named_as_such(small: Pipeline) -> None:
    body = f"By Carla Dias\n{TALKS}"
    found = why_not(small, article(body), "participants", "Carla Dias")
    assert [(f.code, f.rule) for f in found] == [("outside-prose", "en.layout.byline")]
    assert found[0].where.startswith("rules/en/layout.yaml:")


def test_one_rule_says_how_far_it_got(small: Pipeline) -> None:
    found = why_not(
        small, article(f"{TALKS} Dutch Minister Jan Smit held on."), "meetings", "Jan Smit", "en.triggers.talks_of"
    )
    assert [f.code for f in found] == ["pattern"]
    assert "needed `span:(talks)`" in found[0].says


def test_a_rule_that_matched_says_so(small: Pipeline) -> None:
    found = why_not(small, article(TALKS), "participants", "Bo Li", "en.triggers.meet")
    assert found[0].code == "matched"


def test_an_unknown_rule_gets_names_that_are_close(small: Pipeline) -> None:
    found = why_not(small, article(TALKS), "participants", "Bo Li", "en.triggers.met")
    assert "en.triggers.meet" in found[0].says


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("participants", ("participants", None)),
        ("meetings.1.venue.city", ("venue", 1)),
        ("meetings.0.participants.2.roles.0", ("roles", 0)),
        ("meetings.3", ("meetings", 3)),
    ],
)
def test_a_path_names_a_field(field: str, read: tuple[str, int | None]) -> None:
    assert read_field(field) == read


@pytest.mark.parametrize("field", ["colour", "", "meetings.9.date"])
def test_a_field_that_no_record_has_is_refused(field: str, small: Pipeline) -> None:
    with pytest.raises(FieldError):
        why_not(small, article(TALKS), field, "x")
