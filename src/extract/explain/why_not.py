"""What stopped a value that should have been there: starts from the missing value and walks the way of the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from extract.article import Article
from extract.entities import country_of
from extract.explain.causes.people import participant_causes, role_causes
from extract.explain.causes.phrases import phrase_causes, taxonomy_causes
from extract.explain.causes.settings import date_causes, venue_causes
from extract.explain.causes.status import kind_causes, meeting_causes, status_causes
from extract.explain.considered import quote
from extract.explain.explanation import in_order
from extract.explain.inquiry import FIELDS, Finding, Inquiry, Place
from extract.explain.mentions import all_mentions, within
from extract.explain.nearest import Prober
from extract.explain.sources import Sources
from extract.explain.watch import watch_article
from extract.pipeline import Pipeline
from extract.schema import Meeting
from extract.values.timex import Timex

_MEETING = re.compile(r"meetings\.(\d+)\.?")
_MOST_PLACES = 3  # places of the text that are looked into
_CAUSES: Mapping[str, Callable[[Inquiry, Place], Iterator[Finding]]] = {
    "participants": participant_causes,
    "roles": role_causes,
    "date": date_causes,
    "venue": venue_causes,
    "topics": phrase_causes,
    "agreed_actions": phrase_causes,
    "proposed_actions": phrase_causes,
    "meetings": meeting_causes,
}


class FieldError(ValueError):
    """A field that no record has."""


def why_not(pipeline: Pipeline, article: Article, field: str, value: str, rule: str = "") -> list[Finding]:
    """What stopped `value` in `field` of the record, the likeliest cause first; raises FieldError for no such field.

    `field` is a path of the record, with or without `meetings.N`. `rule` asks of one rule how far it got.
    """
    name, meeting = read_field(field)
    analysis, watch = watch_article(pipeline, article)
    if analysis.reading is None:
        return [Finding(code, message) for code, message, _ in analysis.diagnostics]
    templates = in_order(analysis)
    if meeting is not None and meeting >= len(templates):
        raise FieldError(f"the record has {len(templates)} meetings, counted from 0: no meetings.{meeting}")
    reading = analysis.reading
    sources, prober = Sources(reading.book, pipeline.rules), Prober(reading.book.words)
    inquiry = Inquiry(name, value, meeting, analysis, reading, watch, sources, prober, templates)
    there = [] if rule else list(_present(inquiry, analysis.record().meetings))
    found = there or (list(_rule_causes(inquiry, rule)) if rule else list(_causes(inquiry)))
    return list(dict.fromkeys(found))


def read_field(field: str) -> tuple[str, int | None]:
    """The field that a path means, and the meeting where it names one."""
    match = _MEETING.match(field)
    rest = [part for part in (field[match.end() :] if match else field).split(".") if part and not part.isdigit()]
    names = [FIELDS[part] for part in rest if part in FIELDS]
    if (rest and not names) or (not rest and not match):
        raise FieldError(f"no field {field!r}; there are {', '.join(FIELDS)}")
    return (names[-1] if names else "meetings"), int(match.group(1)) if match else None


def _causes(inquiry: Inquiry) -> Iterator[Finding]:
    if inquiry.field == "status":
        yield from status_causes(inquiry)
        return
    if inquiry.field == "kind":
        yield from kind_causes(inquiry)
        return
    places = _places(inquiry)
    if not places:
        yield from _not_there(inquiry)
        return
    found = [list(_CAUSES[inquiry.field](inquiry, place)) for place in places[:_MOST_PLACES]]
    # Where the value came furthest along the way says most; where it came less far is no news.
    best = min((_stopped_early(each) for each in found), default=0)
    yield from (finding for each in found if _stopped_early(each) == best for finding in each)


def _stopped_early(findings: list[Finding]) -> int:
    codes = {finding.code for finding in findings}
    return 2 if codes & {"no-mention", "list", "cut"} else 1 if "no-trigger" in codes else 0


def _places(inquiry: Inquiry) -> list[Place]:
    """Where the value stands: its words, else the mentions that mean it (a day, a country's code)."""
    return inquiry.places(inquiry.value) or [
        Place(sentence, mention.start, mention.end)
        for sentence in inquiry.reading.sentences
        for top in all_mentions(inquiry.reading, sentence.index)
        for mention in within(top)
        if inquiry.value in (country_of(mention), _timex(mention.value)) and mention.kind != "trigger"
    ]


def _timex(value: object) -> str | None:
    return value.value if isinstance(value, Timex) else None


def _not_there(inquiry: Inquiry) -> Iterator[Finding]:
    """The value stands nowhere in the prose of the article."""
    if inquiry.field == "topics" and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", inquiry.value):
        yield from taxonomy_causes(inquiry)
        return
    at = inquiry.reading.text.casefold().find(inquiry.value.casefold())
    block = next((b for b in inquiry.analysis.layout.blocks if at >= 0 and b.start <= at < b.end), None)
    if block is not None and block.zone not in ("title", "body"):
        rule = f"{inquiry.reading.book.language}.layout.{block.zone}"
        says = f"“{inquiry.value}” stands only in a line that is {block.zone}, not prose: “{block.text.strip()[:80]}”"
        yield inquiry.finding("outside-prose", says, rule)
        return
    yield Finding("not-in-text", f"“{inquiry.value}” does not stand in the article{_alike(inquiry)}")
    if inquiry.field == "date":
        yield from _times(inquiry)


def _alike(inquiry: Inquiry) -> str:
    names = [name for entity in inquiry.reading.entities.all for name in (entity.name, *entity.aliases)]
    near = get_close_matches(inquiry.value, sorted(set(names)), 3)
    return f"; it has {quote(near)}" if near else ""


def _times(inquiry: Inquiry) -> Iterator[Finding]:
    """What the time expressions of the article mean instead."""
    times = [m for row in inquiry.reading.mentions for m in row if isinstance(m.value, Timex)]
    if inquiry.analysis.article.published is None and any(m.has("open") for m in times):
        yield Finding("no-anchor", "the article has no publication date, so that its relative dates stay open")
    for mention in times:
        says = f"“{inquiry.reading.words(mention)}” resolves to {mention.value.value}"
        yield inquiry.finding("resolved", says, mention.rule)


def _present(inquiry: Inquiry, meetings: tuple[Meeting, ...]) -> Iterator[Finding]:
    """The value is in the record after all."""
    for number, meeting in enumerate(meetings):
        if inquiry.meeting in (None, number):
            for path, text in _values(meeting, inquiry.field):
                if text.casefold() == inquiry.value.casefold():
                    yield Finding("present", f"it is there: meetings.{number}.{path}")


def _values(meeting: Meeting, field: str) -> Iterator[tuple[str, str]]:
    """The values of one field of a meeting, with their paths."""
    if field in ("kind", "status"):
        yield field, str(getattr(meeting, field))
    elif field == "date" and meeting.date:
        yield from (("date", value) for value in (meeting.date.timex, meeting.date.text))
    elif field == "venue" and meeting.venue:
        parts = ("name", "city", "country", "mode", "text")
        yield from ((f"venue.{part}", value) for part in parts if (value := getattr(meeting.venue, part)))
    elif field == "roles":
        for n, participant in enumerate(meeting.participants):
            for m, role in enumerate(participant.roles):
                values = (role.title, role.position, role.organization)
                yield from ((f"participants.{n}.roles.{m}", value) for value in values if value)
    elif field == "participants":
        for n, participant in enumerate(meeting.participants):
            yield from ((f"participants.{n}", name) for name in (participant.name, *participant.aliases))
    elif field != "meetings" and field != "date" and field != "venue":
        for n, phrase in enumerate(getattr(meeting, field)):
            yield f"{field}.{n}", phrase.text
            if field == "topics" and phrase.id:
                yield f"{field}.{n}", phrase.id


def _rule_causes(inquiry: Inquiry, rule: str) -> Iterator[Finding]:
    """How far one rule got where the value stands, else in every sentence."""
    keys = [
        key for key, grammar in inquiry.reading.book.grammars.items() if any(r.id == rule for r, _ in grammar.rules)
    ]
    if not keys:
        near = get_close_matches(rule, [each.id for each in inquiry.reading.book.rules], 3)
        yield Finding(
            "no-rule", f"no rule is called {rule!r}; there are {', '.join(near)}" if near else f"no rule {rule!r}"
        )
        return
    places = inquiry.places(inquiry.value) or [Place(s, 0, len(s.tokens)) for s in inquiry.reading.sentences]
    for stage, finds in keys:
        for place in places[:_MOST_PLACES]:
            matched = [
                m for t in inquiry.watch.of(place.sentence, stage, finds) for m in t.matches if m.rule.id == rule
            ]
            for match in matched:
                words = inquiry.words(Place(place.sentence, match.start, match.end))
                tops = all_mentions(inquiry.reading, place.sentence.index)
                over = (m for top in tops for m in within(top) if m.start < match.end and match.start < m.end)
                kept = any(m.rule == rule for m in over)
                fate = "and was kept" if kept else "and gave way to another rule over the same words"
                yield inquiry.finding("matched", f"{rule} matched “{words}” {fate}", rule)
            if not matched:
                yield from inquiry.near(place, stage, finds, 1, rule)
