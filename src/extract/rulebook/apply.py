"""Turns matches of rules, and names of the lexicon, into mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from extract.annotations import Mention, Sentence
from extract.rulebook.book import Rulebook
from extract.rulebook.lexicon import Hit
from extract.rulebook.view import Match, View, build_view, select_longest

T = TypeVar("T")
_MOST_BOOKS = 16


def once_a_book(build: Callable[[Rulebook], T]) -> Callable[[Rulebook], T]:
    """What `build` makes of a rule base, made once for each; the oldest is let go where there are many."""
    made: dict[tuple[str, str], T] = {}

    def kept(book: Rulebook) -> T:
        key = (book.language, book.sources.digest)
        if key not in made:
            while len(made) >= _MOST_BOOKS:
                made.pop(next(iter(made)))
            made[key] = build(book)
        return made[key]

    return kept


def read_mention(match: Match, view: View, kind: str, features: tuple[str, ...] = ()) -> Mention:
    """The mention that a match becomes: its slots as parts and spans, what the rule sets as value."""
    given = match.rule.set.get("features", ())
    more = tuple(given.split()) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
    parts = {slot: match.mentions(slot) for slot in match.slots}
    spans = {slot: span for slot in match.slots if (span := match.span(slot))}
    span = spans.get("span", (match.start, match.end))
    return Mention(
        kind,
        view.sentence.index,
        *span,
        match.rule.id,
        (*features, *more),
        dict(match.rule.set),
        parts,
        spans,
        match.place,
    )


def find_by_rules(
    sentence: Sentence,
    mentions: Iterable[Mention],
    book: Rulebook,
    stage: str,
    finds: str,
    select: Callable[[Iterable[Match]], list[Match]] = select_longest,
) -> list[Mention]:
    """The mentions of one kind that the rules of a stage find, over a view in which `mentions` are cells."""
    given = list(mentions)
    keys = sentence.words.union(["@" + mention.kind for mention in given])
    if not book.grammar(stage, finds).may_match(keys):
        return []  # a view is not worth building
    return find_in_view(build_view(sentence, given), book, stage, finds, select)


def find_in_view(
    view: View,
    book: Rulebook,
    stage: str,
    finds: str,
    select: Callable[[Iterable[Match]], list[Match]] = select_longest,
) -> list[Mention]:
    """The same over a view that is built already: one view serves all stages that see the same mentions."""
    return [read_mention(match, view, finds) for match in select(book.grammar(stage, finds).find(view))]


def mention_of_name(hit: Hit, sentence: Sentence) -> Mention:
    """A name of the lexicon as a mention; `cap` among its features where it is written with a capital."""
    value = hit.name.value
    shape = sentence.tokens[hit.start].shape
    features = [shape_feature] if (shape_feature := _SHAPE_FEATURES.get(shape)) else []
    features += [str(value["type"])] if "type" in value else []
    features += [key for key in ("plural", "capital", "counterpart", "former") if value.get(key)]
    if sentence.tokens[hit.end - 1].shape == "d":
        features.append("definite")
    return Mention(hit.name.kind, sentence.index, hit.start, hit.end, hit.name.source, tuple(features), value)


_SHAPE_FEATURES = {"c": "cap", "u": "cap"}


def uncovered(mentions: Iterable[Mention], by: Sequence[Mention]) -> list[Mention]:
    """The mentions that share no token with those of `by`."""
    taken = {token for each in by for token in range(each.start, each.end)}
    return [each for each in mentions if taken.isdisjoint(range(each.start, each.end))]
