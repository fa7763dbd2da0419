"""Countries of people whose office names none: that of the delegation, of those beside them, of the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extract.annotations import Mention, Sentence
from extract.entities.entity import Entities, Entity
from extract.entities.roles import Role, country_of
from extract.rulebook.book import Rulebook

# What counts for the country in which an article is at home: its capital, its name, its bodies and other cities; its
# officials need no adjective.
_CITY, _NAME = 2, 1
_TELLING = frozenset({"country", "demonym", "city", "organization", "venue"})
_LEAD = 2  # times that one country must be spoken of more than the next
_SHARE = 2  # times less than another that it may be spoken of
_FIRST = 2  # tokens before the one who speaks, who opens the sentence
_STANCE = 4  # tokens behind a country in which its stance stands
_OF_A_BODY = "secretary_general"
_SOLE = frozenset({"head_of_state", "head_of_government"})


def settle_countries(
    entities: Entities,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    home: str | None,
    book: Rulebook,
) -> None:
    """Give people with an office of no stated country the one that they serve, where the article shows it."""
    lonely = [e for e in entities.all if _is_lonely(e)]
    seats = frozenset(book.offices.get("seats", ()))
    mentions = [[m for m in row if not (m.kind == "city" and m.value.get("name") in seats)] for row in mentions]
    scores = _scores(mentions)
    marks = book.word_set("list_mark") | book.word_set("conjunction")
    for person in lonely:
        person.country = _by_title(person, home) or _by_house(person, book)
    _lead_delegations(entities, mentions)
    _serve_ministries(entities, mentions)
    _inherit(entities, sentences, mentions, marks, book)
    _accompany(entities, mentions)
    opener = book.word_set("opens_abroad")
    for person in lonely:
        if person.country is None and not person.visiting and not _is_counterpart(person):
            country = (
                _told_from(person, sentences, mentions, opener)
                or home
                or _by_stance(person, entities, sentences, mentions, book)
                or _capital_beside(person, mentions)
                or _by_article(person, entities, scores, book)
            )
            fits = has_office(country, person, book) and is_vacant(person, country, entities)
            fits = fits and country not in _across(person, entities)
            person.country = country if fits else None
            person.assumed = person.country is not None


def _at_home(country: str | None, book: Rulebook) -> str | None:
    """A country, unless reports in this language are known to name the officials of a few countries only so."""
    home = book.settings("people").get("home")
    return country if home is None or country in home else None


def has_office(country: str | None, person: Entity, book: Rulebook) -> bool:
    """Whether a country has the offices that somebody holds: some have no head of government, some a king."""
    lacking, barred, only = (book.offices.get(key, {}) for key in ("no_office", "regime_not_in", "regime_only_in"))
    if any(role.position == _OF_A_BODY and role.organization is None for role in person.roles):
        return False  # of a body that is not named, which may be one of no country
    return not any(
        country in lacking.get(role.position, ())
        or country in barred.get(role.regime, ())
        or (role.regime in only and country not in only[role.regime])
        for role in person.roles
    )


def _is_lonely(entity: Entity) -> bool:
    known = entity.country is not None or any(role.international for role in entity.roles)
    return entity.kind in ("person", "office") and bool(entity.roles) and not known


def is_vacant(person: Entity, country: str | None, entities: Entities) -> bool:
    """Whether the country has no other head of state or of government in the article, of whom it has but one each."""
    sole = {role.position for role in person.roles} & _SOLE
    others = [e for e in entities.all if e is not person and e.kind == "person" and e.country == country]
    return not any(role.position in sole for e in others for role in e.roles)


def _behind(person: Entity, entities: Entities) -> list[Entity]:
    """Those who are introduced in the same sentence as somebody, and after."""
    return [e for e in entities.all if e.first[0] == person.first[0] and e.first > person.first]


def _across(person: Entity, entities: Entities) -> set[str | None]:
    """The countries of the counterparts in the sentence that introduces somebody: none is that person's own."""
    return {e.country for e in _behind(person, entities) if _is_counterpart(e)}


