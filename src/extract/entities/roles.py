"""Offices: what position a title means, in which body, for which country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.annotations import Mention, Sentence, Span

FORMER = "official"


@dataclass(frozen=True, slots=True)
class Role:
    """One office of one person. `head` is the normal form of its chief noun, `counterpart` marks "his counterpart"."""

    title: str
    position: str | None
    organization: str | None
    country: str | None
    span: Span
    head: str = ""
    fields: frozenset[str] = frozenset()
    counterpart: bool = False
    fallback_country: str | None = None


def country_of(mention: Mention | None) -> str | None:
    """The country that a country, demonym, city or body stands for; None where it stands for none."""
    if mention is None:
        return None
    owner = mention.part("country")
    if owner is not None:
        return country_of(owner)
    value = mention.value
    return value.get("country") if isinstance(value, Mapping) else None


def text_of(sentence: Sentence, start: int, end: int, text: str) -> str:
    """The words of tokens [start, end) as the article writes them, on one line."""
    return " ".join(text[sentence.tokens[start].start : sentence.tokens[end - 1].end].split())


def read_role(office: Mention, sentence: Sentence, text: str, demote: Mapping[str, str]) -> Role | None:
    """The role that an office mention states; None where it has no head."""
    head = office.part("head")
    if head is None:
        return None
    start, end = office.spans.get("title", (office.start, office.end))
    body = next((m for m in office.parts.get("org", ()) if m.kind == "organization"), None)
    span = Span(sentence.tokens[office.start].start, sentence.tokens[office.end - 1].end, office.rule)
    value: Mapping[str, Any] = head.value
    words = [token.norm for token in sentence.tokens[head.start : head.end]]
    fields = frozenset(
        token.norm for token in sentence.tokens[start:end] if token.shape != "p" and token.norm not in words
    )
    return Role(
        text_of(sentence, start, end, text),
        _position(value, body, _modifiers(office, start, end), demote),
        _organization(body, sentence, text),
        country_of(office.part("country")) or country_of(office.part("own")) or country_of(body),
        span,
        " ".join(words),
        fields,
        bool(value.get("counterpart")),
        value.get("default_country"),
    )


def _modifiers(office: Mention, start: int, end: int) -> Sequence[Mention]:
    return [m for m in office.parts.get("title", ()) if m.kind == "office_modifier" and start <= m.start < end]


def _position(
    title: Mapping[str, Any], body: Mention | None, modifiers: Sequence[Mention], demote: Mapping[str, str]
) -> str | None:
    position = title.get("position")
    by_body: Mapping[str, str] = title.get("by_organization", {})
    for kind in body.features if body else ():
        if kind in by_body:
            position = by_body[kind]
            break
    if any(modifier.value.get("former") for modifier in modifiers):
        return FORMER
    if position and any(modifier.value.get("demotes") for modifier in modifiers):
        return demote.get(position, position)
    return position


def _organization(body: Mention | None, sentence: Sentence, text: str) -> str | None:
    if body is None:
        return None
    start, end = body.spans.get("name", (body.start, body.end))
    return text_of(sentence, start, end, text)
