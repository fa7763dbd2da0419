"""Cues: what changes the status of a meeting, and what ties a time or a place to it."""

from __future__ import annotations

from extract.annotations import Mention
from extract.rulebook.apply import find_in_view
from extract.rulebook.book import Rulebook
from extract.rulebook.view import View

KINDS = ("status", "said_time", "said_here", "said_on", "location", "mode", "remarks", "further", "that_day", "earlier")


def find_cues(view: View, book: Rulebook) -> list[Mention]:
    """The cues of a sentence, by the rules of cues.yaml; cues of different kinds may overlap."""
    return [cue for kind in KINDS for cue in find_in_view(view, book, "cues", kind)]
