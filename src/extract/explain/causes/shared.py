"""Causes that stop values of every kind: no meeting to belong to, another reading of the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.annotations import Mention
from extract.entities import Entity
from extract.explain.considered import reason, stands_for
from extract.explain.inquiry import Finding, Inquiry, Place
from extract.explain.mentions import within
from extract.meetings.template import Decision, Template

_KINDS_OF_WORDS = ("title", "portfolio", "org_head", "office_modifier", "name", "action_verb")


def triggers_of(inquiry: Inquiry, sentence: int) -> Sequence[Mention]:
    """The triggers of a sentence."""
    return inquiry.reading.triggers[sentence]


def decision_on(inquiry: Inquiry, trigger: Mention) -> Decision | None:
    """What was decided on the candidate of a trigger."""
    span = inquiry.reading.span(trigger)
    return next((d for d in inquiry.analysis.decisions if d.template.trigger == span), None)


def template_of(inquiry: Inquiry, trigger: Mention) -> Template | None:
    """The meeting of the record that a trigger's candidate became or was joined to."""
    decision = decision_on(inquiry, trigger)
    whole = (decision.into or decision.template) if decision else None
    return whole if any(whole is template for template in inquiry.templates) else None


def path_of(inquiry: Inquiry, template: Template | None) -> str:
    """The path of a meeting in the record; "" where it is not in it."""
    return next((f"meetings.{n}" for n, t in enumerate(inquiry.templates) if t is template), "")


def refusal(inquiry: Inquiry, trigger: Mention) -> Iterator[Finding]:
    """Why the candidate of a trigger is not in the record; nothing where it is."""
    decision = decision_on(inquiry, trigger)
    if decision is None or template_of(inquiry, trigger) is not None:
        return
    whole = decision.into
    if whole is not None:
        yield from _refused(inquiry, decision)
        decision = next((d for d in inquiry.analysis.decisions if d.template is whole), decision)
    late = [d for d in inquiry.analysis.decisions if d.template is decision.template and d.outcome == "few-sides-left"]
    yield from _refused(inquiry, late[0] if late else decision)


def _refused(inquiry: Inquiry, decision: Decision) -> Iterator[Finding]:
    span = decision.template.trigger
    if decision.outcome == "wish" and decision.template.status_span:
        span = decision.template.status_span
    into = path_of(inquiry, decision.into)
    says = reason(decision, into, inquiry.reading.text)
    yield inquiry.finding(decision.outcome, says, span.rule, inquiry.reading.text[span.start : span.end])


def represented(inquiry: Inquiry, entity: Entity) -> Iterator[Finding]:
    """Whether somebody is named in place of a country, body or office."""
    for decision in inquiry.analysis.decisions:
        filler = next((f for f in decision.fillers if f.entity is entity), None)
        if decision.outcome == "represented" and filler is not None:
            path = path_of(inquiry, decision.template)
            says = (
                f"“{entity.name}” took part in {path or 'a meeting'} and was left out: {stands_for(entity, decision)}"
            )
            yield inquiry.finding("represented", says, filler.span.rule, entity.name)


def no_trigger(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """No rule finds a meeting in the sentence; which came near."""
    yield inquiry.finding("no-trigger", f"no trigger rule finds a meeting in its sentence: “{shorten(inquiry, place)}”")
    yield from inquiry.near(place, "triggers", "triggers")


def shorten(inquiry: Inquiry, place: Place, around: int = 8) -> str:
    """The words about a place, on one line."""
    size = len(place.sentence.tokens)
    first, last = max(place.start - around, 0), min(place.end + around, size)
    words = inquiry.words(Place(place.sentence, first, last))
    return f"{'… ' if first else ''}{words}{' …' if last < size else ''}"


def read_as(inquiry: Inquiry, mention: Mention, wanted: str) -> Finding:
    """The words were read as something else."""
    words = inquiry.reading.words(mention)
    says = f"“{words}” was read as {article(mention.kind)}, not as {wanted}, by {mention.rule}"
    return inquiry.finding("other-kind", says, mention.rule, words)


def article(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def lost_findings(inquiry: Inquiry, place: Place, stage: str, finds: str, kept: Sequence[Mention]) -> Iterator[Finding]:
    """Rules that matched and had to give way to another rule over the same words."""
    told: set[str] = set()
    inside = [inner for mention in kept for inner in within(mention)]
    for match in inquiry.lost(place, stage, finds, inside):
        winner = next((m for m in kept if m.start < match.end and match.start < m.end), None)
        if match.rule.id in told or winner is None:
            continue
        told.add(match.rule.id)
        words = inquiry.words(Place(place.sentence, match.start, match.end))
        read = inquiry.reading.words(winner)
        says = f"{match.rule.id} matched “{words}” and gave way to {winner.rule}, which read “{read}”"
        yield inquiry.finding("overlap", f"{says}: {_why_better(inquiry, match.rule.id, winner.rule)}", match.rule.id)


def _why_better(inquiry: Inquiry, loser: str, winner: str) -> str:
    by_id = {rule.id: rule.priority for rule in inquiry.reading.book.rules}
    lost, won = by_id.get(loser, 0), by_id.get(winner, 0)
    if won > lost:
        return f"its priority is {won}, not {lost}"
    return "of the same priority, it fills more slots or is longer"


def listed(inquiry: Inquiry, place: Place, *kinds: str) -> bool:
    """Whether the lexicon has the words of a place as a name of one of the kinds."""
    norms = [token.norm for token in place.sentence.tokens]
    hits = inquiry.reading.book.lexicon.find(norms)
    return any(hit.name.kind in kinds and hit.start == place.start and hit.end == place.end for hit in hits)
