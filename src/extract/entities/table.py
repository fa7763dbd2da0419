"""The entities of one article while they are found: which there are, and which mention stands for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.annotations import Mention, Sentence, Span
from extract.entities.entity import Entity, Key, key_of
from extract.entities.roles import Role, with_country
from extract.values.names import Name


@dataclass
class Table:
    """The entities found so far, in the order of finding, and the entity of each mention."""

    sentences: Sequence[Sentence]
    found: list[Entity] = field(default_factory=list)
    of: dict[Key, Entity] = field(default_factory=dict)

    def add(self, kind: str, name: str, words: Name, span: Span, mention: Mention) -> Entity:
        entity = Entity(len(self.found), kind, name, words, span, key_of(mention))
        self.found.append(entity)
        return entity

    def touch(self, entity: Entity, mention: Mention) -> None:
        self.of[key_of(mention)] = entity
        entity.first = min(entity.first, key_of(mention))

    def replace(self, office: Entity, person: Entity) -> None:
        """Let the person stand wherever the office stood."""
        self.of = {key: person if each is office else each for key, each in self.of.items()}
        self.found.remove(office)

    def add_role(self, entity: Entity, role: Role) -> None:
        alike = [r for r in entity.roles if r.head == role.head]
        known = next((r for r in alike if r.fields <= role.fields or role.fields <= r.fields), None)
        if known is None:
            entity.roles.append(role)
        elif len(role.fields) > len(known.fields) or (role.country and not known.country):
            fuller = role if role.country or not known.country else with_country(role, known.country)
            entity.roles[entity.roles.index(known)] = fuller
        entity.country = entity.country or role.country

    def last_seen(self, entity: Entity, mention: Mention) -> Key:
        seen = [key for key, each in self.of.items() if each is entity and key < key_of(mention)]
        return max(seen, default=entity.first)

    def person_before(self, entity: Entity, span: Span) -> Entity | None:
        """The person with an office who was mentioned last before the words that relate the entity to somebody."""
        here = next((s.index for s in self.sentences if s.start <= span.start < s.end), entity.first[0])
        tokens = self.sentences[here].tokens
        place = (here, next((i for i, token in enumerate(tokens) if token.start >= span.start), 0), 0)
        seen = [(key, e) for key, e in self.of.items() if e is not entity and key < place]
        fitting = [(key, e) for key, e in seen if e.kind == "person" and any(r.position for r in e.roles)]
        return max(fitting, key=lambda each: each[0])[1] if fitting else None
