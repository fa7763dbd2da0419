"""Whether an article announces a meeting, found by reading no more sentences than that takes.

In a script without case the names of one sentence are told by those of all others. A sentence with the words of a
trigger is therefore read with the sentences that share one of its possible names, and with no other: two thirds of an
article that announces nothing need not be read, a third off mixed Arabic news.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.annotations import Mention, Sentence
from extract.mentions import find_mentions
from extract.mentions.names import echo_names, may_be_echoed
from extract.mentions.triggers import announces, find_triggers
from extract.mentions.twins import has_twins
from extract.rulebook.book import Rulebook
from extract.rulebook.view import build_view

Row = list[Mention]
Likely = Callable[[Sentence], bool]


def read_reach(
    sentences: Sequence[Sentence],
    times: Sequence[Sequence[Mention]],
    likely: Callable[[Sentence], bool],
    book: Rulebook,
) -> dict[int, Row] | None:
    """The mentions of the sentences that were read, by number; None where no `likely` sentence announces a meeting.

    A name that is both a country and a city is settled by the whole article: with one of them the answer is yes.
    """
    asked = [n for n, sentence in enumerate(sentences) if likely(sentence)]
    shared = frozenset(word for n in asked for word in may_be_echoed(sentences[n], book))
    near = [n for n, sentence in enumerate(sentences) if n in asked or not shared.isdisjoint(sentence.words)]
    rows = {n: find_mentions(sentences[n], times[n], book) for n in near}
    echoed = dict(zip(near, echo_names([sentences[n] for n in near], list(rows.values()), book), strict=True))
    found = any(_announces(sentences[n], echoed[n], rows[n], times[n], book) for n in asked)
    return rows if found else None


def _announces(plain: Sentence, echoed: Sentence, row: Row, times: Sequence[Mention], book: Rulebook) -> bool:
    mentions = row if plain == echoed else find_mentions(echoed, times, book)
    return has_twins(mentions) or any(map(announces, find_triggers(build_view(echoed, mentions), book)))
