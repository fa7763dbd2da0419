"""Who holds an office: the counterpart of somebody, and the person whom the article names only later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.entities.entity import Entity, same_position, shared_office
from extract.entities.roles import Role
from extract.entities.table import Table


@dataclass(frozen=True)
class Holders:
    """Finds for offices that stand alone, or refer to somebody else's, the people that the table already has.

    `generic` are the heads of offices that anybody may hold ("official"), `kin` those that belong to somebody, `links`
    what stands between a name and the office that is its own.
    """

    table: Table
    generic: frozenset[str]
    kin: frozenset[str]
    links: frozenset[str]

    def settle_counterparts(self) -> None:
        """A counterpart holds the office of the person spoken of before; "his minister" is of that person's country."""
        for entity in self.table.found:
            for place, role in enumerate(entity.roles):
                if role.counterpart:
                    model = self.table.person_before(entity, role.span)
                    held = shared_office(model) if model else None
                    position = held.position if held else None
                    entity.roles[place] = replace(role, position=position, fields=held.fields if held else role.fields)
                    continue
                akin = role.head in self.kin and not role.country
                model = self.table.person_before(entity, role.span) if akin else None
                if model:
                    entity.roles[place] = replace(role, country=model.country)
                    entity.country = entity.country or model.country
            known = [role for role in entity.roles if not (role.counterpart and role.position is None)]
            entity.roles[:] = known or entity.roles

    def stand_for_bodies(self) -> None:
        """The secretary-general whom nobody names stands for the one international body that the article speaks of."""
        bodies = {e.body: e for e in self.table.found if e.kind == "organization" and e.body and e.country is None}
        whole = [e for key, e in bodies.items() if not any(str(key).startswith(f"{other}-") for other in bodies)]
        for office in [e for e in self.table.found if e.kind == "office" and e.country is None and len(whole) == 1]:
            if office.roles and all(role.position == "secretary_general" for role in office.roles):
                self.table.replace(office, whole[0])

    def identify_offices(self) -> None:
        """An office that opens the article and the name that the next sentences give without office are one person."""
        plural = [e for e in self.table.found if e.kind == "office" and e.plural and e.country]
        joint = {e.number for e in plural for o in plural if o.first[0] == e.first[0] and o.country != e.country}
        for office in [e for e in self.table.found if e.kind == "office"]:
            if office.plural:
                person = self.one_of(office) if office.number in joint else None
            else:
                person = self.identify(office)
            if person is None:
                continue
            for role in office.roles:
                self.table.add_role(person, role)
            person.country = person.country or office.country
            person.call_also(office.name)
            person.first = min(person.first, office.first)
            self.table.replace(office, person)

    def identify(self, office: Entity) -> Entity | None:
        """The person whom the sentences just after the office name: one of the same office, else one of none."""
        if not office.roles:
            return None
        near = {office.first[0], office.first[0] + 1, office.first[0] + 2}
        later = [e for e in self.table.found if e.kind == "person" and e.first[0] in near and e.first > office.first]
        later = [e for e in later if not (e.country and office.country) or e.country == office.country]
        role = self.settled(office)
        here = [e for e in later if e.country == office.country]
        same = [e for e in here if any(same_position(r, role) for r in e.roles)]
        if same:
            return same[0]
        named = {e.number for key, e in self.table.of.items() if key[0] == office.first[0]}
        following = [e for e in later if e.first[0] > office.first[0] and len(e.words) > 1]
        without = [e for e in following if not e.roles and e.number not in named and self.leads(e)]
        return self.apposed(office) or (without[0] if without and self.opens(office) else None)

    def apposed(self, office: Entity) -> Entity | None:
        """The only person of the sentence without an office, where it follows the name: "A, long the B minister"."""
        number, start, _ = office.first
        row = [(key, e) for key, e in self.table.of.items() if key[0] == number and e.kind == "person" and not e.roles]
        ends = {key[2] for key, _ in row if key[1] < start}
        if not office.country or len({e.number for _, e in row}) != 1 or not ends or len(row[0][1].words) < 2:
            return None
        between = self.table.sentences[number].tokens[max(ends) : start]
        return row[0][1] if between and between[0].norm in self.links else None

    def one_of(self, office: Entity) -> Entity | None:
        """Of officials of several countries the one whom the next sentences name for this country."""
        if not office.roles or office.roles[0].head in self.generic:
            return None
        number, role = office.first[0], office.roles[0]
        near = [e for e in self.table.found if e.kind == "person" and number <= e.first[0] <= number + 2]
        here = [e for e in near if e.country == office.country and e.first > office.first]
        fitting = [e for e in here if not e.roles or any(r.position == role.position for r in e.roles)]
        return fitting[0] if len(fitting) == 1 else None

    def settled(self, office: Entity) -> Role:
        """The office of an entity; that of a counterpart is the office of the person spoken of before."""
        role = office.roles[0]
        model = self.table.person_before(office, office.span) if role.counterpart and role.position is None else None
        held = shared_office(model) if model else None
        if held is not None:
            office.roles[0] = role = replace(role, position=held.position, fields=held.fields)
        return role

    def opens(self, office: Entity) -> bool:
        """Whether the office is the first, or the only one without a name, of its sentence."""
        here = [(key, e) for key, e in self.table.of.items() if key[0] == office.first[0]]
        row = [(key, e) for key, e in here if e.kind in ("person", "office")]
        nameless = [e for _, e in row if e.kind == "office"]
        alone = nameless == [office] and office.roles[0].head not in self.generic
        return bool(row) and (min(key for key, _ in row) == office.first or alone)

    def leads(self, person: Entity) -> bool:
        """Whether the person is the first of the sentence without an office of their own."""
        row = [(key, e) for key, e in self.table.of.items() if key[0] == person.first[0] and e.kind == "person"]
        free = [key for key, e in row if not e.roles]
        return bool(free) and min(free) == person.first
