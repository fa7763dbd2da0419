"""Bodies: those that the lexicon names, and those that the rules of organizations.yaml find by their head noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook


def find_organizations(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Bodies in a sentence. `mentions` holds names of places, offices and head nouns, which patterns refer to.

    The mention's features hold its type (ministry, parliament, company …); its parts `country` whose it is.
    """
    bodies = [_known(mention) for mention in mentions if mention.kind == "body"]
    rest = [mention for mention in mentions if mention.kind != "body"]
    found = find_by_rules(sentence, [*rest, *bodies], book, "organizations", "organizations")
    typed = [replace(m, kind="organization", features=_types(m), parts=_owned(m, sentence)) for m in found]
    taken = {token for each in typed for token in range(each.start, each.end)}
    return [*typed, *(each for each in bodies if taken.isdisjoint(range(each.start, each.end)))]


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
    if mention.parts.get("country") or not inside:
        return mention.parts
    return {**mention.parts, "country": (inside[-1],)}


def _types(mention: Mention) -> tuple[str, ...]:
    head = mention.part("head")
    return tuple(feature for feature in head.features if feature != "cap") if head else ()
