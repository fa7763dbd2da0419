"""One meeting, one template."""

from __future__ import annotations

import pytest

from builders import build_entity, build_role, build_template
from extract.annotations import Span
from extract.meetings.merge import absorb, drop_represented, has_enough_sides, merge_templates
from extract.meetings.template import Decision, Template

ANA = build_entity("Ana Ruiz", "ES", number=1)
BO = build_entity("Bo Lind", "NO", number=2)
CY = build_entity("Cy Tan", "SG", number=3)
SPAIN = build_entity("Spain", "ES", "country", number=4)
NORWAY = build_entity("Norway", "NO", "country", number=5)


def names(template: Template) -> list[str]:
    return [entity.name for entity in template.principals()]


@pytest.mark.parametrize(
    ("kind", "sides", "enough"),
    [
        ("meeting", (ANA, BO), True),
        ("meeting", (ANA,), False),
        ("call", (ANA,), False),
        ("signing", (SPAIN, NORWAY), True),
        ("signing", (SPAIN,), False),
        ("visit", (ANA,), True),
        ("conference", (ANA,), True),
        ("visit", (), False),
    ],
)
def test_how_many_sides_a_meeting_needs(kind: str, sides: tuple[object, ...], enough: bool) -> None:
    assert has_enough_sides(build_template(kind, *sides)) is enough  # type: ignore[arg-type]


def test_the_same_two_people_have_one_meeting() -> None:
    merged = merge_templates([build_template("meeting", ANA, BO), build_template("meeting", BO, ANA, sentence=3)])
    assert [t.sentences for t in merged] == [{0, 3}]


def test_other_people_have_another_meeting() -> None:
    merged = merge_templates([build_template("meeting", ANA, BO), build_template("meeting", ANA, CY, sentence=3)])
    assert [names(t) for t in merged] == [["Ana Ruiz", "Bo Lind"], ["Ana Ruiz", "Cy Tan"]]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        pytest.param("2026-11-16", "2026-11-16", 1, id="same-day"),
        pytest.param("2026-11-16", None, 1, id="one-undated"),
        pytest.param("2026-11-16", "2026-11", 1, id="day-within-month"),
        pytest.param("2026-11-16", "2026-05-02", 2, id="other-day"),
    ],
)
def test_meetings_on_different_days_stay_two(one: str | None, other: str | None, count: int) -> None:
    pair = [build_template("meeting", ANA, BO, day=one), build_template("meeting", ANA, BO, day=other, sentence=2)]
    assert len(merge_templates(pair)) == count


def test_a_call_is_no_meeting() -> None:
    merged = merge_templates([build_template("meeting", ANA, BO), build_template("call", ANA, BO, sentence=1)])
    assert sorted(t.kind for t in merged) == ["call", "meeting"]


def test_a_country_is_present_in_its_people() -> None:
    merged = merge_templates([build_template("meeting", ANA, BO), build_template("meeting", SPAIN, NORWAY, sentence=1)])
    assert [names(t) for t in merged] == [["Ana Ruiz", "Bo Lind"]]


def test_the_meeting_taken_up_again_is_the_last_one_spoken_of() -> None:
    first, second = build_template("meeting", ANA, BO), build_template("meeting", ANA, CY, sentence=1)
    merged = merge_templates([first, second, build_template("meeting", sentence=2, refers=True, day="2026-11-16")])
    assert [t.when is not None for t in merged] == [False, True]


def test_a_meeting_taken_up_without_one_before_is_none() -> None:
    assert merge_templates([build_template("meeting", refers=True)]) == []


def test_a_wish_is_no_meeting() -> None:
    assert merge_templates([build_template("meeting", ANA, BO, status="wish")]) == []


def test_a_weak_trigger_needs_people_of_two_countries() -> None:
    eva = build_entity("Eva Gil", "ES", number=6)
    assert merge_templates([build_template("meeting", ANA, eva, weak=True)]) == []
    assert len(merge_templates([build_template("meeting", ANA, BO, weak=True)])) == 1


def test_meetings_come_in_order_of_their_first_mention() -> None:
    late, early = build_template("meeting", ANA, CY, sentence=5), build_template("meeting", ANA, BO, sentence=1)
    assert [t.sentence for t in merge_templates([late, early])] == [1, 5]


def test_a_meeting_that_only_the_headline_names_comes_last() -> None:
    title = build_template("meeting", ANA, CY, sentence=0, title=True)
    merged = merge_templates([build_template("meeting", ANA, BO, sentence=2), title])
    assert [names(t)[-1] for t in merged] == ["Bo Lind", "Cy Tan"]


@pytest.mark.parametrize(
    ("known", "told", "expected"),
    [
        ("planned", "held", "held"),
        ("held", "cancelled", "cancelled"),
        ("planned", "postponed", "postponed"),
        ("cancelled", "planned", "cancelled"),
        ("held", "planned", "held"),
    ],
)
def test_the_stronger_status_stays(known: str, told: str, expected: str) -> None:
    target = build_template("meeting", ANA, BO, status=known)
    absorb(target, build_template("meeting", ANA, BO, sentence=1, status=told))
    assert target.status == expected


def test_absorbing_fills_what_was_open_and_keeps_what_was_told() -> None:
    target = build_template("meeting", ANA, BO, day="2026-11-16")
    absorb(target, build_template("meeting", ANA, BO, sentence=1, day="2026-11", city="Oslo"))
    assert target.when is not None
    assert target.place is not None
    assert (target.when.text, target.place.city) == ("2026-11-16", "Oslo")


def test_countries_and_bodies_that_a_participant_stands_for_are_left_out() -> None:
    ministry = build_entity("Ministry of Energy", "ES", "organization", number=7)
    ana = build_entity("Ana Ruiz", "ES", roles=[build_role("minister", "minister", "Ministry of Energy")])
    template = build_template("meeting", ana, BO, SPAIN, NORWAY, ministry)
    drop_represented(template)
    assert names(template) == ["Ana Ruiz", "Bo Lind"]


def test_a_country_without_a_named_person_stays() -> None:
    template = build_template("meeting", ANA, NORWAY)
    drop_represented(template)
    assert names(template) == ["Ana Ruiz", "Norway"]


def test_what_became_of_every_candidate_is_noted() -> None:
    candidates = [
        build_template("meeting", ANA, BO),
        build_template("meeting", BO, ANA, sentence=1),
        build_template("meeting", ANA, CY, sentence=2, status="wish"),
    ]
    decisions: list[Decision] = []
    merge_templates(candidates, decisions)
    outcome = {id(d.template): d.outcome for d in decisions}
    assert [outcome[id(t)] for t in candidates] == ["kept", "same", "wish"]


def test_a_day_told_again_more_closely_is_the_day() -> None:
    """ "Will come next week … The visit on Tuesday …"."""
    week = build_template("visit", ANA, day="2026-W47", city="Oslo")
    (visit,) = merge_templates([week, build_template("visit", ANA, day="2026-11-17", city="Oslo", sentence=2)])
    assert visit.when is not None
    assert visit.when.value.value == "2026-11-17"


def test_the_talks_for_which_a_sentence_says_that_somebody_comes_are_still_to_come() -> None:
    """ "Will host B for talks": the noun without a cue does not undo the plan that the verb tells."""
    host = build_template("meeting", ANA, BO, status="planned", status_span=Span(0, 4, "xx.cues.planned"))
    (meeting,) = merge_templates([host, build_template("meeting", ANA, BO)])
    assert meeting.status == "planned"
