"""Where a match can begin: from which cells the words that a pattern needs can be reached."""

from __future__ import annotations

import pytest

from extract.rulebook.compile import Words, compile_pattern
from extract.rulebook.need import Run, bits, starts_before
from extract.rulebook.pattern import parse_pattern

WORDS = Words(
    {"det": (parse_pattern("the"), parse_pattern("[<lower>] envoys of"))},
    lambda lemma: (lemma, lemma + "s"),
    lambda text: tuple(text.split()),
)


@pytest.mark.parametrize(
    ("pattern", "needed", "low", "high", "strays"),
    [
        ("met", {"met"}, 0, 0, 0),
        ("<person> ~receive", {"receive", "receives"}, 1, 1, 0),
        ("<person> ...3 met", {"met"}, 1, 4, 3),
        ("(, <person>)* met", {"met"}, 0, 24, 0),
        ("[<word>] (sat down|met)", {"down", "met"}, 0, 2, 0),
    ],
)
def test_the_rarest_word_and_what_stands_before_it(
    pattern: str, needed: set[str], low: int, high: int, strays: int
) -> None:
    need = compile_pattern(parse_pattern(pattern), WORDS).needs[0]
    assert (set(need.words), need.before.low, need.before.high, need.before.strays) == (needed, low, high, strays)


def test_a_class_that_nearly_any_word_opens_is_opened_by_the_word_it_needs() -> None:
    openers = compile_pattern(parse_pattern("{det} <country> agreed"), WORDS).openers
    assert openers is not None
    assert [(sorted(n.words), n.before.low, n.before.high) for n in openers] == [(["the"], 0, 0), (["envoys"], 0, 1)]


@pytest.mark.parametrize(
    ("place", "run", "passing", "starts"),
    [
        (4, Run(1, 2, None), -1, [2, 3]),
        (4, Run(1, 9, None), -1, [0, 1, 2, 3]),
        (4, Run(1, 9, frozenset()), 0b01100, [2, 3]),  # cells 2 and 3 may stand before it, cell 1 may not
        (4, Run(1, 9, frozenset(), 1), 0b01100, [1, 2, 3]),  # one of them may be anything
        (4, Run(2, 9, frozenset()), 0b01000, []),
        (0, Run(1, 2, None), -1, []),
    ],
)
def test_the_cells_from_which_a_word_can_be_reached(place: int, run: Run, passing: int, starts: list[int]) -> None:
    assert list(bits(starts_before(1 << place, run, passing))) == starts
