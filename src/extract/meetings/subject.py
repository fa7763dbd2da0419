"""Who acts in a sentence: the side that a trigger's own words leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.annotations import Mention, Span
from extract.entities import Entity
from extract.meetings.circumstances import match_of
from extract.meetings.reading import Reading

_FIRST = 4  # tokens before the first country or body of a sentence, if it is the subject
_OPENING = 8  # the same with words of saying or of time before the word for a meeting
_SPOKESPERSON = "spokesperson"


def find_subject(trigger: Mention, reading: Reading) -> tuple[Entity | None, Span | None]:
    row = [m for m in reading.mentions[trigger.sentence] if m.kind in ("person", "office", "organization", "country")]
    inside = {(m.start, m.end) for parts in trigger.parts.values() for m in parts}
    free = [m for m in row if (m.start, m.end) not in inside and can_be_subject(m, reading)]
    before = [m for m in free if m.end <= trigger.start]
    people = [m for m in before if m.kind in ("person", "office")]
    people = _of_the_last_clause(people, reading) or people
    after = [m for m in free if m.start >= trigger.end and m.kind in ("person", "office")]
    after = [m for m in after if not _only_says(m, trigger, reading)]
    first = [m for m in before[:1] if m.start <= _FIRST]  # a country further on is the subject of no sentence
    for mention in [*_actor_before(trigger, reading), *people[:1], *after[:1], *first]:
        return reading.entities.entity(mention), reading.span(mention)
    return None, None


def subject_person(sentence: int, reading: Reading) -> Entity | None:
    """The person whom a sentence speaks of first, for the pronouns of the next; nobody new where that is a pronoun."""
    for mention in reading.mentions[sentence]:
        if mention.kind == "pronoun" and mention.has("address"):
            return None
        if mention.kind in ("person", "office") and can_be_subject(mention, reading):
            entity = reading.entities.entity(mention)
            if entity is not None and entity.kind == "person" and not _speaks_for_others(entity):
                return entity
    return None


def _speaks_for_others(entity: Entity) -> bool:
    """Whether somebody is only known as a spokesperson; "he" in the next sentence is then another."""
    return bool(entity.roles) and all(role.position == _SPOKESPERSON for role in entity.roles)


def subject_before(pronoun: Mention, reading: Reading) -> Entity | None:
    """The person that the same sentence has as its subject before the pronoun ("A said he met B").

    Another pronoun in between ("A said he called B before she met C") leaves the person named last. Who is met there
    is none ("Apart from talks with A, he met B").
    """
    met = {m.start for t in reading.triggers[pronoun.sentence] for m in t.parts.get("b", ()) if t.end <= pronoun.start}
    row = reading.mentions[pronoun.sentence]
    words = {reading.words(m).lower() for m in row if m.kind == "pronoun" and m.end <= pronoun.start}
    other = bool(words - {reading.words(pronoun).lower()}) and not pronoun.has("object")
    for mention in reversed(row) if other else [m for m in row if m.start not in met]:
        if mention.end <= pronoun.start and mention.kind in ("person", "office") and can_be_subject(mention, reading):
            entity = reading.entities.entity(mention)
            if entity is not None and entity.kind == "person":
                return entity
    return None


def beside(first: Span, trigger: Mention, reading: Reading) -> Iterator[tuple[Entity, Span]]:
    """Who is joined to the subject by a conjunction: "A and B left after a meeting with C"."""
    row, tokens = reading.mentions[trigger.sentence], reading.sentences[trigger.sentence].tokens
    joint = reading.book.word_set("conjunction")
    for left, right in pairwise(row):
        entity = reading.entities.entity(right)
        between = [token.norm for token in tokens[left.end : right.start]]
        alike = left.kind == right.kind == "person" and reading.span(left).start == first.start
        if alike and entity is not None and len(between) == 1 and between[0] in joint and right.end <= trigger.start:
            yield entity, reading.span(right)


def _only_says(mention: Mention, trigger: Mention, reading: Reading) -> bool:
    """Whether somebody behind the meeting only tells of it ("the talks with B go on, A said"); in a sentence that opens
    with the meeting it is one of those who met ("After talks with B, A said").
    """
    tokens, verbs = reading.sentences[mention.sentence].tokens, reading.book.word_set("speech_verb")
    beside = [*tokens[max(mention.start - 1, 0) : mention.start], *tokens[mention.end : mention.end + 1]]
    return match_of(trigger)[0] > _OPENING and any(token.norm in verbs for token in beside)


def _of_the_last_clause(people: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The people from the last on who opens a clause of its own: "A was asked if B would go" is of the visit of B."""
    for place, mention in reversed(list(enumerate(people))):
        if reading.has_word("opens_clause", mention.sentence, mention.start - 1, mention.start):
            return list(people[place:])
    return []


def _actor_before(trigger: Mention, reading: Reading) -> list[Mention]:
    """Who acts in the trigger just before in the sentence: "A visited Rome, where he met B"."""
    stay = trigger.value.get("kind") == "visit"  # "A received B at the start of his visit" is of the visit of B
    before = [t for t in reading.triggers[trigger.sentence] if t.start < trigger.start and t.parts.get("guest")]
    others = [t for t in before if stay or t.value.get("kind") == "visit"]
    found = [m for t in others[-1:] for m in t.parts.get("guest", ())]
    inside = {m.start for parts in trigger.parts.values() for m in parts}
    return [m for m in found[:1] if m.start not in inside and m.end <= trigger.start]


def can_be_subject(mention: Mention, reading: Reading) -> bool:
    """Not after a preposition and no genitive."""
    tokens = reading.sentences[mention.sentence].tokens
    before = tokens[mention.start - 1].norm if mention.start else ""
    after = tokens[mention.end].norm if mention.end < len(tokens) else ""
    return before not in reading.book.word_set("preposition") and after not in reading.book.word_set("gen")
