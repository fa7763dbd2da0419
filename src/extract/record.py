"""A filled template becomes a validated record with its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from extract.annotations import Span
from extract.article import Article
from extract.entities import Entity, Role
from extract.meetings.template import Filler, Phrase, Place, Template, When
from extract.schema import (
    SCHEMA,
    Action,
    ArticleInfo,
    Codes,
    Diagnostic,
    Evidence,
    Meeting,
    MeetingDate,
    Participant,
    Record,
    Topic,
    Venue,
)
from extract.schema import Role as RoleValue

Codings = Mapping[str, Mapping[str, str]]


def build_record(
    article: Article,
    title: str | None,
    language: str,
    templates: Sequence[Template],
    diagnostics: Sequence[tuple[str, str, Span | None]],
    codings: Codings,
) -> Record:
    """The record of one article; `codings` gives CAMEO and PLOVER codes by kind, with exceptions by status."""
    main = [t for t in templates if t.rank == 0]
    ordered = [*main, *(t for t in templates if t.rank)]
    return Record(
        schema_=SCHEMA,
        article=ArticleInfo(
            id=article.id,
            source=article.source,
            title=title,
            language=language,
            published=article.published,
            sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        ),
        meetings=tuple(_meeting(t, f"{article.id}#{n}", codings) for n, t in enumerate(ordered, 1)),
        diagnostics=tuple(_diagnostic(*each) for each in diagnostics),
    )


def _diagnostic(code: str, message: str, span: Span | None) -> Diagnostic:
    return Diagnostic(code=code, message=message, evidence=_evidence(span) if span else None)


def _evidence(span: Span) -> Evidence:
    return Evidence(start=span.start, end=span.end, rule=span.rule)


def _meeting(template: Template, id: str, codings: Codings) -> Meeting:
    fields: dict[str, Any] = {
        "id": id,
        "prominence": "background" if template.rank else "main",
        "kind": template.kind,
        "status": template.status,
        "date": _date(template.when),
        "venue": _venue(template.place),
        "participants": tuple(_participant(filler) for filler in template.participants),
        "topics": tuple(Topic(text=t.text, id=t.value, evidence=_evidence(t.span)) for t in template.topics),
        "agreed_actions": tuple(_action(a, "agreed") for a in template.agreed),
        "proposed_actions": tuple(_action(a, "proposed") for a in template.proposed),
        "codes": _codes(template, codings),
        "evidence": _evidence(template.trigger),
    }
    return Meeting(**fields)


def _codes(template: Template, codings: Codings) -> Codes:
    chosen = codings.get(f"{template.kind}.{template.status}") or codings[template.kind]
    return Codes(cameo=chosen["cameo"], plover=chosen["plover"])


def _date(when: When | None) -> MeetingDate | None:
    if when is None:
        return None
    value = when.value
    return MeetingDate(
        text=when.text, timex=value.value.split("T")[0], start=value.start, end=value.end, evidence=_evidence(when.span)
    )


def _venue(place: Place | None) -> Venue | None:
    if place is None:
        return None
    return Venue(
        text=place.text,
        name=place.name,
        city=place.city,
        country=place.country,
        mode=place.mode or "in_person",  # type: ignore[arg-type]
        evidence=_evidence(place.span),
    )


def _participant(filler: Filler) -> Participant:
    entity = filler.entity
    kind = entity.kind if entity.kind in ("person", "organization") else "country"
    return Participant(
        name=entity.name,
        type=kind,  # type: ignore[arg-type]
        country=entity.country,
        involvement=filler.involvement,  # type: ignore[arg-type]
        capacity=filler.capacity,  # type: ignore[arg-type]
        roles=tuple(_role(r, entity) for r in entity.roles if r.position) if entity.kind == "person" else (),
        aliases=tuple(entity.aliases),
        evidence=_evidence(entity.span),
    )


def _role(role: Role, entity: Entity) -> RoleValue:
    return RoleValue(
        title=role.title,
        position=role.position,  # type: ignore[arg-type]
        organization=role.organization or role.ministry,
        country=role.country or entity.country,
        evidence=_evidence(role.span),
    )


def _action(phrase: Phrase, status: str) -> Action:
    return Action(
        text=phrase.text,
        type=phrase.value,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        parties=phrase.parties,
        evidence=_evidence(phrase.span),
    )
