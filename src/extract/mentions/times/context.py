"""What a sentence says about when it plays: past or future, by the verb nearest to an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.annotations import Sentence

_VERBS = ("l", "x")
_REACH, _NEAR = 25, 4  # tokens
_WORD_LISTS = (
    "future", "past", "no_past", "intent", "link", "likely", "deadline",
    "no_future", "pluperfect", "moved", "passive", "determiners", "possessive", "present", "nouns", "stops",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Words that show tense, as the rule files list them under `tense`, and the endings of past forms.

    `future` and `past` show it by themselves, `intent` a future where a `link` follows ("agreed to"), `likely` a
    future where nothing else speaks ("until"), a `deadline` word one just before a month ("by May"). `pluperfect`
    turns a planned future into a past ("had been due"), unless the sentence has a `moved` word ("postponed"). A past
    form after one of the `determiners` is an adjective; after a `passive` word it says nothing ("will be held").
    `present` says neither; `nouns` are verbs only where no adjective or article stands before them ("a state visit");
    a weekday before a `possessive` is past ("Friday's vote"). `week_starts` is the first weekday, by its ISO number.
    """

    future: frozenset[str]
    past: frozenset[str]
    no_past: frozenset[str]
    intent: frozenset[str]
    link: frozenset[str]
    likely: frozenset[str]
    deadline: frozenset[str]
    no_future: frozenset[str]
    pluperfect: frozenset[str]
    moved: frozenset[str]
    passive: frozenset[str]
    determiners: frozenset[str]
    possessive: frozenset[str]
    present: frozenset[str]
    nouns: frozenset[str]
    stops: frozenset[str]
    past_endings: tuple[str, ...]
    week_starts: int = 1


def tense_words(settings: Mapping[str, Any]) -> TenseWords:
    """The tense words in the settings of the rules on time."""
    tense = settings.get("tense", {})
    lists = {name: frozenset(tense.get(name, [])) for name in _WORD_LISTS}
    return TenseWords(
        **lists, past_endings=tuple(tense.get("past_endings", [])), week_starts=int(settings.get("week_starts", 1))
    )


def tense_at(sentence: Sentence, start: int, end: int, words: TenseWords) -> tuple[str, bool]:
    """past, present, future or empty, by the nearest verb before, else after, and whether that verb is near."""
    before = range(start - 1, max(-1, start - _REACH), -1)
    after = range(end, min(len(sentence.tokens), end + _REACH))
    likely = False
    for positions in (before, after):
        for position in positions:
            norm = sentence.tokens[position].norm
            if norm in words.stops:
                break
            if tense := _tense(sentence, position, words, positions is after):
                return tense, 0 < start - position <= _NEAR
            likely = likely or norm in words.likely
    return ("future" if likely else ""), False


def _tense(sentence: Sentence, position: int, words: TenseWords, behind: bool) -> str:
    """The tense that a word shows; `behind` a time what was agreed says when: "on Monday they agreed to"."""
    tokens, norm = sentence.tokens, sentence.tokens[position].norm
    previous = tokens[position - 1].norm if position else ""
    following = tokens[position + 1].norm if position + 1 < len(tokens) else ""
    agreed = behind and norm.endswith(words.past_endings)
    linked = following in words.link and not agreed
    if tokens[position].shape not in _VERBS:  # May is a month, "may" a verb
        return ""
    if following in words.no_future:
        return ""
    if position and norm in words.nouns and tokens[position - 1].shape == "l" and previous not in words.link:
        return ""
    if norm in words.future or (linked and norm in words.intent) or (norm in words.passive and previous in words.link):
        back = tokens[max(0, position - 4) : position]
        over = any(t.norm in words.pluperfect for t in back) and not any(t.norm in words.moved for t in tokens)
        return "past" if over else "future"
    if norm in words.present:
        return "present"
    regular = tokens[position].shape == "l" and len(norm) > 4 and norm.endswith(words.past_endings)
    past = (norm in words.past and previous not in words.link) or (
        regular and norm not in words.no_past and previous not in words.determiners
    )
    return "past" if past and previous not in words.passive else ""
