"""Triggers: the words that announce a meeting, with the actors that their rule found around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules, read_mention
from extract.rulebook.book import Rulebook
from extract.rulebook.view import Match, build_view


def find_triggers(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The triggers of a sentence in text order, by the rules of triggers.yaml.

    The span of a trigger is its slot `span`. What rules find as another kind (setting `prepared`) stands
    as a mention for the rules of the triggers. Of triggers whose spans overlap the one with the higher priority, then
    with more slots filled, then with the longer match stays. A rule that sets `zone` runs in title or body only.
    """
    grammar = book.grammar("triggers", "triggers")
    prepared = (find_by_rules(sentence, mentions, book, "triggers", kind) for kind in book.settings("triggers").get("prepared", ()))
    view = build_view(sentence, [*mentions, *(mention for row in prepared for mention in row)])
    fitting = [m for m in grammar.find(view) if m.rule.set.get("zone", sentence.zone) == sentence.zone]
    return [read_mention(match, view, "trigger") for match in select_triggers(fitting)]


def select_triggers(matches: Iterable[Match]) -> list[Match]:
    """Of matches whose trigger words overlap the best one, in text order."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=_worst_last):
        span = range(*(match.span("span") or (match.start, match.end)))
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(match)
    return sorted(kept, key=lambda m: m.span("span") or (m.start, m.end))


def _worst_last(match: Match) -> tuple[int, int, int, int, str]:
    actors = len({mention.start for slot in match.slots for mention in match.mentions(slot)})
    return (-match.rule.priority, -actors, match.start - match.end, match.start, match.rule.id)
