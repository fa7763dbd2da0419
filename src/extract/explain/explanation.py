"""Builds the explanation of one article: the words, the rule and its place for every value of the record."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotations import Span
from extract.entities import Entity
from extract.explain.considered import explain_decisions, joined, quote
from extract.explain.model import Considered, Explanation, MeetingValues, Support, Value
from extract.explain.sources import Sources
from extract.meetings.template import Template
from extract.pipeline import Analysis, Pipeline
from extract.schema import Action, Evidence, Meeting, Participant


def explain(pipeline: Pipeline, analysis: Analysis) -> Explanation:
    """Every value of an analyzed article with what it rests on, and what was considered and left out."""
    record = analysis.record()
    reading = analysis.reading
    meetings: tuple[MeetingValues, ...] = ()
    considered: tuple[Considered, ...] = ()
    if reading is not None:
        writer = _Writer(analysis, Sources(reading.book, pipeline.rules))
        pairs = zip(record.meetings, in_order(analysis), strict=True)
        meetings = tuple(writer.meeting(f"meetings.{n}", m, t) for n, (m, t) in enumerate(pairs))
        considered = tuple(explain_decisions(analysis, in_order(analysis), writer.sources))
    return Explanation(
        analysis.article, record, analysis.title, analysis.language, analysis.layout.blocks, meetings, considered
    )


def in_order(analysis: Analysis) -> list[Template]:
    """The templates as the record orders their meetings: main ones first."""
    return sorted(analysis.templates, key=lambda template: bool(template.rank))


class _Writer:
    """Turns the meetings of one article into values."""

    def __init__(self, analysis: Analysis, sources: Sources) -> None:
        self.analysis = analysis
        self.text = analysis.article.text
        self.sources = sources

    def meeting(self, path: str, meeting: Meeting, template: Template) -> MeetingValues:
        heading = f"{meeting.kind}, {meeting.status}, {meeting.prominence}"
        values = [
            Value(f"{path}.kind", "meeting", meeting.kind, (), (self.support(meeting.evidence, "announces it"),)),
            self.status(path, meeting, template),
            *self.date(path, meeting),
            *self.venue(path, meeting, template),
        ]
        for number, participant in enumerate(meeting.participants):
            values.extend(self.participant(f"{path}.participants.{number}", participant, template))
        for number, topic in enumerate(meeting.topics):
            details = (topic.id,) if topic.id else ()
            values.append(
                Value(f"{path}.topics.{number}", "topic", topic.text, details, (self.support(topic.evidence),))
            )
        values.extend(self.actions(f"{path}.agreed_actions", "agreed", meeting.agreed_actions))
        values.extend(self.actions(f"{path}.proposed_actions", "proposed", meeting.proposed_actions))
        return MeetingValues(path, heading, tuple(values))

    def status(self, path: str, meeting: Meeting, template: Template) -> Value:
        span = template.status_span
        cues = (self.support(span, "decides the status"),) if span else ()
        notes = () if span else ("no cue near the trigger says otherwise",)
        return Value(f"{path}.status", "status", meeting.status, (), cues, notes)

    def date(self, path: str, meeting: Meeting) -> Iterator[Value]:
        date = meeting.date
        if date is None:
            return
        days = [f"{date.start} to {date.end}"] if date.start != date.end else []
        notes = []
        if date.start is None:
            notes.append("unresolved: the article tells no day to count from")
        released = self.analysis.reading.released if self.analysis.reading else None
        if released and (date.evidence.start, date.evidence.end) == (released[1].start, released[1].end):
            notes.append("the day of the release, as the text names none")
        yield Value(
            f"{path}.date", "date", date.timex, (date.text, *days), (self.support(date.evidence),), tuple(notes)
        )

    def venue(self, path: str, meeting: Meeting, template: Template) -> Iterator[Value]:
        venue = meeting.venue
        if venue is None:
            return
        shown = ", ".join(part for part in (venue.name, venue.city, venue.country) if part) or str(venue.mode)
        details = (venue.mode,) if venue.mode and venue.mode != shown else ()
        notes = self.inherited(template)
        yield Value(f"{path}.venue", "venue", shown, details, (self.support(venue.evidence),), notes)

    def inherited(self, template: Template) -> tuple[str, ...]:
        """Whether the place is that of another meeting of the article."""
        if template.place is None:
            return ()
        for number, other in enumerate(in_order(self.analysis)):
            if other is not template and other.place is template.place and other.kind == "visit":
                return (f"taken over from the visit, meetings.{number}",)
        return ()

    def participant(self, path: str, participant: Participant, template: Template) -> Iterator[Value]:
        details = [participant.type, participant.country, participant.capacity]
        if participant.involvement != "principal":
            details.append(participant.involvement)
        supports = [self.support(participant.evidence, "names")]
        entity = next((f.entity for f in template.participants if f.entity.name == participant.name), None)
        if entity is not None:
            supports.extend(self.takes_part(entity, template))
        notes = [f"also called {quote(participant.aliases)}"] if participant.aliases else []
        yield Value(
            path, "participant", participant.name, tuple(d for d in details if d), tuple(supports), tuple(notes)
        )
        for number, role in enumerate(participant.roles):
            parts = (role.position, role.organization, role.country)
            support = self.support(role.evidence)
            yield Value(f"{path}.roles.{number}", "role", role.title, tuple(p for p in parts if p), (support,))

    def takes_part(self, entity: Entity, template: Template) -> Iterator[Support]:
        """The trigger that made the entity a side of the meeting."""
        for decision in joined(self.analysis, template):
            filler = next((f for f in decision.fillers if f.entity is entity), None)
            if filler is not None:
                trigger = decision.template.trigger
                words = self.words(filler.span)
                yield self.support(trigger, f"takes part as “{words}”")
                return

    def actions(self, path: str, kind: str, actions: tuple[Action, ...]) -> Iterator[Value]:
        for number, action in enumerate(actions):
            details = (action.type, *([" and ".join(action.parties)] if action.parties else []))
            yield Value(f"{path}.{number}", kind, action.text, details, (self.support(action.evidence),))

    def support(self, span: Span | Evidence, says: str = "") -> Support:
        words = self.words(span)
        return Support(span.start, span.end, words, span.rule, self.sources.where(span.rule, words), says)

    def words(self, span: Span | Evidence) -> str:
        return " ".join(self.text[span.start : span.end].split())
