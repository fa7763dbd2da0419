"""Cues: what changes the status of a meeting, and what ties a time or a place to it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention, Sentence
from extract.rulebook.apply import find_by_rules
from extract.rulebook.book import Rulebook

KINDS = ("status", "said_time", "said_here", "location", "mode")


def find_cues(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """The cues of a sentence, by the rules of cues.yaml; cues of different kinds may overlap."""
    return [cue for kind in KINDS for cue in find_by_rules(sentence, mentions, book, "cues", kind)]
