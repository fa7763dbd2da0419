"""Patterns spelled, cut into elements, and tried element by element."""

from __future__ import annotations

import pytest

from extract.annotations import Sentence, Token
from extract.explain.nearest import Prober
from extract.explain.spell import elements, spell
from extract.rulebook.compile import Words, compile_pattern
from extract.rulebook.model import Rule
from extract.rulebook.pattern import parse_pattern
from extract.rulebook.view import build_view

WORDS = Words(
    {"colour": (parse_pattern("red"), parse_pattern("blue"))}, lambda lemma: (lemma, f"{lemma}s"), lambda text: (text,)
)


def _sentence(text: str) -> Sentence:
    tokens, start = [], 0
    for word in text.split():
        tokens.append(Token(word, word.lower(), "p" if word in ".," else "l", start, start + len(word)))
        start += len(word) + 1
    return Sentence(0, tuple(tokens))


@pytest.mark.parametrize(
    "pattern",
    [
        "one two", "a|b c", "~meet with", "{colour} sky", "<person.named:host>", "[very] good", "x:(one two)",
        "b:{colour}", "..6 end", "...6 end", "(one|two) three", "!(not) so", "!<(not) so", "^ first", "last $",
        "{colour}* sky", "{colour}+ sky",
    ],
)  # fmt: skip
def test_what_is_spelled_reads_the_same(pattern: str) -> None:
    node = parse_pattern(pattern)
    assert parse_pattern(spell(node)) == node


def test_groups_are_no_elements() -> None:
    options = list(elements(parse_pattern("a:(one two) three|four")))
    assert [[spell(node) for node in option] for option in options] == [["one", "two", "three"], ["four"]]


@pytest.mark.parametrize(
    ("pattern", "text", "read", "failed", "found"),
    [
        ("one two three", "so one two four .", "one two", "three", "four ."),
        ("one [very] {colour} sky", "one very green sky", "one very", "{colour}", "green sky"),
        ("one !(two) three", "one two three", "one", "!(two)", "two three"),
        ("one two", "say one", "one", "two", ""),
        ("one ..3 two five", "one and so two six", "one and so two", "five", "six"),
    ],
)
def test_the_element_that_stopped_a_pattern(pattern: str, text: str, read: str, failed: str, found: str) -> None:
    rule = Rule(id="en.test.rule", about="test", pattern=(pattern,))
    compiled = compile_pattern(parse_pattern(pattern), WORDS)
    view = build_view(_sentence(text), ())
    [near] = Prober(WORDS).nearest([(rule, compiled)], view, (0, len(view.cells)))
    assert (near.read, near.failed, near.found) == (read, failed, found)


def test_a_pattern_that_matches_is_no_near_miss() -> None:
    rule = Rule(id="en.test.rule", about="test", pattern=("one two",))
    compiled = compile_pattern(parse_pattern("one two"), WORDS)
    assert not Prober(WORDS).nearest([(rule, compiled)], build_view(_sentence("one two"), ()), (0, 2))
