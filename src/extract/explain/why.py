"""The chain of rules behind a value: the rule that read it, what that rule was given, down to the lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.annotations import Mention, Span
from extract.entities import Entity, Role
from extract.explain.considered import joined, support_of
from extract.explain.explanation import explain, in_order
from extract.explain.mentions import mention_behind
from extract.explain.model import Support, Value
from extract.explain.sources import Sources
from extract.meetings.reading import Reading
from extract.pipeline import Analysis, Pipeline
from extract.values.timex import Timex

_MEETING = re.compile(r"meetings\.(\d+)(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: how deep it lies, what it says, and where the rule or list is written."""

    depth: int
    says: str
    rule: str = ""
    where: str = ""


def why(pipeline: Pipeline, analysis: Analysis, field: str) -> list[Step]:
    """The chains behind the values of a field, such as `meetings.0.venue.city`, `date` or `participants`.

    Without a meeting the field is that of every meeting. Empty where the record has no such value.
    """
    explanation = explain(pipeline, analysis)
    reading = analysis.reading
    if reading is None:
        return []
    chains = _Chains(analysis, reading, Sources(reading.book, pipeline.rules))
    values = [value for meeting in explanation.meetings for value in meeting.values]
    asked = [value for value in values if _lies_in(value.path, field)]
    # A part without evidence of its own, such as a venue's city, rests on that of the whole.
    asked = asked or [value for value in values if _lies_in(field, value.path) or _lies_in(field, _short(value.path))]
    return [step for value in asked for step in chains.of(value)]


def _lies_in(path: str, field: str) -> bool:
    """Whether a path is a field or lies below it; a field without a meeting is that of every meeting."""
    return any(f"{each}.".startswith(f"{field}.") for each in (path, _short(path)))


def _short(path: str) -> str:
    return _MEETING.sub("", path, count=1)


class _Chains:
    """Writes the chains of one article."""

    def __init__(self, analysis: Analysis, reading: Reading, sources: Sources) -> None:
        self.analysis, self.reading, self.sources = analysis, reading, sources
        self.abouts = {rule.id: rule.about for rule in reading.book.rules}
        self.counts = {rule.id: len(rule.pattern) + len(rule.token_pattern) for rule in reading.book.rules}

    def of(self, value: Value) -> Iterator[Step]:
        details = f" ({', '.join(value.details)})" if value.details else ""
        yield Step(0, f"{value.path} = {value.text}{details}")
        for support in value.supports[:1]:  # who takes part by which trigger follows below
            yield from self.support(support)
        for note in value.notes:
            yield Step(1, note)
        if value.kind == "participant":
            yield from self.participant(value)
        elif value.kind == "topic" and value.details:
            yield from self.taxonomy(value)

    def support(self, support: Support) -> Iterator[Step]:
        says = f"{support.says}: " if support.says else ""
        mention = mention_behind(self.reading, support.start, support.end, support.rule)
        about = f" - {self.abouts[support.rule]}{self.pattern(mention)}" if support.rule in self.abouts else ""
        yield Step(1, f"{says}“{support.words}” {support.start}–{support.end}{about}", support.rule, support.where)
        if mention is not None:
            yield from self.parts(mention, 2)

    def pattern(self, mention: Mention | None) -> str:
        """Which pattern matched, and its line, where a rule has several."""
        if mention is None or self.counts.get(mention.rule, 1) < 2:
            return ""
        line = self.sources.line_of_pattern(mention.rule, mention.pattern)
        return f" (pattern {mention.pattern + 1} of {self.counts[mention.rule]}, line {line})"

    def parts(self, mention: Mention, depth: int) -> Iterator[Step]:
        """What a mention means, and the mentions in its slots, each with its own rule."""
        if isinstance(mention.value, Timex):
            published = self.analysis.article.published
            anchor = f", counted from the publication on {published}" if published else ""
            yield Step(depth, f"resolves to {mention.value.value}{anchor}")
        shown: set[tuple[int, int, str]] = set()
        for slot, parts in mention.parts.items():
            for part in parts:
                key = (part.start, part.end, part.rule)
                if key in shown or part.rule == mention.rule:
                    continue
                shown.add(key)
                words = self.reading.words(part)
                says = f"{slot}: {part.kind} “{words}”{_meaning(part)}"
                yield Step(depth, says, part.rule, self.sources.where(part.rule, words))
                yield from self.parts(part, depth + 1)

    def participant(self, value: Value) -> Iterator[Step]:
        number = _MEETING.match(value.path)
        template = in_order(self.analysis)[int(number.group(1))] if number else None
        filler = next((f for f in template.participants if f.entity.name == value.text), None) if template else None
        if template is None or filler is None:
            return
        for decision in joined(self.analysis, template):
            if any(f.entity is filler.entity for f in decision.fillers):
                yield self.side(decision.template.trigger, filler.entity)
        if filler.entity.country:
            yield Step(1, f"country {filler.entity.country}: {self.country(filler.entity)}")

    def side(self, trigger: Span, entity: Entity) -> Step:
        """How one trigger made the entity a side of the meeting."""
        mention = mention_behind(self.reading, trigger.start, trigger.end, trigger.rule)
        slots = sorted(
            slot
            for slot, parts in (mention.parts.items() if mention else ())
            if any(self.reading.entities.entity(part) is entity for part in parts)
        )
        place = f"in slot {', '.join(slots)}" if slots else "as the subject of the sentence, or who was spoken of last"
        support = support_of(trigger, self.analysis.article.text, self.sources)
        return Step(1, f"side of “{support.words}” {place}", support.rule, support.where)

    def country(self, entity: Entity) -> str:
        """Where the country of an entity comes from."""
        if entity.kind == "country":
            return "it is one"
        stated = next((r for r in entity.roles if r.country == entity.country), None)
        if stated is not None:
            return f"of the office “{stated.title}” ({stated.span.rule})"
        if any(_fallback(role) == entity.country for role in entity.roles):
            return "the one that holds such an office where the text names none"
        home = self.reading.here.get("country") if self.reading.here else None
        if home == entity.country:
            return "that of the dateline, as the text names none for the office"
        return "told by the words about the name, or the one that nobody else stands for"

    def taxonomy(self, value: Value) -> Iterator[Step]:
        """The name in the taxonomy that gave a topic its id."""
        book = self.reading.book
        for hit in book.lexicon.find(book.words.split(value.text)):
            if hit.name.kind == "topic" and hit.name.value.get("id") == value.details[0]:
                words, rule = " ".join(hit.name.words), hit.name.source
                yield Step(1, f"id {value.details[0]}: listed as “{words}”", rule, self.sources.where(rule, words))
                return


def _fallback(role: Role) -> str | None:
    return role.fallback_country


def _meaning(mention: Mention) -> str:
    """What the lists say of a name: country, position and the like."""
    value = mention.value
    if not isinstance(value, dict):
        return ""
    told = [f"{key} {value[key]}" for key in ("position", "name", "country", "id", "type") if value.get(key)]
    return f" ({', '.join(told)})" if told else ""
