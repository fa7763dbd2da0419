"""What was considered and left out: candidates refused or merged, and sides for whom somebody else is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.annotations import Span
from extract.entities import Entity
from extract.explain.model import Considered, Support
from extract.explain.sources import Sources
from extract.meetings.template import Decision, Template
from extract.pipeline import Analysis

JOINED = ("kept", "taken-up", "same")


def joined(analysis: Analysis, template: Template) -> Iterator[Decision]:
    """The candidates that one meeting was made of, itself first."""
    own = [d for d in analysis.decisions if d.template is template and d.outcome == "kept"]
    yield from own
    yield from (d for d in analysis.decisions if d.into is template)


def explain_decisions(analysis: Analysis, templates: Sequence[Template], sources: Sources) -> Iterator[Considered]:
    """One sentence for each decision that left something out of the record or joined it to something else."""
    paths = {id(template): f"meetings.{n}" for n, template in enumerate(templates)}
    for decision in analysis.decisions:
        if decision.outcome == "kept":
            continue
        into = paths.get(id(decision.into or decision.template), "")
        if decision.outcome == "represented":
            yield from _represented(decision, into, analysis, sources)
        else:
            span = _deciding_span(decision)
            support = support_of(span, analysis.article.text, sources)
            yield Considered(decision.outcome, reason(decision, into, analysis.article.text), support, into)


def support_of(span: Span, text: str, sources: Sources) -> Support:
    """A span as support."""
    words = " ".join(text[span.start : span.end].split())
    return Support(span.start, span.end, words, span.rule, sources.where(span.rule, words))


def _deciding_span(decision: Decision) -> Span:
    """The cue where a cue decided, else the trigger."""
    if decision.outcome == "wish" and decision.template.status_span:
        return decision.template.status_span
    return decision.template.trigger


def reason(decision: Decision, into: str, text: str) -> str:
    """Why a candidate is no meeting of its own, in one sentence."""
    trigger = decision.template.trigger
    words = f"“{' '.join(text[trigger.start : trigger.end].split())}”"
    kind = decision.template.kind or "meeting"
    match decision.outcome:
        case "wish":
            return f"{words} announces no {kind}: what stands beside it makes it a wish or a condition"
        case "taken-up":
            whole = f"the last one spoken of, {into}" if into else "one that was left out later"
            return f"{words} takes up a {kind} already told: {whole}"
        case "same":
            return f"{words} tells of the same {kind} as {into or 'another'}: {sides(decision)} take part in both"
        case "no-antecedent":
            does = "refers back to" if decision.template.refers else "names no sides of"
            return f"{words} {does} a {kind}, and none that it could take up was told before"
        case "few-sides":
            return f"{words} has too few sides for a {kind}: {sides(decision)}"
        case "unsure":
            return f"{words} alone is weak, and no people of two countries stand about it: {sides(decision)}"
        case "few-sides-left":
            left = sides(decision)
            return f"{words} keeps too few sides once those are left out for whom somebody is named: {left}"
    return f"{words}: {decision.outcome}"


def sides(decision: Decision) -> str:
    """Who took part when it was decided, by name."""
    return quote(dict.fromkeys(filler.entity.name for filler in decision.fillers)) or "nobody named"


def quote(names: Iterable[str]) -> str:
    """Words of the article in a sentence of ours."""
    return ", ".join(f"“{name}”" for name in names)


def _represented(decision: Decision, into: str, analysis: Analysis, sources: Sources) -> Iterator[Considered]:
    for filler in decision.fillers:
        sentence = f"“{filler.entity.name}” is left out of {into or 'a meeting'}: {stands_for(filler.entity, decision)}"
        yield Considered("represented", sentence, support_of(filler.span, analysis.article.text, sources), into)


def stands_for(entity: Entity, decision: Decision) -> str:
    """Who is named in place of a country, body or office."""
    people = [f.entity for f in decision.template.participants if f.entity.kind == "person"]
    names = (entity.name, *entity.aliases)
    heads = [p for p in people if any(role.organization in names for role in p.roles)]
    same = heads or [p for p in people if p.country and p.country == entity.country]
    if same:
        return f"{quote(p.name for p in same)} stands for {'it' if heads else entity.country} and is named"
    return "it stands for no country" if entity.country is None else "those who stand for it are named"
