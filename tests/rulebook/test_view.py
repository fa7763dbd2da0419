"""The view of a sentence, and which of several matches stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import build_book, build_marked
from extract.annotations import Mention
from extract.rulebook.view import Match, build_view, select_longest


def find(folder: Path, rules: str, text: str) -> list[Match]:
    sentence, mentions, _ = build_marked(text)
    grammar = build_book(folder, things=f"rules:\n{rules}").grammar("things", "things")
    return grammar.find(build_view(sentence, mentions))


def rule(name: str, pattern: str, **more: object) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  - {{id: xx.things.{name}, about: A test, pattern: '{pattern}'{extra}}}\n"


def words(match: Match, text: str) -> str:
    sentence, _, _ = build_marked(text)
    return " ".join(token.text for token in sentence.tokens[match.start : match.end])


def test_a_mention_is_one_cell() -> None:
    sentence, mentions, _ = build_marked("[person Ana Ruiz] met [person Bo Lind]")
    assert [(c.start, c.end) for c in build_view(sentence, mentions).cells] == [(0, 2), (2, 3), (3, 5)]


def test_of_overlapping_mentions_the_longest_is_the_cell() -> None:
    sentence, mentions, _ = build_marked("[office the minister of [country Japan]] left")
    kinds = [cell.mention.kind for cell in build_view(sentence, mentions).cells if cell.mention]
    assert kinds == ["office"]


def test_the_order_of_the_mentions_does_not_matter() -> None:
    sentence, mentions, _ = build_marked("[person Ana] [person Bo] [city Oslo]")
    assert build_view(sentence, mentions).text == build_view(sentence, mentions[::-1]).text


def test_cells_are_found_by_their_offset() -> None:
    view = build_view(*build_marked("[person Ana Ruiz] met Bo")[:2])
    assert [view.cell_at(offset) for offset in (*view.offsets, len(view.text))] == [0, 1, 2, 3]


@pytest.mark.parametrize("word", ["a#b", "a@b", "@person", "#1"])
def test_a_word_with_signs_of_the_view_is_no_mention(word: str, tmp_path: Path) -> None:
    sentence, _, _ = build_marked("x")
    token = sentence.tokens[0]
    strange = type(token)(word, word, "l", 0, len(word))
    view = build_view(type(sentence)(0, (strange,)), ())
    grammar = build_book(tmp_path, things="rules:\n" + rule("p", "<person>")).grammar("things", "things")
    assert (len(view.offsets), grammar.find(view)) == (1, [])


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("met <person>", "they met [person Ana Ruiz]", ["met Ana Ruiz"], id="mention"),
        pytest.param("met <person.guest>", "they met [person Ana]", [], id="feature-missing"),
        pytest.param("met <person.guest>", "they met [person.guest Ana]", ["met Ana"], id="feature"),
        pytest.param("<actor> left", "[country Japan] left", ["Japan left"], id="group-of-kinds"),
        pytest.param("talks", "talks and Talks", ["talks", "Talks"], id="twice"),
        pytest.param("talks on trade", "talks on war", [], id="not-there"),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert [words(m, text) for m in find(tmp_path, rule("p", pattern), text)] == expected


def test_a_slot_holds_the_mentions_inside_it(tmp_path: Path) -> None:
    (match,) = find(tmp_path, rule("p", "a:(<person> and <person>) met"), "[person Ana] and [person Bo] met")
    assert [(m.start, m.end) for m in match.mentions("a")] == [(0, 1), (2, 3)]
    assert match.span("a") == (0, 3)


def test_a_slot_that_is_not_filled_has_no_span(tmp_path: Path) -> None:
    (match,) = find(tmp_path, rule("p", "met [a:(quietly)]"), "they met")
    assert (match.span("a"), match.mentions("a")) == (None, ())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([("a", "met", 0), ("b", "met Ana", 0)], ["b"], id="longer"),
        pytest.param([("a", "met", 1), ("b", "met Ana", 0)], ["a"], id="priority"),
        pytest.param([("b", "met Ana", 0), ("a", "met Ana", 0)], ["a"], id="rule-id"),
        pytest.param([("a", "they met", 0), ("b", "met Ana", 0)], ["a"], id="earlier"),
        pytest.param([("a", "they", 0), ("b", "Ana", 0)], ["a", "b"], id="apart"),
    ],
)
def test_of_overlapping_matches_one_stays(
    rules: list[tuple[str, str, int]], expected: list[str], tmp_path: Path
) -> None:
    written = "".join(rule(name, pattern, priority=priority) for name, pattern, priority in rules)
    kept = select_longest(find(tmp_path, written, "they met Ana"))
    assert [match.rule.id.rsplit(".")[-1] for match in kept] == expected


def test_matches_stay_the_same_in_any_order(tmp_path: Path) -> None:
    written = rule("a", "met ..1") + rule("b", "they met") + rule("c", "Ana")
    matches = find(tmp_path, written, "they met Ana")
    assert select_longest(matches) == select_longest(matches[::-1])


def test_a_mention_knows_its_parts() -> None:
    _, mentions, _ = build_marked("[office [country=JP Japan] 's minister]")
    office: Mention = mentions[-1]
    part = office.part("country")
    assert part is not None
    assert part.value == {"country": "JP"}


def test_a_pattern_is_tried_only_where_it_can_begin_and_finds_the_same(tmp_path: Path) -> None:
    text = "They [time today] met [person Ana] , then Met [person Bo] and [person Cy] 12"
    patterns = [
        "[they] [<time>] met <person>",
        "(<person>|<number>)",
        "!<(then) met",
        "..1 met",
        "^ they",
        "<cap> <person>",
    ]
    rules = "".join(rule(f"r{number}", pattern) for number, pattern in enumerate(patterns))
    sentence, mentions, _ = build_marked(text)
    view = build_view(sentence, mentions)
    grammar = build_book(tmp_path, things=f"rules:\n{rules}").grammar("things", "things")
    whole = [[m.span() for m in compiled.expression.finditer(view.text)] for _, compiled in grammar.rules]
    places = {id(each): each for _, each in grammar.rules}
    assert [compiled.openers is None for compiled in places.values()] == [False, False, False, True, False, False]
    found = [(int(match.rule.id[-1]), match.start) for match in grammar.find(view)]
    assert found == [(n, view.cells[view.cell_at(start)].start) for n, spans in enumerate(whole) for start, _ in spans]
