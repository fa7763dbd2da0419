"""Matches and names become mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import build_book, build_marked, build_sentence
from extract.rulebook.apply import find_by_rules, mention_of_name, uncovered
from extract.rulebook.lexicon import Hit, Name

RULES = """
rules:
  - id: xx.things.joint
    about: Two who act together
    pattern: 'a:<person> and b:<person> span:(met|spoke)'
    set: {kind: meeting, features: 'joint direct'}
  - id: xx.things.plain
    about: Somebody who acts
    finds: other
    pattern: '<person> left'
"""


def test_a_match_becomes_a_mention_with_its_parts(tmp_path: Path) -> None:
    sentence, mentions, _ = build_marked("[person Ana] and [person Bo] met")
    (found,) = find_by_rules(sentence, mentions, build_book(tmp_path, things=RULES), "things", "things")
    assert (found.kind, found.rule, found.value["kind"]) == ("things", "xx.things.joint", "meeting")
    assert {slot: [m.start for m in parts] for slot, parts in found.parts.items() if parts} == {"a": [0], "b": [2]}


def test_the_slot_span_is_the_span_of_the_mention(tmp_path: Path) -> None:
    sentence, mentions, _ = build_marked("[person Ana] and [person Bo] met")
    (found,) = find_by_rules(sentence, mentions, build_book(tmp_path, things=RULES), "things", "things")
    assert (found.start, found.end) == (3, 4)


def test_a_rule_gives_features(tmp_path: Path) -> None:
    sentence, mentions, _ = build_marked("[person Ana] and [person Bo] met")
    (found,) = find_by_rules(sentence, mentions, build_book(tmp_path, things=RULES), "things", "things")
    assert [found.has(feature) for feature in ("joint", "direct", "other")] == [True, True, False]


@pytest.mark.parametrize(("finds", "count"), [("other", 1), ("things", 0), ("nothing", 0)])
def test_only_rules_of_the_kind_asked_for_run(finds: str, count: int, tmp_path: Path) -> None:
    sentence, mentions, _ = build_marked("[person Ana] left")
    assert len(find_by_rules(sentence, mentions, build_book(tmp_path, things=RULES), "things", finds)) == count


@pytest.mark.parametrize(
    ("word", "features"),
    [("Nato", ("cap", "alliance")), ("NATO", ("cap", "alliance")), ("nato", ("alliance",))],
)
def test_a_name_remembers_whether_it_has_a_capital(word: str, features: tuple[str, ...]) -> None:
    name = Name("body", ("nato",), {"type": "alliance"}, "shared.body")
    mention = mention_of_name(Hit(0, 1, name), build_sentence(word))
    assert (mention.kind, mention.rule, mention.features) == ("body", "shared.body", features)


def test_mentions_that_share_a_token_are_covered() -> None:
    _, mentions, _ = build_marked("[office the minister of [country Japan]] met [person Ana]")
    country, office, person = mentions
    assert uncovered([country, person], [office]) == [person]
