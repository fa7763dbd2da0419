"""What stopped a topic or an action: not read, cut otherwise, of another status, or of no meeting."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Mention
from extract.explain.causes.shared import lost_findings, path_of, read_as
from extract.explain.considered import quote
from extract.explain.inquiry import Finding, Inquiry, Place
from extract.meetings.template import Phrase

STAGES = {"topics": "topics", "agreed_actions": "actions", "proposed_actions": "actions"}
_STATUS = {"agreed_actions": "agreed", "proposed_actions": "proposed"}


def phrase_causes(inquiry: Inquiry, place: Place) -> Iterator[Finding]:
    """What stopped the words of a place from being a topic or action of a meeting."""
    stage = STAGES[inquiry.field]
    rows = inquiry.reading.topics if stage == "topics" else inquiry.reading.actions
    mention = next(iter(sorted(inquiry.top(place, rows), key=lambda m: m.start - m.end)), None)
    if mention is None:
        yield from _unread(inquiry, place, stage)
        return
    words = inquiry.reading.words(mention)
    if (mention.start, mention.end) != (place.start, place.end):
        yield inquiry.finding("cut", f"the words were read as “{words}”, cut there", mention.rule)
    wanted = _STATUS.get(inquiry.field)
    if wanted and not mention.has(wanted):
        told = " and ".join(mention.features)
        yield inquiry.finding("other-status", f"“{words}” was read as {told}, not as {wanted}", mention.rule)
    yield from _owner(inquiry, mention, words)


def _unread(inquiry: Inquiry, place: Place, stage: str) -> Iterator[Finding]:
    """No rule made a topic or action of the words, or the stage took them off again."""
    kind = stage.rstrip("s")
    matches = [m for t in inquiry.watch.of(place.sentence, stage, stage) for m in t.matches]
    over = [m for m in matches if any(_meets(m.span(slot), place) for slot in ("topic", "action"))]
    for match in over[:1]:
        said = f"{match.rule.id} read “{inquiry.words(Place(place.sentence, match.start, match.end))}”"
        says = f"{said}, but the words say nothing of a matter or were taken off the edge"
        yield inquiry.finding("trimmed", says, match.rule.id)
    if not over:
        yield inquiry.finding("no-mention", f"no rule reads “{inquiry.words(place)}” as part of {kind}s")
        for other in [m for m in inquiry.over(place) if m.kind in ("topic", "action")][:1]:
            yield read_as(inquiry, other, kind)
    yield from lost_findings(inquiry, place, stage, stage, inquiry.over(place, "topic", "action"))
    if not over:
        yield from inquiry.near(place, stage, stage, most=3)


def _meets(span: tuple[int, int] | None, place: Place) -> bool:
    return span is not None and span[0] < place.end and place.start < span[1]


def _owner(inquiry: Inquiry, mention: Mention, words: str) -> Iterator[Finding]:
    """Which meeting has the phrase, or why none has."""
    for template in inquiry.templates:
        fields = {"topics": template.topics, "agreed_actions": template.agreed, "proposed_actions": template.proposed}
        for field, phrases in fields.items():
            for known in phrases:
                if _says_as_much(known, words):
                    code = "present" if field == inquiry.field and known.text == words else "elsewhere"
                    where = f"{path_of(inquiry, template)}.{field}"
                    yield inquiry.finding(code, f"{where} has it as “{known.text}”", known.span.rule)
                    return
    if not inquiry.templates:
        yield inquiry.finding("no-meeting", "the article has no meeting that it could belong to", mention.rule)
        return
    speakers = [m for m in inquiry.reading.mentions[mention.sentence] if m.kind in ("person", "office")]
    named = quote(inquiry.reading.words(m) for m in speakers[:1]) or "nobody"
    says = f"its sentence speaks of {named}, who takes part in no meeting told before it"
    yield inquiry.finding("no-owner", says, mention.rule)


def _says_as_much(known: Phrase, words: str) -> bool:
    return set(words.lower().split()) <= set(known.text.lower().split())


def taxonomy_causes(inquiry: Inquiry) -> Iterator[Finding]:
    """What stopped a topic id: no name of it in the text, or another name was longer."""
    names = [n for group in inquiry.reading.book.lexicon.by_first.values() for n in group if n.kind == "topic"]
    own = sorted(" ".join(n.words) for n in names if n.value.get("id") == inquiry.value)
    if not own:
        yield Finding("list", f"no topic has the id {inquiry.value!r}: {inquiry.sources.lists('topic')}")
        return
    found = [place for name in own for place in inquiry.places(name)]
    if not found:
        says = f"none of its names stands in the text: {quote(own[:6])}{' …' if len(own) > 6 else ''}"
        yield Finding("not-in-text", says, "shared.topic", inquiry.sources.where("shared.topic", own[0]))
    for place in found[:2]:
        yield from phrase_causes(inquiry, place)