def _marked_after(person: Entity, entities: Entities) -> set[str | None]:
    """The countries that the sentence which introduces somebody states of those behind: the first is hardly of them."""
    others = (e for e in _behind(person, entities) if e.kind in ("person", "office"))
    return {role.country for e in others for role in e.roles}


def _is_counterpart(person: Entity) -> bool:
    return any(role.counterpart for role in person.roles)


def _by_title(person: Entity, home: str | None) -> str | None:
    """The country of a title that only one has, or that only one names without more."""
    only = next((role.fallback_country for role in person.roles if role.fallback_country), None)
    given = next((role.given_country for role in person.roles if role.given_country), None)
    return only or (home or given if given else None)


def _by_house(person: Entity, book: Rulebook) -> str | None:
    """The country in which the house reigns whose name somebody bears."""
    houses = book.settings("names").get("houses", {})
    return next((code for code, names in houses.items() if person.name.endswith(tuple(names))), None)


def _lead_delegations(entities: Entities, mentions: Sequence[Sequence[Mention]]) -> None:
    """Whoever leads "the delegation" is of the country of the delegation named before."""
    latest: str | None = None
    for row in mentions:
        for mention in row:
            entity = entities.entity(mention)
            if mention.has("delegation") and country_of(mention.part("country")):
                latest = country_of(mention.part("country"))
            elif "group" in mention.spans and entity is not None and _is_lonely(entity):
                entity.country = latest


def _serve_ministries(entities: Entities, mentions: Sequence[Sequence[Mention]]) -> None:
    """A minister is of the country whose ministry of the same field speaks in the sentence."""
    for row in mentions:
        ministries = [m for m in row if m.kind == "organization" and m.has("ministry") and country_of(m)]
        named = [(m, e) for m in ministries if (e := entities.entity(m)) is not None]
        for mention in row if named else ():
            person = entities.entity(mention)
            if person is None or not _is_lonely(person):
                continue
            fields = [field for role in person.roles if role.position == "minister" and (field := _field(role))]
            own = {country_of(m) for m, body in named if any(field <= set(body.words) for field in fields)}
            person.country = own.pop() if len(own) == 1 else person.country


def _field(role: Role) -> frozenset[str]:
    """The words for the field of an office, be they part of its title: "foreign" of "foreign minister"."""
    return role.fields or frozenset(role.head.split()[:-1])


def _inherit(
    entities: Entities,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    marks: frozenset[str],
    book: Rulebook,
) -> None:
    """In a list the country stands with the first: "the Kuwaiti emir, Crown Prince A and Prime Minister B"."""
    for sentence, row in zip(sentences, mentions, strict=True):
        for left, right in pairwise(row):
            one, other = entities.entity(left), entities.entity(right)
            between = sentence.tokens[left.end : right.start]
            if one is None or other is None or one is other or not all(t.norm in marks for t in between):
                continue
            if one.country and one.kind in ("person", "office") and _is_lonely(other) and not _equals(one, other):
                fits = right.parts.get("role") and has_office(one.country, other, book)
                other.country = one.country if fits else None
            elif other.kind == "office" and other.plural and other.country and _is_lonely(one):
                one.country = other.country


def _accompany(entities: Entities, mentions: Sequence[Sequence[Mention]]) -> None:
    """Who accompanies or deputizes for somebody is of that person's country."""
    latest: Entity | None = None
    for row in mentions:
        for mention in row:
            entity, leader = entities.entity(mention), mention.part("leader") or mention.part("superior")
            if leader is not None and entity is not None and _is_lonely(entity) and not _is_counterpart(entity):
                head = entities.entity(leader) or _named(entities, leader) or latest
                entity.country = head.country if head else None
            elif entity is not None and entity.kind == "person":
                latest = entity


