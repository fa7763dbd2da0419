"""Offices: what position a title means, in which body, for which country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.annotations import Mention, Sentence, Span
from extract.values.normal import normal_form

FORMER = "official"
_CLITIC = 2  # letters of a preposition that is written with the next word, at most
_NO_TABLE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Role:
    """One office of one person. `head` is the normal form of its chief noun, `counterpart` marks "his counterpart".

    `given_country` is the country of an office that is so called without more in one country's own releases only,
    `regime` the form of state that the title belongs to, `ministry` the body that its field
    implies.
    """

    title: str
    position: str | None
    organization: str | None
    country: str | None
    span: Span
    head: str = ""
    fields: frozenset[str] = frozenset()
    counterpart: bool = False
    fallback_country: str | None = None
    given_country: str | None = None
    international: bool = False
    regime: str | None = None
    ministry: str | None = None


def with_country(role: Role, country: str | None) -> Role:
    """The role, for a country where one is told."""
    return replace(role, country=country) if country else role


def country_of(mention: Mention | None) -> str | None:
    """The country that a country, demonym, city or body stands for; None where it stands for none."""
    if mention is None:
        return None
    owner = mention.part("country")
    if owner is not None:
        return country_of(owner)
    value = mention.value
    return value.get("country") if isinstance(value, Mapping) else None


def body_of(office: Mention) -> Mention | None:
    """The body that officials without a name are of: "OPEC ministers", "a delegation of the African Union"."""
    inside = [office, *office.parts.get("role", ())]
    found = (m for part in inside for slot in ("country", "org") for m in part.parts.get(slot, ()))
    return next((m for m in found if m.kind == "organization"), None)


def text_of(sentence: Sentence, start: int, end: int, text: str) -> str:
    """The words of tokens [start, end) as the article writes them, on one line.

    A letter of the first word that its script leaves out behind a clitic is written again.
    """
    words = " ".join(text[sentence.tokens[start].start : sentence.tokens[end - 1].end].split())
    norm, written = sentence.tokens[start].norm, sentence.tokens[start].text
    elided = norm[1:2] == written[:1] != norm[:1] and len(norm) == len(normal_form(written)) + 1
    return norm[0] + words if elided else words


def read_role(
    office: Mention,
    sentence: Sentence,
    text: str,
    tables: Mapping[str, Any],
    tail: Sequence[Mention] = (),
    owner: tuple[Mention, str] | None = None,
) -> Role | None:
    """The role that an office mention states; None where it has no head.

    `tables` are those of offices.yaml. `tail` holds what is named behind the office in the same apposition, `owner` the
    body, and its words, that "its" or "whose" before the office refers to.
    """
    head = office.part("head")
    if head is None:
        return None
    start, end = office.spans.get("title", (office.start, office.end))
    body = next((m for m in (*office.parts.get("org", ()), *tail) if m.kind == "organization"), None)
    organization = _organization(body, sentence, text)
    if body is None and owner is not None and office.part("country") is None:
        body, organization = owner
    span = Span(sentence.tokens[office.start].start, sentence.tokens[office.end - 1].end, office.rule)
    value: Mapping[str, Any] = head.value
    words = [token.norm for token in sentence.tokens[head.start : head.end]]
    fields = frozenset(t.norm for t in sentence.tokens[start:end] if t.shape != "p" and t.norm not in words)
    country = _country(office, body, tail, sentence)
    position = _position(office, value, body, country, tables)
    adjective = next((m.value["body"] for m in _all_modifiers(office) if "body" in m.value), None)
    return Role(
        text_of(sentence, start, end, text),
        position,
        organization or adjective,
        country,
        span,
        " ".join(words),
        fields,
        bool(value.get("counterpart")),
        None if body else value.get("default_country") or _country_of_field(position, fields, tables),
        None if body or fields else value.get("given_country"),
        country is None and (adjective is not None or _is_international_office(value, body, owner is not None, tables)),
        _regime(office, value, position),
        None if body else _ministry(office, sentence, text, position, tables),
    )


def _country_of_field(position: str | None, fields: frozenset[str], tables: Mapping[str, Any]) -> str | None:
    """The country whose government alone has a field of this name."""
    told: Mapping[str, str] = tables.get("field_country", _NO_TABLE) if position == "minister" else _NO_TABLE
    return next((code for field, code in told.items() if fields.issuperset(field.split())), None)


def _regime(office: Mention, title: Mapping[str, Any], position: str | None) -> str | None:
    """The form of state that an office belongs to: by its title, or where it is one of "the kingdom"."""
    if "kingdom" in office.spans:
        return "kingdom"
    return title.get("regime") if position in (title.get("position"), FORMER) else None


def _is_international_office(
    title: Mapping[str, Any], body: Mention | None, referred: bool, tables: Mapping[str, Any]
) -> bool:
    """Whether an office of no country is one of an international body: by the body, or by its title alone."""
    if body is None:
        return bool(title.get("international")) and not referred
    if title.get("international") and country_of(body) is None and "party" not in body.features:
        return True
    if title.get("of_country") and body.value.get("id") not in tables.get("sends", ()):
        return False
    return is_international(body)


def _ministry(
    office: Mention, sentence: Sentence, text: str, position: str | None, tables: Mapping[str, Any]
) -> str | None:
    """The ministry of a minister or deputy, from the field of the title."""
    word = tables.get("ministry", _NO_TABLE).get(position)
    plain: Mapping[str, str] = tables.get("plain_field", _NO_TABLE)
    if word is None or "title" not in office.spans:
        return None
    field_ends = [m.start for m in _all_modifiers(office)]  # "minister of energy designate"
    end = office.spans["title"][1]
    field = next((m.start for m in office.parts.get("title", ()) if m.kind == "portfolio"), end - 1)
    first = sentence.tokens[field].text
    words = text_of(sentence, field, min((e for e in field_ends if e > field), default=end), text)
    if first in plain:
        words = plain[first] + words[len(first) :]
    elif field == end - 1 and not _has_field(office):
        return None
    return f"{word} {words}"


def affiliation(body: Mention, sentence: Sentence, text: str, tables: Mapping[str, Any]) -> Role:
    """What somebody is of whom only the body is named."""
    name = _organization(body, sentence, text) or ""
    positions: Mapping[str, str] = tables.get("affiliation", _NO_TABLE)
    position = next((positions[kind] for kind in body.features if kind in positions), "official")
    span = Span(sentence.tokens[body.start].start, sentence.tokens[body.end - 1].end, body.rule)
    return Role(name, position, name, country_of(body), span, international=is_international(body))


def is_international(body: Mention) -> bool:
    """Whether the lexicon, or its own name, shows the body to be one of no country."""
    return (body.has("known") or body.has("international")) and country_of(body) is None


def _owner(office: Mention, sentence: Sentence) -> Mention | None:
    """Whose country an office is of; none that stands bare behind a definite title, in scripts without case.

    There it is the object of a verb before: "the minister of defence left Egypt" has the verb first.
    """
    owner, end = office.part("country"), office.spans.get("title", (0, 0))[1]
    behind = owner is not None and owner.kind == "country" and 0 < end <= owner.start
    bare = behind and sentence.tokens[end - 1].shape == "d" and len(sentence.tokens[end].norm) > _CLITIC
    return None if bare else owner


def _country(office: Mention, body: Mention | None, tail: Sequence[Mention], sentence: Sentence) -> str | None:
    stated = country_of(_owner(office, sentence)) or country_of(office.part("own")) or country_of(body)
    if stated or (body is not None and is_international(body)):
        return stated
    places = [m for m in (office.part("city"), *tail) if m is not None and m.kind in ("city", "country", "demonym")]
    return next((code for m in places if (code := country_of(m))), None)


def _position(
    office: Mention, title: Mapping[str, Any], body: Mention | None, country: str | None, tables: Mapping[str, Any]
) -> str | None:
    modifiers = _modifiers(office)
    if any(modifier.value.get("former") for modifier in modifiers):
        return FORMER
    position = _plain_position(office, title, body, country, tables)
    if position and any(modifier.value.get("demotes") for modifier in modifiers):
        demoted: Mapping[str, str] = tables.get("demote", _NO_TABLE)
        return demoted.get(position, position)
    return position


def _plain_position(
    office: Mention, title: Mapping[str, Any], body: Mention | None, country: str | None, tables: Mapping[str, Any]
) -> str | None:
    by_country: Mapping[str, str] = title.get("by_country", _NO_TABLE)
    if country is not None and country in by_country:
        return by_country[country]
    if "with_field" in title and ("area" in office.spans or _has_field(office)):
        return str(title["with_field"])
    by_body: Mapping[str, str] = title.get("by_organization", _NO_TABLE)
    found = next((by_body[kind] for kind in _kinds(office, body, tables) if kind in by_body), None)
    return found or title.get("position")


def _kinds(office: Mention, body: Mention | None, tables: Mapping[str, Any]) -> Iterator[str]:
    """The kinds of body that the office belongs to, the closest first; `unknown` for a name that is no known body."""
    alike: Mapping[str, str] = tables.get("alike", _NO_TABLE)
    head = office.part("head")
    leads = head is not None and head.value.get("position") != "head_of_state"
    if leads and any(modifier.value.get("partisan") for modifier in _modifiers(office)):
        yield "party"
    unit = office.parts.get("unit", ())
    bodies = [*unit[-1:], *([body] if body is not None else [])]
    if "side" in office.spans:
        yield "delegation"
    elif body is not None and body.has("known"):
        yield from _known_kinds(body, office.part("country") is not None)
    for each in bodies:
        yield from each.features
    yield from (alike[kind] for each in bodies for kind in each.features if kind in alike)
    if not bodies and "unknown" in office.spans:
        yield "unknown"
    elif not bodies and office.part("city") is not None:
        yield "region"
    elif not bodies and office.part("country") is not None:
        yield "country"


def _known_kinds(body: Mention, owned: bool) -> Iterator[str]:
    """A bank of no country is led like other international bodies, an organization of one country like an agency."""
    if is_international(body) and body.has("bank"):
        yield "organization"
    elif (owned or not is_international(body)) and body.has("organization"):
        yield "agency"


def _has_field(office: Mention) -> bool:
    return any(m.kind == "portfolio" for m in office.parts.get("title", ()))


def _all_modifiers(office: Mention) -> Sequence[Mention]:
    inside = (*office.parts.get("mod", ()), *office.parts.get("title", ()))
    return [m for m in inside if m.kind == "office_modifier"]


def _modifiers(office: Mention) -> Sequence[Mention]:
    head = office.part("head")
    before = head.start if head else office.end
    inside = (*office.parts.get("mod", ()), *office.parts.get("title", ()))
    lowers = [m for m in inside if (m.kind == "office_modifier" or m.has("deputy")) and m.start < before]
    return lowers or [m for m in inside if m.kind == "office_modifier" and m.has("former")]


def _organization(body: Mention | None, sentence: Sentence, text: str) -> str | None:
    if body is None:
        return None
    start, end = body.spans.get("name", (body.start, body.end))
    return text_of(sentence, start, end, text)
