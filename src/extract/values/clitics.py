"""Clitics: small words written as one with the next, as conjunctions, prepositions and the article in Arabic script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Clitics:
    """What a language writes together, all in normal form.

    `first` may stand before everything (and), `second` before nouns (in, for), `verbal` before verbs (will). `merged`
    gives the article's form after some of them. `loose` are split off unknown words too, except those that `firm` fits;
    `verb` fits an unknown verb behind a `verbal` one, `tense` the opening of any that may follow it; `before_article`
    are split off an unknown word that has the article.
    """

    first: frozenset[str]
    second: frozenset[str]
    verbal: frozenset[str]
    article: str
    merged: Mapping[str, str]
    loose: frozenset[str]
    sure: frozenset[str]
    firm: re.Pattern[str]
    verb: re.Pattern[str]
    tense: re.Pattern[str]
    shortest: int

    def parts(self, word: str, known: Known, common: frozenset[str]) -> tuple[tuple[int, str], ...]:
        """The parts of a word, each with the number of letters it takes up and its normal form.

        What is among the `common` words is whole, and so is one of them behind a clitic that stands before everything.
        """
        if word in common:
            return ((len(word), word),)
        if (
            word[:1] in self.first
            and word[1:] in common
            and len(word) > self.shortest
            and not (len(word) == 4 and known(word))
        ):
            return self._written(word, (word[0],), word[1:])
        if known(word):
            return ((len(word), word),)
        for clitics, rest in self._readings(word):
            if clitics[-1] in self.verbal and not (rest in common and self.tense.match(rest)):
                continue
            least = self.shortest if clitics[-1] in self.first else self.shortest + 1
            if known(rest) and len(rest) >= least:
                return self._written(word, clitics, rest)
        for clitics, rest in self._readings(word):
            if rest.startswith(self.article) and len(rest) >= len(self.article) + 3 and clitics[-1] in self.sure:
                return self._written(word, clitics, rest)
        head = word[:1]
        if head in self.verbal and self.verb.fullmatch(word[1:]):
            return self._written(word, (head,), word[1:])
        if head in self.loose and len(word) > 3 and not self.firm.match(word):
            return self._written(word, (head,), word[1:])
        return ((len(word), word),)

    def after(self, word: str) -> str | None:
        """What a word is without a preposition at its start, where it has one."""
        return word[1:] if word[:1] in self.second and len(word) > 3 else None

    def _written(self, word: str, clitics: tuple[str, ...], rest: str) -> tuple[tuple[int, str], ...]:
        used = sum(map(len, clitics))
        return (*((len(each), each) for each in clitics), (len(word) - used, rest))

    def _readings(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Ways to take clitics off, the fewest first; the rest has its article in full."""
        head, tail = word[:1], word[1:]
        if head in self.first:
            yield (head,), tail
        if head in self.second or head in self.verbal:
            yield from self._noun(head, tail)
        if head in self.first and tail[:1] in self.second | self.verbal:
            yield from (((head, *more), rest) for more, rest in self._noun(tail[:1], tail[1:]))

    def _noun(self, clitic: str, rest: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield (clitic,), rest
        merged = self.merged.get(clitic)
        if merged and rest.startswith(merged) and len(rest) > len(merged) + 1:
            yield (clitic,), self.article + rest[len(merged) :]


def read_clitics(settings: Mapping[str, Any]) -> Clitics | None:
    """The clitics that the settings of the stage `tokens` describe; None where the language has none."""
    given = settings.get("clitics")
    if not given:
        return None
    return Clitics(
        frozenset(given.get("first", ())),
        frozenset(given.get("second", ())),
        frozenset(given.get("verbal", ())),
        str(given.get("article", "")),
        dict(given.get("merged", {})),
        frozenset(given.get("loose", ())),
        frozenset(given.get("before_article", ())),
        re.compile(given.get("firm") or r"(?!)"),
        re.compile(given.get("verb") or r"(?!)"),
        re.compile(given.get("tense") or ""),
        int(given.get("shortest", 2)),
    )


def build_known(words: frozenset[str], stems: frozenset[str], settings: Mapping[str, Any]) -> Known:
    """Whether a word is among `words`, or what remains of it without an ending or the article among `stems`.

    `settings` hold `prefixes`, `suffixes`, `before_suffix` (the last letter of a stem to that of the whole word) and
    `shortest`, the least that must remain.
    """
    prefixes = ("", *settings.get("prefixes", ()))
    suffixes = frozenset(("", *settings.get("suffixes", ())))
    lengths = sorted({len(suffix) for suffix in suffixes})
    restored: Mapping[str, str] = settings.get("before_suffix", {})
    shortest = int(settings.get("shortest", 3))

    @lru_cache(maxsize=100_000)
    def known(word: str) -> bool:
        return word in words or any(stem in stems for stem in _stems(word))

    def _stems(word: str) -> Iterator[str]:
        for body in (word[len(prefix) :] for prefix in prefixes if word.startswith(prefix)):
            for length in lengths:
                stem, suffix = body[: len(body) - length], body[len(body) - length :]
                if len(stem) < shortest:
                    break
                if suffix in suffixes:
                    yield stem
                    if suffix and stem[-1] in restored:
                        yield stem[:-1] + restored[stem[-1]]
                    if suffix and restored:
                        yield from (stem + last for last in restored.values())

    return known
