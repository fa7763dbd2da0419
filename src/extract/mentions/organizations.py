"""Bodies: those that the lexicon names, and those that the rules of organizations.yaml find by their head noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook

# What is called international and yet belongs to one country: a department, a school, a company.
_NATIONAL = frozenset({"department", "bureau", "company", "bank", "university", "military", "court", "ministry"})


def find_organizations(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Bodies in a sentence. `mentions` holds names of places, offices and head nouns, which patterns refer to.

    The mention's features hold its type (ministry, parliament, company …); its parts `country` whose it is.
    """
    bodies = [_known(mention) for mention in mentions if mention.kind == "body"]
    rest = [mention for mention in mentions if mention.kind != "body"]
    found = find_by_rules(sentence, [*rest, *bodies], book, "organizations", "organizations")
    typed = [_typed(m, sentence, book) for m in found]
    taken = {token for each in typed for token in range(each.start, each.end)}
    return [*typed, *(each for each in bodies if taken.isdisjoint(range(each.start, each.end)))]


def _typed(mention: Mention, sentence: Sentence, book: Rulebook) -> Mention:
    """A found body with its type and owner; `international` where its name says so and nobody owns it."""
    types, parts = _types(mention), _owned(mention, sentence)
    start, _ = mention.spans.get("name", (mention.start, mention.end))
    known = any(m.start == start and m.has("known") for m in mention.parts.get("name", ()))
    wide = known or sentence.tokens[start].norm in book.word_set("international_word")
    if wide and not parts.get("country") and not _NATIONAL & set(types):
        types = (*types, "international")
    set_by_rule = tuple(f for f in ("crowd", "unlisted") if isinstance(mention.value, dict) and mention.value.get(f))
    return replace(mention, kind="organization", features=(*types, *set_by_rule), parts=parts)


def _known(mention: Mention) -> Mention:
    kind = str(mention.value.get("type", "body"))
    return replace(mention, kind="organization", features=("known", kind, *mention.features))


def _owned(mention: Mention, sentence: Sentence) -> Mapping[str, tuple[Mention, ...]]:
    """The parts of a body; a country inside its name ("National Assembly of Serbia") owns it where no other does.

    Not so behind another capitalized word ("Pan American").
    """
    start, _ = mention.spans.get("name", (mention.start, mention.end))
    inside = [m for m in mention.parts.get("name", ()) if m.kind in ("country", "demonym")]
    inside = [m for m in inside if m.start == start or sentence.tokens[m.start - 1].shape == "l"]
    inside = inside or [m for m in mention.parts.get("name", ()) if m.kind == "city" and m.start == start]
    inside = inside or [m for m in mention.parts.get("name", ()) if m.kind == "organization" and _owner(m)]
    if mention.parts.get("country") or not inside:
        return mention.parts
    return {**mention.parts, "country": (inside[-1],)}


def _owner(body: Mention) -> bool:
    """Whether a body inside the name of another tells the country of both."""
    return bool(body.parts.get("country") or body.value.get("country"))


def _types(mention: Mention) -> tuple[str, ...]:
    head = mention.part("head")
    return tuple(feature for feature in head.features if feature != "cap") if head else ()
