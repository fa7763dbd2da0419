"""Links the mentions of one article to entities: people by name and office, bodies and countries by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence, Span
from extract.entities.countries import settle_countries
from extract.entities.entity import (
    Entities,
    Entity,
    Key,
    closeness,
    closest_person,
    holds,
    key_of,
    same_body,
    shared_office,
)
from extract.entities.roles import Role, affiliation, body_of, country_of, read_role, text_of, with_country
from extract.rulebook.book import Rulebook
from extract.values.names import Likeness, Name, name_words

_OF_STATE = {"ministry", "parliament", "military", "government"}  # bodies whose delegation is their country's


class _Linker:
    """Builds the entities of one article, pass by pass."""

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str, book: Rulebook):
        self.sentences = sentences
        self.text, self.book = text, book
        self.particles, self.generic = book.word_set("particle"), book.word_set("generic_office")
        self.definite, self.indefinite = book.word_set("definite"), book.word_set("indefinite")
        self.kin, self.descent = book.word_set("kin_office"), book.word_set("descent")
        self.uncounted = self.particles | book.word_set("name_suffix")
        self.tables = {**book.offices, **book.settings("people").get("offices", {})}
        self.same = self.tables.get("same_field", {})
        self.found: list[Entity] = []
        self.of: dict[Key, Entity] = {}
        self.hinted: dict[Key, Entity] = {}
        body = [m for s, row in zip(sentences, mentions, strict=True) for m in row if s.zone != "title"]
        title = [m for s, row in zip(sentences, mentions, strict=True) for m in row if s.zone == "title"]
        self.rows = {s.index: row for s, row in zip(sentences, mentions, strict=True)}
        self.mentions = [*body, *title]  # a headline is read in the light of the body

    def link(self) -> Entities:
        """Full names first, then what refers back to them."""
        people = [m for m in self.mentions if m.kind == "person"]
        for mention in people:
            if len(self.words(mention)) > 1:
                self.join_person(mention)
        for mention in people:
            if len(self.words(mention)) == 1:
                self.join_person(mention)
        self.settle_counterparts()
        for mention in self.mentions:
            if mention.kind == "office":
                self.join_office(mention)
            elif mention.kind in ("organization", "country"):
                self.join_named(mention)
            elif mention.kind == "city" and mention.has("capital"):
                self.of[key_of(mention)] = self.country(mention)
        self.identify_offices()
        hinted = {key: e for key, e in self.hinted.items() if e.number in self.speakers()}
        return Entities(tuple(sorted(self.found, key=lambda e: e.first)), self.of, hinted)

    # ---- people ----

    def words(self, mention: Mention) -> Name:
        start, end = mention.spans.get("name", (mention.start, mention.end))
        tokens = self.sentences[mention.sentence].tokens[start:end]
        return name_words([token.norm for token in tokens], self.uncounted)

    def shared_roles(self, mention: Mention) -> list[Role]:
        """The office that the sentence gave in the plural before the first of those who hold it, for a further one."""
        here = [m for m in self.mentions if m.sentence == mention.sentence and m.end <= mention.start]
        heads = {key_of(m): [h for o in m.parts.get("role", ()) for h in o.parts.get("head", ())] for m in here}
        plural = [
            m
            for m in here
            if m.kind == "person" and any(h.has("plural") or h.has("counterpart") for h in heads[key_of(m)])
        ]
        country = country_of(mention.part("country"))
        return [replace(role, country=country) for role in self.roles(plural[-1])] if plural else []

    def roles(self, mention: Mention) -> list[Role]:
        if mention.has("shared"):
            return self.shared_roles(mention)
        sentence = self.sentences[mention.sentence]
        tail, owner = mention.parts.get("tail", ()), self.owner(mention)
        read = (read_role(o, sentence, self.text, self.tables, tail, owner) for o in mention.parts.get("role", ()))
        roles = [role for role in read if role is not None]
        body = mention.part("org")
        if body is not None and not roles:
            roles = [affiliation(body, sentence, self.text, self.tables)]
        own = self.own_country(mention)
        shared = own or next((role.country for role in roles if role.country), None)
        return [role if role.country or role.international else with_country(role, shared) for role in roles]

    def own_country(self, mention: Mention) -> str | None:
        return country_of(mention.part("country")) or country_of(mention.part("own"))

    def owner(self, mention: Mention) -> tuple[Mention, str] | None:
        """The body that "its" or "whose" before an office refers to: the last one named before it."""
        if "possessed" not in mention.spans:
            return None
        group = mention.part("country")
        if group is not None and group.kind == "organization":
            start, end = group.spans.get("name", (group.start, group.end))
            return group, text_of(self.sentences[mention.sentence], start, end, self.text)
        for number in (mention.sentence, mention.sentence - 1):
            bodies = [m for m in self.rows.get(number, ()) if m.kind == "organization" and key_of(m) < key_of(mention)]
            if bodies:
                start, end = bodies[-1].spans.get("name", (bodies[-1].start, bodies[-1].end))
                return bodies[-1], text_of(self.sentences[number], start, end, self.text)
        return None

    def join_person(self, mention: Mention) -> None:
        words = self.words(mention)
        roles = self.roles(mention)
        spoken = (token.norm for token in self.sentences[mention.sentence].tokens[mention.start : mention.end])
        entity, likeness = closest_person(self.found, words, roles, self.descent, not self.descent.isdisjoint(spoken))
        if entity is None and len(words) == 1 and mention.has("bare"):
            self.hint(mention, words)
            return  # one capitalized word that nothing shows to be a person
        sentence = self.sentences[mention.sentence]
        start, end = mention.spans.get("name", (mention.start, mention.end))
        name = text_of(sentence, start, end, self.text)
        span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end, mention.rule)
        if entity is None:
            entity = self.add("person", name, words, span, mention)
        elif name != entity.name:
            if likeness is Likeness.MISSPELLED:
                entity.misspelled.append((name, span))
            if len(words) > len(entity.words):
                name, entity.name, entity.words, entity.span = entity.name, name, words, span
            _note(entity.aliases, name)
        self.touch(entity, mention)
        entity.visiting = entity.visiting or "visiting" in mention.spans
        entity.country = entity.country or self.own_country(mention)
        for role in roles:
            self.add_role(entity, role)

    def hint(self, mention: Mention, words: Name) -> None:
        """Note a single capitalized word that would be a surname if somebody met it."""
        sentence = self.sentences[mention.sentence]
        tokens = sentence.tokens[mention.start : mention.end]
        if any(token.shape != "c" for token in tokens):
            return
        known = next((e for e in self.hinted.values() if e.words == words), None)
        if known is None:
            span = Span(tokens[0].start, tokens[-1].end, mention.rule)
            name = text_of(sentence, mention.start, mention.end, self.text)
            known = Entity(-1 - len(self.hinted), "person", name, words, span, key_of(mention))
        self.hinted[key_of(mention)] = known

    def speakers(self) -> set[int]:
        """Of the words that may be surnames those that say something somewhere in the article."""
        verbs, found = self.book.word_set("speech_verb"), set()
        for (number, start, end), entity in self.hinted.items():
            tokens = self.sentences[number].tokens
            beside = [*tokens[max(start - 1, 0) : start], *tokens[end : end + 1]]
            if any(token.norm in verbs for token in beside):
                found.add(entity.number)
        return found

    def add_role(self, entity: Entity, role: Role) -> None:
        alike = [r for r in entity.roles if r.head == role.head]
        known = next((r for r in alike if r.fields <= role.fields or role.fields <= r.fields), None)
        if known is None:
            entity.roles.append(role)
        elif len(role.fields) > len(known.fields) or (role.country and not known.country):
            fuller = role if role.country or not known.country else with_country(role, known.country)
            entity.roles[entity.roles.index(known)] = fuller
        entity.country = entity.country or role.country

    # ---- offices without a name ----

    def join_office(self, mention: Mention) -> None:
        roles = self.roles(mention)
        owner = country_of(mention.part("country"))
        if mention.has("delegation") and (body := body_of(mention)) is not None and not _OF_STATE & set(body.features):
            owner = owner if self.sentences[mention.sentence].zone == "title" else None
        if not owner and not any(role.country or not self.is_plural(mention) for role in roles):
            if (body := body_of(mention)) is not None:
                self.join_named(body)
                self.of[key_of(mention)] = self.of[key_of(body)]
            return
        sentence = self.sentences[mention.sentence]
        entity = self.holder(roles[0], mention) if roles and not self.is_plural(mention) else None
        name = text_of(sentence, mention.start, mention.end, self.text)
        if entity is None:
            span = Span(sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end, mention.rule)
            entity = self.add("office", name, (), span, mention)
            entity.plural = self.is_plural(mention)
            entity.country = owner or roles[0].country
            entity.roles = list(roles)
        else:
            _note(entity.aliases, name)
            entity.country = entity.country or roles[0].country
        self.touch(entity, mention)

    def is_plural(self, mention: Mention) -> bool:
        return any(office.has("plural") for office in mention.parts.get("role", ())) or mention.has("delegation")

    def holder(self, role: Role, mention: Mention) -> Entity | None:
        """The latest person before the mention who holds the office; "the official" is whoever was spoken of last."""
        if role.counterpart or not self.may_refer(role, mention):
            return None
        holders = [e for e in self.found if e.kind in ("person", "office") and holds(e, role, self.generic, self.same)]
        if role.country:
            here = {id(e) for key, e in self.of.items() if key[0] == mention.sentence}
            sure = [e for e in holders if e.country == role.country]
            holders = sure or [e for e in holders if id(e) not in here]
        before = [e for e in holders if e.first < key_of(mention)] or holders
        named = [e for e in before if e.kind == "person"] or before
        closest = max((closeness(e, role) for e in named), default=0)
        named = [e for e in named if closeness(e, role) == closest]
        return max(named, key=lambda e: self.last_seen(e, mention), default=None)

    def may_refer(self, role: Role, mention: Mention) -> bool:
        """Whether it may be somebody spoken of: "an envoy" is not, and of "official" only "the official" is."""
        tokens = self.sentences[mention.sentence].tokens[max(mention.start - 1, 0) : mention.end]
        words = {token.norm for token in tokens}
        if words & self.indefinite and not words & self.definite:
            return False
        return role.head not in self.generic or not self.definite or bool(words & self.definite)

    def last_seen(self, entity: Entity, mention: Mention) -> Key:
        seen = [key for key, each in self.of.items() if each is entity and key < key_of(mention)]
        return max(seen, default=entity.first)

    def identify_offices(self) -> None:
        """An office that opens the article and the name that the next sentences give without office are one person."""
        plural = [e for e in self.found if e.kind == "office" and e.plural and e.country]
        joint = {e.number for e in plural for o in plural if o.first[0] == e.first[0] and o.country != e.country}
        for office in [e for e in self.found if e.kind == "office"]:
            if office.plural:
                person = self.one_of(office) if office.number in joint else None
            else:
                person = self.identify(office)
            if person is None:
                continue
            for role in office.roles:
                self.add_role(person, role)
            person.country = person.country or office.country
            _note(person.aliases, office.name)
            person.first = min(person.first, office.first)
            self.of = {key: person if each is office else each for key, each in self.of.items()}
            self.found.remove(office)

    def identify(self, office: Entity) -> Entity | None:
        """The person whom the sentences just after the office name: one of the same office, else one of none."""
        if not office.roles:
            return None
        near = {office.first[0], office.first[0] + 1, office.first[0] + 2}
        later = [e for e in self.found if e.kind == "person" and e.first[0] in near and e.first > office.first]
        later = [e for e in later if not (e.country and office.country) or e.country == office.country]
        role = self.settled(office)
        here = [e for e in later if e.country == office.country]
        same = [e for e in here if any(r.position == role.position and r.position for r in e.roles)]
        if same:
            return same[0]
        following = [e for e in later if e.first[0] > office.first[0] and len(e.words) > 1]
        without = [e for e in following if not e.roles and self.leads(e)]
        beside = [e for e in self.found if e.kind == "person" and not e.roles and e.first[0] == office.first[0]]
        if len(beside) == 1 and len(beside[0].words) > 1 and office.country and beside[0].first < office.first:
            return beside[0]
        return without[0] if without and self.opens(office) else None

    def one_of(self, office: Entity) -> Entity | None:
        """Of officials of several countries the one whom the next sentences name for this country."""
        if not office.roles or office.roles[0].head in self.generic:
            return None
        number, role = office.first[0], office.roles[0]
        near = [e for e in self.found if e.kind == "person" and number <= e.first[0] <= number + 2]
        here = [e for e in near if e.country == office.country and e.first > office.first]
        fitting = [e for e in here if not e.roles or any(r.position == role.position for r in e.roles)]
        return fitting[0] if len(fitting) == 1 else None

    def settled(self, office: Entity) -> Role:
        """The office of an entity; that of a counterpart is the office of the person spoken of before."""
        role = office.roles[0]
        model = self.person_before(office, office.span) if role.counterpart and role.position is None else None
        held = shared_office(model) if model else None
        if held is not None:
            office.roles[0] = role = replace(role, position=held.position, fields=held.fields)
        return role

    def opens(self, office: Entity) -> bool:
        """Whether the office is the first, or the only one without a name, of its sentence."""
        row = [(key, e) for key, e in self.of.items() if key[0] == office.first[0] and e.kind in ("person", "office")]
        nameless = [e for _, e in row if e.kind == "office"]
        alone = nameless == [office] and office.roles[0].head not in self.generic
        return bool(row) and (min(key for key, _ in row) == office.first or alone)

    def leads(self, person: Entity) -> bool:
        """Whether the person is the first of the sentence without an office of their own."""
        row = [(key, e) for key, e in self.of.items() if key[0] == person.first[0] and e.kind == "person"]
        free = [key for key, e in row if not e.roles]
        return bool(free) and min(free) == person.first

    def settle_counterparts(self) -> None:
        """A counterpart holds the office of the person spoken of before; "his minister" is of that person's country."""
        for entity in self.found:
            for place, role in enumerate(entity.roles):
                if role.counterpart:
                    model = self.person_before(entity, role.span)
                    held = shared_office(model) if model else None
                    position = held.position if held else None
                    entity.roles[place] = replace(role, position=position, fields=held.fields if held else role.fields)
                    continue
                model = self.person_before(entity, role.span) if role.head in self.kin and not role.country else None
                if model:
                    entity.roles[place] = replace(role, country=model.country)
                    entity.country = entity.country or model.country
            known = [role for role in entity.roles if not (role.counterpart and role.position is None)]
            entity.roles[:] = known or entity.roles

    def person_before(self, entity: Entity, span: Span) -> Entity | None:
        """The person with an office who was mentioned last before the words that relate the entity to somebody."""
        here = next((s.index for s in self.sentences if s.start <= span.start < s.end), entity.first[0])
        tokens = self.sentences[here].tokens
        place = (here, next((i for i, token in enumerate(tokens) if token.start >= span.start), 0), 0)
        seen = [(key, e) for key, e in self.of.items() if e is not entity and key < place]
        fitting = [(key, e) for key, e in seen if e.kind == "person" and any(r.position for r in e.roles)]
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    # ---- bodies and countries ----

    def join_named(self, mention: Mention) -> None:
        if mention.kind == "country":
            self.of[key_of(mention)] = self.country(mention)
            return
        sentence = self.sentences[mention.sentence]
        start, end = mention.spans.get("name", (mention.start, mention.end))
        name = text_of(sentence, start, end, self.text)
        norms = tuple(token.norm for token in sentence.tokens[start:end])
        body = mention.value.get("id") if isinstance(mention.value, dict) else None
        known = next((e for e in self.found if e.kind == "organization" and same_body(e, norms, name, body)), None)
        if known is None:
            span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end, mention.rule)
            known = self.add("organization", name, norms, span, mention)
            known.country, known.body = country_of(mention), body
            known.government = mention.has("ministry") or mention.has("government")
        elif name != known.name:
            _note(known.aliases, name)
        if acronym := self.acronym(mention, sentence):
            _note(known.aliases, acronym)
        self.touch(known, mention)

    def acronym(self, mention: Mention, sentence: Sentence) -> str | None:
        span = mention.spans.get("acronym")
        return text_of(sentence, *span, self.text) if span else None

    def country(self, mention: Mention) -> Entity:
        code = country_of(mention)
        sentence = self.sentences[mention.sentence]
        known = next((e for e in self.found if e.kind == "country" and e.country == code), None)
        name = text_of(sentence, mention.start, mention.end, self.text)
        if known is None:
            span = Span(sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end, mention.rule)
            known = self.add("country", name, (), span, mention)
            known.country = code
        elif name != known.name:
            if mention.kind == "country" and known.span.rule.endswith(".city"):
                known.name, name = name, known.name
                first, last = sentence.tokens[mention.start], sentence.tokens[mention.end - 1]
                known.span = Span(first.start, last.end, mention.rule)
            _note(known.aliases, name)
        return known

    # ---- all ----

    def add(self, kind: str, name: str, words: Name, span: Span, mention: Mention) -> Entity:
        entity = Entity(len(self.found), kind, name, words, span, key_of(mention))
        self.found.append(entity)
        return entity

    def touch(self, entity: Entity, mention: Mention) -> None:
        self.of[key_of(mention)] = entity
        entity.first = min(entity.first, key_of(mention))


def link_mentions(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str, book: Rulebook, home: str | None
) -> Entities:
    """The entities of an article. `home` is the country of its dateline, that of an official without another."""
    entities = _Linker(sentences, mentions, text, book).link()
    settle_countries(entities, sentences, mentions, home, book)
    return entities


def _note(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
