"""What a sentence says about when it plays: past or future, by the verb nearest to an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.annotations import Sentence

_REACH = 25


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Words that show tense, as the rule files list them, and the endings of past forms."""

    future: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    stops: frozenset[str]
    past_endings: tuple[str, ...]
    infinitive: frozenset[str]
    no_infinitive: frozenset[str]


def tense_words(settings: Mapping[str, Any]) -> TenseWords:
    """The tense words in the settings of the rules on time."""
    tense = settings.get("tense", {})

    def words(name: str) -> frozenset[str]:
        return frozenset(tense.get(name, []))

    return TenseWords(
        words("future"),
        words("past"),
        words("present"),
        words("stops"),
        tuple(tense.get("past_endings", [])),
        words("infinitive"),
        words("no_infinitive"),
    )


def tense_at(sentence: Sentence, start: int, end: int, words: TenseWords) -> str:
    """past, future or empty: what the nearest verb before an expression shows, else the nearest after it."""
    for position in range(start - 1, max(-1, start - _REACH), -1):
        if sentence.tokens[position].norm in words.stops:
            break
        if tense := _tense(sentence, position, words):
            return tense
    for position in range(end, min(len(sentence.tokens), end + _REACH)):
        if sentence.tokens[position].norm in words.stops:
            break
        if tense := _tense(sentence, position, words):
            return tense
    return ""


def _tense(sentence: Sentence, position: int, words: TenseWords) -> str:
    token = sentence.tokens[position]
    norm = token.norm
    if norm in words.future:
        return "future"
    if norm in words.past:
        return "past"
    if norm in words.infinitive and position + 1 < len(sentence.tokens):
        following = sentence.tokens[position + 1]
        if following.shape == "l" and following.norm not in words.no_infinitive:
            return "future"
    if token.shape == "l" and len(norm) > 4 and norm.endswith(words.past_endings) and norm not in words.present:
        return "past"
    return ""
