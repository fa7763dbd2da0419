"""Listens to the rules while the stages run: every match of every rule, kept or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.annotations import Mention, Token
from extract.languages import Language
from extract.meetings.reading import Reading
from extract.rulebook.view import Grammar, Match, View

# The slot that holds the words a match is about, where a pattern has one; else the whole match.
EVIDENCE_SLOTS = ("span", "topic", "action")
# Rules of this stage run on islands of words and remember what they found there: see its mentions, not its matches.
TIMES = "times"

Stage = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Firing:
    """A rule found something: code points [start, end) of the article's text."""

    rule: str
    start: int
    end: int


@dataclass(slots=True)
class Tap:
    """What the rules of one language did: firings, whole matches where a slot says which of their words count,
    the number of matches by rule, and the views that each stage ran on."""

    firings: list[Firing] = field(default_factory=list)
    wholes: list[Firing] = field(default_factory=list)
    matches: Counter[str] = field(default_factory=Counter)
    places: dict[str, set[int]] = field(default_factory=dict)  # which patterns of a rule matched
    views: list[tuple[Stage, View]] = field(default_factory=list)
    keep_views: bool = False

    def clear(self) -> None:
        """Forget everything."""
        self.firings.clear()
        self.wholes.clear()
        self.matches.clear()
        self.places.clear()
        self.views.clear()


class TappedGrammar(Grammar):
    """A grammar that reports its matches to a tap."""

    def __init__(self, grammar: Grammar, stage: Stage, tap: Tap) -> None:
        super().__init__(grammar.rules)
        self.stage, self.tap = stage, tap

    def find(self, view: View) -> list[Match]:
        """Every match of every rule, reported."""
        found = super().find(view)
        if self.stage[0] != TIMES:
            self.tap.firings.extend(_firing(match, view) for match in found)
            self.tap.wholes.extend(_whole(match, view) for match in found)
            self.tap.matches.update(match.rule.id for match in found)
            for match in found:
                self.tap.places.setdefault(match.rule.id, set()).add(match.place)
        if self.tap.keep_views:
            self.tap.views.append((self.stage, view))
        return found


def tap_language(language: Language) -> tuple[Language, Tap]:
    """The same language with a tap on its rules."""
    tap = Tap()
    book = language.book
    grammars: Mapping[Stage, Grammar] = {key: TappedGrammar(each, key, tap) for key, each in book.grammars.items()}
    # What remembers a rule base by its digest must not take this one for the untapped.
    sources = replace(book.sources, digest=f"{book.sources.digest}+tap")
    return replace(language, book=replace(book, grammars=grammars, sources=sources)), tap


def _firing(match: Match, view: View) -> Firing:
    spans = (match.span(slot) for slot in EVIDENCE_SLOTS)
    return locate(match.rule.id, view.sentence.tokens, *next((s for s in spans if s), (match.start, match.end)))


def _whole(match: Match, view: View) -> Firing:
    return locate(match.rule.id, view.sentence.tokens, match.start, match.end)


def locate(rule: str, tokens: Sequence[Token], start: int, end: int) -> Firing:
    """A token range as code points."""
    return Firing(rule, tokens[start].start, tokens[end - 1].end)


def kept(reading: Reading) -> Iterator[Firing]:
    """The mentions that stayed at the end, and those inside them."""
    for rows in (reading.mentions, reading.triggers, reading.cues, reading.topics, reading.actions):
        for mentions in rows:
            for mention in mentions:
                yield from _within(mention, reading)


def _within(mention: Mention, reading: Reading) -> Iterator[Firing]:
    yield locate(mention.rule, reading.sentences[mention.sentence].tokens, mention.start, mention.end)
    for parts in mention.parts.values():
        for part in parts:
            yield from _within(part, reading)
