"""Entities of one article, and whether an office, a name or a body may be one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.annotations import Mention, Span
from extract.entities.roles import Role
from extract.values.names import Likeness, Name, compare_names

Key = tuple[int, int, int]
_SECOND = "deputy_head_of_government"
_OF_A_FIELD = frozenset({"minister", "deputy_minister"})
_REPUBLIC = "republic"


@dataclass(slots=True)
class Entity:
    """One person, body or country of the article. `kind` is person, organization, country, or office where only an
    office is known; `first` is the place of its first mention; `assumed` marks a country that only the article's home
    gives, `unlisted` people of whom none is named, who are met and yet no participant.
    """

    number: int
    kind: str
    name: str
    words: Name
    span: Span
    first: Key
    country: str | None = None
    roles: list[Role] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    visiting: bool = False
    plural: bool = False
    government: bool = False
    body: str | None = None
    assumed: bool = False
    unlisted: bool = False
    misspelled: list[tuple[str, Span]] = field(default_factory=list)

    def call_also(self, name: str) -> None:
        """Note a further name of the entity."""
        if name not in self.aliases:
            self.aliases.append(name)


@dataclass(frozen=True, slots=True)
class Entities:
    """All entities of an article, and which one each mention refers to.

    `hinted` are single capitalized words that may be a surname: they count only where somebody meets them. `pairs` are
    the countries that one word joins ("Iran-Japan").
    """

    all: tuple[Entity, ...]
    of: Mapping[Key, Entity]
    hinted: Mapping[Key, Entity] = field(default_factory=dict)
    pairs: Mapping[Key, tuple[Entity, ...]] = field(default_factory=dict)

    def entity(self, mention: Mention) -> Entity | None:
        """The entity that a mention refers to; None where that is open."""
        return self.of.get(key_of(mention))


def key_of(mention: Mention) -> Key:
    """The place of a mention: sentence, first token, last token (exclusive)."""
    return mention.sentence, mention.start, mention.end


def may_hold(entity: Entity, roles: Sequence[Role]) -> bool:
    """Not two people of one name: a role for another country speaks against it."""
    stated = {role.country for role in roles if role.country}
    return not stated or entity.country is None or entity.country in stated


def shared_office(model: Entity) -> Role | None:
    """The office in which somebody has a counterpart: of a deputy premier who is a minister, the ministry."""
    held = [role for role in model.roles if role.position]
    return next((role for role in held if role.position != _SECOND), held[0] if held else None)


def shares_office(entity: Entity, roles: Sequence[Role]) -> bool:
    """Whether the entity holds an office of the same chief noun as one of the roles."""
    return any(a.head == b.head for a in entity.roles for b in roles)


def _is_father(words: Name, entity: Entity, descent: frozenset[str]) -> bool:
    """Whether a word is the name of somebody's father, which closes the name: "Salman" of "Mohammed bin Salman"."""
    spoken = entity.name.split()
    return len(words) == 1 and words[0] == entity.words[-1] and len(spoken) > 2 and spoken[-2] in descent


def closest_person(
    found: Sequence[Entity], words: Name, roles: Sequence[Role], descent: frozenset[str], descends: bool = False
) -> tuple[Entity | None, Likeness]:
    """The person of an article whom a name means, and how well it fits; a middle name alone where only one has it.

    `descent` are the words between the names of child and father, of which the name has one where it `descends`.
    """
    people = [e for e in found if e.kind == "person" and (descends or not _is_father(words, e, descent))]
    told = ((descends or not descent.isdisjoint(e.name.split()), e) for e in people)
    scored = [(compare_names(words, e.words, of_father), e) for of_father, e in told]
    for likeness in (Likeness.SAME, Likeness.PART, Likeness.MISSPELLED):
        fitting = [e for degree, e in scored if degree is likeness and may_hold(e, roles)]
        if len(fitting) > 1:
            fitting = [e for e in fitting if shares_office(e, roles)] or fitting[-1:]
        if fitting:
            return fitting[0], likeness
    inner = [e for e in people if len(words) == 1 and words[0] in e.words[1:-1]]
    if len(inner) == 1 and not descent and may_hold(inner[0], roles):
        return inner[0], Likeness.PART
    return None, Likeness.NONE


def holds(entity: Entity, role: Role, generic: frozenset[str], same_field: Mapping[str, str]) -> bool:
    """Whether the entity holds the office that a role states, or one that it may stand for.

    `same_field` holds the other words for one field: "external" for "foreign".
    """
    country = entity.country or next((r.fallback_country for r in entity.roles if r.fallback_country), None)
    if role.country and country and role.country != country:
        return False
    if role.head in generic:
        return entity.kind == "person" and (role.country is None or entity.country == role.country)
    for held in entity.roles:
        alike = held.position == role.position and held.position not in (None, "official")
        fits = held.head == role.head or (alike and not told_apart(held.head, role.head))
        fits = fits and (role.fields <= held.fields or held.fields <= role.fields)
        if fits and _of_one_regime(role, held) and _of_one_field(role, held, same_field):
            return True
    return False


def same_position(one: Role, other: Role) -> bool:
    """Whether two offices mean one position, and none of another form of state."""
    return one.position == other.position is not None and _of_one_regime(one, other)


def _of_one_regime(one: Role, other: Role) -> bool:
    """Not so where one is an office of republics, and the other one of monarchies: a king is no president."""
    return not (one.regime and other.regime) or (one.regime == _REPUBLIC) is (other.regime == _REPUBLIC)


def _of_one_field(one: Role, other: Role, same_field: Mapping[str, str]) -> bool:
    """Not so where one office tells its field by its very title, and the other another: "secretary of state"."""
    if one.head == other.head or bool(one.fields) is bool(other.fields) or one.position not in _OF_A_FIELD:
        return True
    bare, told = (other, one) if one.fields else (one, other)
    words = {same_field.get(word, word) for word in bare.head.split() if word not in told.head.split()}
    return len(words) <= 1 or any(same_field.get(word, word) in words for word in told.fields)


def told_apart(one: str, other: str) -> bool:
    """Whether two offices are named in full, and by different words: the heads of two bodies."""
    return " " in one and " " in other and one.split()[0] == other.split()[0]


def closeness(entity: Entity, role: Role) -> int:
    """How much the words of an office are those of one that the entity holds: all, the first, some, none."""
    words = role.head.split()
    held = [each.head.split() for each in entity.roles if each.head]
    if words in held:
        return 3
    if any(each[0] == words[0] for each in held):
        return 2
    return 1 if any(set(each) & set(words) for each in held) else 0


def same_body(entity: Entity, norms: Name, name: str, body: str | None = None) -> bool:
    """Whether a body named again is one already known, by its id in the lists, its name or its acronym."""
    return (
        (body is not None and entity.body == body)
        or entity.words == norms
        or name in entity.aliases
        or is_acronym(name, entity.words)
    )


def is_acronym(name: str, words: Name) -> bool:
    """Whether a name is the first letters of the words of another."""
    letters = "".join(word[0] for word in words if word and word[0].isalpha())
    return name.isupper() and len(name) > 2 and name.lower() == letters
