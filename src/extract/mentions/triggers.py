"""Triggers: the words that announce a meeting, with the actors that their rule found around them."""

from __future__ import annotations

from collections.abc import Iterable

from extract.annotations import Mention
from extract.rulebook.apply import find_in_view, read_mention
from extract.rulebook.book import Rulebook
from extract.rulebook.model import Rule
from extract.rulebook.view import Grammar, Match, View, build_view

# Stage and kind of the rules that find triggers.
GRAMMAR = ("triggers", "triggers")


def find_triggers(view: View, book: Rulebook) -> list[Mention]:
    """The triggers of a sentence in text order, by the rules of triggers.yaml.

    The span of a trigger is its slot `span`. What rules find as another kind (setting `prepared`) stands as a mention
    for the rules of the triggers. Of triggers whose spans overlap the one with the higher priority, then
    with more slots filled, then with the longer match stays. A rule that sets `zone` runs in title or body only, one
    that sets `hyphen` only where words are joined by one.
    """
    zone = view.sentence.zone
    view = _with_prepared(view, book)
    found = [m for m in book.grammar(*GRAMMAR).find(view) if m.rule.set.get("zone", zone) == zone]
    fitting = [m for m in found if not needs_hyphen(m.rule) or has_hyphen(view.sentence.words)]
    return [read_mention(match, view, "trigger") for match in select_triggers(fitting)]


def _with_prepared(view: View, book: Rulebook) -> View:
    found = [mention for kind in prepared(book) for mention in find_in_view(view, book, "triggers", kind)]
    known = [cell.mention for cell in view.cells if cell.mention is not None]
    return build_view(view.sentence, [*known, *found]) if found else view


def prepared(book: Rulebook) -> dict[str, Grammar]:
    """The rules for each kind of mention that the rules of triggers speak of, and that no earlier stage finds."""
    return {kind: book.grammar("triggers", kind) for kind in book.settings("triggers").get("prepared", ())}


def may_announce(rule: Rule, zone: str | None = None) -> bool:
    """Whether a rule can announce a meeting by itself, in a zone; one that only takes up a meeting cannot."""
    return rule.set.get("refers") != "same" and (zone is None or rule.set.get("zone", zone) == zone)


def needs_hyphen(rule: Rule) -> bool:
    """Whether a rule runs only in sentences with a word such as "Iran-Japan"; they are told before any is read."""
    return bool(rule.set.get("hyphen"))


def has_hyphen(words: Iterable[str]) -> bool:
    """Whether one of some words is joined of others by a hyphen."""
    return any("-" in word and "-" in word.strip("-") for word in words)


def announces(trigger: Mention) -> bool:
    """The same of a trigger that was found."""
    return bool(trigger.value.get("refers") != "same")


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
