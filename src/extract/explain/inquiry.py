"""A question about a missing value: which field, which words, where they stand, and what the stages saw there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.annotations import Mention, Sentence
from extract.explain.mentions import all_mentions, within
from extract.explain.nearest import Near, Prober
from extract.explain.sources import Sources
from extract.explain.watch import TIMES, Watch, lost_matches
from extract.meetings.reading import Reading
from extract.meetings.template import Template
from extract.pipeline import Analysis
from extract.rulebook.apply import mention_of_name
from extract.rulebook.view import Match, View, build_view

# Which field of the record a name means; the parts below a field are asked for by the field itself.
FIELDS = {
    "meetings": "meetings", "kind": "kind", "status": "status", "date": "date", "venue": "venue",
    "participants": "participants", "topics": "topics",
    "agreed_actions": "agreed_actions", "proposed_actions": "proposed_actions", "roles": "roles",
}  # fmt: skip
_BESIDE = 4  # tokens


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stopped a value, in one sentence; `code` names the cause, `rule` and `where` what decided it."""

    code: str
    says: str
    rule: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens [start, end) of a sentence in which the wanted words stand."""

    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True)
class Inquiry:
    """The question, and all that is known of the article."""

    field: str
    value: str
    meeting: int | None
    analysis: Analysis
    reading: Reading
    watch: Watch
    sources: Sources
    prober: Prober
    templates: Sequence[Template]

    def finding(self, code: str, says: str, rule: str = "", words: str = "") -> Finding:
        """A finding with the place of its rule."""
        return Finding(code, says, rule, self.sources.where(rule, words) if rule else "")

    def words(self, place: Place) -> str:
        """The words of a place as the article writes them."""
        tokens = place.sentence.tokens
        return " ".join(self.reading.text[tokens[place.start].start : tokens[place.end - 1].end].split())

    def places(self, value: str) -> list[Place]:
        """Every place of the prose where some words stand, in any case and spelling that rules compare as equal."""
        wanted = self.reading.book.words.split(value)
        return [
            Place(sentence, start, start + len(wanted))
            for sentence in sorted(self.reading.sentences, key=lambda s: (s.zone == "title", s.index))
            for start in range(len(sentence.tokens) - len(wanted) + 1)
            if tuple(t.norm for t in sentence.tokens[start : start + len(wanted)]) == wanted
        ]

    def over(self, place: Place, *kinds: str) -> list[Mention]:
        """The mentions that share words with a place, those inside others too, the largest first; all kinds if none."""
        found = {
            (m.kind, m.start, m.end, m.rule): m
            for top in all_mentions(self.reading, place.sentence.index)
            for m in within(top)
            if (not kinds or m.kind in kinds) and m.start < place.end and place.start < m.end
        }
        return sorted(found.values(), key=lambda m: (m.start - m.end, m.start, m.kind))

    def top(self, place: Place, rows: Sequence[Sequence[Mention]]) -> list[Mention]:
        """The mentions of one stage that share words with a place."""
        return [m for m in rows[place.sentence.index] if m.start < place.end and place.start < m.end]

    def near(
        self, place: Place, stage: str, finds: str, most: int = 2, only: str = "", further: bool = False
    ) -> list[Finding]:
        """How far the nearest rules of a stage got about a place; of one rule where `only` names it.

        `further` asks what kept rules that matched from reading on.
        """
        rules = [pair for pair in self.reading.book.grammar(stage, finds).rules if only in ("", pair[0].id)]
        view = self.view(place.sentence, stage, finds)
        # A trigger that stops just before an actor is about that actor; any other rule must reach the words themselves.
        start = max(place.start - _BESIDE, 0) if stage == "triggers" else place.start
        nears = self.prober.nearest(rules, view, (start, place.end), most, further)
        told = [self.told(near) for near in nears if only or (near.covers and near.read)]
        return told if told or only else [self.nowhere(place, stage, finds)]

    def nowhere(self, place: Place, stage: str, finds: str) -> Finding:
        """No rule of a stage begins to match about a place."""
        rules = self.reading.book.grammar(stage, finds).rules
        files = sorted({self.sources.where(rule.id).rpartition(":")[0] for rule, _ in rules})
        says = f"no rule that finds {finds} so much as begins about “{self.words(place)}”"
        return Finding("no-rule-near", says, "", ", ".join(files))

    def told(self, near: Near) -> Finding:
        """A near miss in words."""
        read = f"read “{near.read}”, then" if near.read else "read nothing and"
        stood = f"there stood “{near.found}”" if near.found else "the sentence ended"
        needs = f"must not see `{_refused(near.failed)}`" if near.failed.startswith("!") else f"needed `{near.failed}`"
        says = f"{near.rule.id} came near: it {read} {needs}, and {stood}"
        return self.finding("pattern", f"{says} (element {near.reached + 1} of {near.count})", near.rule.id)

    def view(self, sentence: Sentence, stage: str, finds: str) -> View:
        """The view of a sentence that the rules of a stage ran on; for times, one close to it."""
        if stage != TIMES:
            return self.watch.view(sentence, stage, finds)
        hits = self.reading.book.lexicon.find([token.norm for token in sentence.tokens])
        own = [hit for hit in hits if hit.name.source.split(".")[1].startswith(TIMES)]
        return build_view(sentence, [mention_of_name(hit, sentence) for hit in own])

    def lost(self, place: Place, stage: str, finds: str, kept: Iterable[Mention]) -> Iterator[Match]:
        """Matches of a stage about a place that did not become mentions."""
        names = frozenset((m.rule, m.start, m.end) for m in kept)
        rules = {m.rule for m in kept}
        for match in lost_matches(self.watch.of(place.sentence, stage, finds), names):
            if match.start < place.end and place.start < match.end and match.rule.id not in rules:
                yield match


def _refused(condition: str) -> str:
    """What a condition `!( )` refuses."""
    return condition.lstrip("!<").removeprefix("(").removesuffix(")")
