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
)
from extract.entities.holders import Holders
from extract.entities.pairs import link_pairs
from extract.entities.roles import Role, affiliation, body_of, country_of, read_role, text_of, with_country
from extract.entities.table import Table
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
        self.descent = book.word_set("descent")
        self.uncounted = self.particles | book.word_set("name_suffix")
        self.tables = {**book.offices, **book.settings("people").get("offices", {})}
        self.same = self.tables.get("same_field", {})
        self.table = Table(sentences)
        self.holders = Holders(self.table, self.generic, book.word_set("kin_office"), book.word_set("apposing"))
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
        self.holders.settle_counterparts()
        for mention in self.mentions:
            if mention.kind == "office":
                self.join_office(mention)
            elif mention.kind in ("organization", "country"):
                self.join_named(mention)
            elif mention.kind == "city" and mention.has("capital"):
                self.table.of[key_of(mention)] = self.country(mention)
        self.holders.identify_offices()
        self.holders.stand_for_bodies()
        hinted = {key: e for key, e in self.hinted.items() if e.number in self.speakers()}
        return Entities(tuple(sorted(self.table.found, key=lambda e: e.first)), self.table.of, hinted)

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
        descends = not self.descent.isdisjoint(spoken)
        entity, likeness = closest_person(self.table.found, words, roles, self.descent, descends)
        if entity is None and len(words) == 1 and mention.has("bare"):
            self.hint(mention, words)
            return  # one capitalized word that nothing shows to be a person
        sentence = self.sentences[mention.sentence]
        start, end = mention.spans.get("name", (mention.start, mention.end))
        name = text_of(sentence, start, end, self.text)
        span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end, mention.rule)
        if entity is None:
            entity = self.table.add("person", name, words, span, mention)
        elif name != entity.name:
            if likeness is Likeness.MISSPELLED:
                entity.misspelled.append((name, span))
            if len(words) > len(entity.words):
                name, entity.name, entity.words, entity.span = entity.name, name, words, span
            entity.call_also(name)
        self.table.touch(entity, mention)
        entity.visiting = entity.visiting or "visiting" in mention.spans
        entity.country = entity.country or self.own_country(mention)
        for role in roles:
            self.table.add_role(entity, role)

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

    # ---- offices without a name ----

    def join_office(self, mention: Mention) -> None:
        roles = self.roles(mention)
        owner = country_of(mention.part("country"))
        if mention.has("delegation") and (body := body_of(mention)) is not None and not _OF_STATE & set(body.features):
            owner = owner if self.sentences[mention.sentence].zone == "title" else None
        if not owner and not any(role.country or not self.is_plural(mention) for role in roles):
            if (body := body_of(mention)) is not None:
                self.join_named(body)
                self.table.of[key_of(mention)] = self.table.of[key_of(body)]
            return
        sentence = self.sentences[mention.sentence]
        entity = self.holder(roles[0], mention) if roles and not self.is_plural(mention) else None
        name = text_of(sentence, mention.start, mention.end, self.text)
        if entity is None:
            span = Span(sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end, mention.rule)
            entity = self.table.add("office", name, (), span, mention)
            entity.plural = self.is_plural(mention)
            entity.country = owner or roles[0].country
            entity.roles = list(roles)
        else:
            entity.call_also(name)
            entity.country = entity.country or roles[0].country
        self.table.touch(entity, mention)

    def is_plural(self, mention: Mention) -> bool:
        return any(office.has("plural") for office in mention.parts.get("role", ())) or mention.has("delegation")

    def holder(self, role: Role, mention: Mention) -> Entity | None:
        """The latest person before the mention who holds the office; "the official" is whoever was spoken of last."""
        if role.counterpart or not self.may_refer(role, mention):
            return None
        people = [e for e in self.table.found if e.kind in ("person", "office")]
        holders = [e for e in people if holds(e, role, self.generic, self.same)]
        if role.country:
            here = {id(e) for key, e in self.table.of.items() if key[0] == mention.sentence}
            sure = [e for e in holders if e.country == role.country]
            holders = sure or [e for e in holders if id(e) not in here]
        before = [e for e in holders if e.first < key_of(mention)] or holders
        named = [e for e in before if e.kind == "person"] or before
        closest = max((closeness(e, role) for e in named), default=0)
        named = [e for e in named if closeness(e, role) == closest]
        return max(named, key=lambda e: self.table.last_seen(e, mention), default=None)

    def may_refer(self, role: Role, mention: Mention) -> bool:
        """Whether it may be somebody spoken of: "an envoy" is not, and of "official" only "the official" is."""
        tokens = self.sentences[mention.sentence].tokens[max(mention.start - 1, 0) : mention.end]
        words = {token.norm for token in tokens}
        if words & self.indefinite and not words & self.definite:
            return False
        return role.head not in self.generic or not self.definite or bool(words & self.definite)

    # ---- bodies and countries ----

    def join_named(self, mention: Mention) -> None:
        if mention.kind == "country":
            self.table.of[key_of(mention)] = self.country(mention)
            return
        sentence = self.sentences[mention.sentence]
        start, end = mention.spans.get("name", (mention.start, mention.end))
        name = text_of(sentence, start, end, self.text)
        norms = tuple(token.norm for token in sentence.tokens[start:end])
        body = mention.value.get("id") if isinstance(mention.value, dict) else None
        bodies = [e for e in self.table.found if e.kind == "organization"]
        known = next((e for e in bodies if same_body(e, norms, name, body)), None)
        if known is None:
            span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end, mention.rule)
            known = self.table.add("organization", name, norms, span, mention)
            known.country, known.body = country_of(mention), body
            known.government = mention.has("ministry") or mention.has("government")
            known.unlisted = mention.has("unlisted")
        elif name != known.name:
            known.call_also(name)
        if acronym := self.acronym(mention, sentence):
            known.call_also(acronym)
        self.table.touch(known, mention)

    def acronym(self, mention: Mention, sentence: Sentence) -> str | None:
        span = mention.spans.get("acronym")
        return text_of(sentence, *span, self.text) if span else None

    def country(self, mention: Mention) -> Entity:
        code = country_of(mention)
        sentence = self.sentences[mention.sentence]
        known = next((e for e in self.table.found if e.kind == "country" and e.country == code), None)
        name = text_of(sentence, mention.start, mention.end, self.text)
        if known is None:
            span = Span(sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end, mention.rule)
            known = self.table.add("country", name, (), span, mention)
            known.country = code
        elif name != known.name:
            if mention.kind == "country" and known.span.rule.endswith(".city"):
                known.name, name = name, known.name
                first, last = sentence.tokens[mention.start], sentence.tokens[mention.end - 1]
                known.span = Span(first.start, last.end, mention.rule)
            known.call_also(name)
        return known


def link_mentions(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str, book: Rulebook, home: str | None
) -> Entities:
    """The entities of an article. `home` is the country of its dateline, that of an official without another."""
    entities = _Linker(sentences, mentions, text, book).link()
    settle_countries(entities, sentences, mentions, home, book)
    return link_pairs(entities, sentences, mentions, book)