def _named(entities: Entities, name: Mention) -> Entity | None:
    """The person of whom a bare name inside another mention speaks."""
    words = name.value.get("words", ()) if isinstance(name.value, dict) else ()
    return next((e for e in entities.all if e.kind == "person" and words and set(words) <= set(e.words)), None)


def _equals(one: Entity, other: Entity) -> bool:
    """Whether two are of one rank: "the Iranian foreign minister and Foreign Minister B" are of two sides."""
    pairs = ((a, b) for a in one.roles for b in other.roles if a.position == b.position)
    return any(a.fields == b.fields or not a.fields for a, b in pairs)


def _by_article(person: Entity, entities: Entities, scores: Mapping[str, int], book: Rulebook) -> str | None:
    """The country of the article's own officials, unless capitals tell names apart and those behind are of it."""
    own = _at_home(_own_country(person, entities.all, scores, book), book)
    return own if book.caseless or own not in _marked_after(person, entities) else None


def _own_country(person: Entity, entities: Sequence[Entity], scores: Mapping[str, int], book: Rulebook) -> str | None:
    """The country whose officials need no adjective: that of a title that says it, else the one spoken of most."""
    for entity in entities:
        if (only := _by_title(entity, None)) and has_office(only, person, book):
            return only
    named = [code for code in scores if scores[code] > 1 and has_office(code, person, book)]
    labelled = {e.country for e in entities if e.kind == "person" and e.country and e.roles and not e.assumed}
    ranked = sorted(named, key=lambda code: (code in labelled, -scores[code], code))
    free = [code for code in ranked if code not in labelled]
    if len(free) > 1 and scores[free[0]] < _LEAD * scores[free[1]]:
        return None  # spoken of as much: no more than a guess
    most = max((scores[code] for code in named), default=0)
    return ranked[0] if ranked and scores[ranked[0]] * _SHARE >= most else None


def _scores(mentions: Sequence[Sequence[Mention]]) -> Mapping[str, int]:
    scores: Counter[str] = Counter()
    for code, weight in _weights(mentions):
        scores[code] += weight
    return scores


def _weights(mentions: Sequence[Sequence[Mention]]) -> Iterator[tuple[str, int]]:
    for row in mentions:
        for mention in row:
            code = country_of(mention) if mention.kind in _TELLING else None
            if code:
                yield code, _CITY if mention.kind == "city" and mention.has("capital") else _NAME


def _told_from(
    person: Entity, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], opener: frozenset[str]
) -> str | None:
    """The country of the place with which the sentence on the person opens: "In Tokyo, Minister A said"."""
    number = person.first[0]
    tokens = sentences[number].tokens if number < len(sentences) else ()
    row = mentions[number] if tokens and tokens[0].norm in opener else ()
    return next((country_of(m) for m in row if m.start == 1 and m.kind in ("city", "country")), None)


def _by_stance(
    person: Entity,
    entities: Entities,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    book: Rulebook,
) -> str | None:
    """The country whose stance somebody speaks of first: "the Prime Minister reiterated the UK's commitment"."""
    gen, nouns = book.word_set("gen"), book.word_set("own_stance")
    for sentence, row in zip(sentences, mentions, strict=True) if nouns else ():
        people = [m for m in row if m.kind in ("person", "office")][:1]
        if not any(m.start <= _FIRST and entities.entity(m) is person for m in people):
            continue
        for country in (m for m in row if m.kind == "country" and m.start >= people[0].end):
            norms = [token.norm for token in sentence.tokens[country.end : country.end + _STANCE]]
            if norms and norms[0] in gen and not nouns.isdisjoint(norms[1:]):
                return country_of(country)
    return None


def _capital_beside(person: Entity, mentions: Sequence[Sequence[Mention]]) -> str | None:
    """The country of a capital named before the person in the sentence that introduces them."""
    row = mentions[person.first[0]] if person.first[0] < len(mentions) else ()
    codes = [country_of(m) for m in row if m.kind == "city" and m.has("capital") and m.start < person.first[1]]
    return codes[-1] if codes else None
