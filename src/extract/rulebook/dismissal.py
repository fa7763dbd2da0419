"""The cheap dismissal: one pass over the raw text that shows whether any rule of a grammar can match at all.

A rule can match only where a word of its rarest required set occurs. Where none of these words occurs in an article,
no token need be made of it. The pass may let an article through for nothing; it never stops one that has a match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from extract.rulebook.compile import Compiled, write_trie
from extract.rulebook.model import Rule
from extract.rulebook.view import Grammar


class _Folding(dict[int, str | None]):
    """Letters as they are compared, found once each: no combining marks, no case, ASCII digits."""

    def __init__(self, fold: Mapping[int, str]) -> None:
        super().__init__(fold)

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        if unicodedata.combining(char) or unicodedata.category(char) == "Cf" or char == "\u0640":
            folded: str | None = None
        elif digit is not None:
            folded = str(digit)
        else:
            folded = _DASHES_AND_QUOTES.get(char, char)
        self[code] = folded
        return folded


_WORD = re.compile(r"\w+")
_DASHES_AND_QUOTES = {"\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"}


# The words of which each mention of a kind has one: of kinds that rules find for other rules.
Made = Mapping[str, frozenset[str]]


def find_made(grammars: Mapping[str, Grammar]) -> Made:
    """What the rules that find each kind need, one of the rarest words of any; not for a kind found without words."""
    made: dict[str, frozenset[str]] = {}
    for kind, grammar in grammars.items():
        needs = [_needed(compiled, {}) for _, compiled in grammar.rules]
        if needs and all(needs):
            made["@" + kind] = frozenset().union(*(sets[0] for sets in needs))
    return made


def _needed(compiled: Compiled, made: Made) -> tuple[frozenset[str], ...]:
    """The sets of words each of which has a member in every match; what holds other kinds of mention is left out."""
    found = (_as_words(each, made) for each in compiled.required)
    return tuple(words for words in found if words)


def _as_words(keys: frozenset[str], made: Made) -> frozenset[str] | None:
    kinds = [key for key in keys if key.startswith("@")]
    if not kinds:
        return keys
    if not all(kind in made for kind in kinds):
        return None
    return keys.difference(kinds).union(*(made[kind] for kind in kinds))


def build_dismissal(
    grammar: Grammar, counts: Callable[[Rule], bool], made: Made, fold: Mapping[int, str], clitics: bool
) -> Callable[[str], bool]:
    """A function that says whether a text may hold a match of those rules of a grammar that `counts` accepts.

    In a language with `clitics` a word may begin in the middle of a written one: one pass looks for the rarest words of
    every rule. In others the words of the text are gathered, and some rule must find all that it needs among them.
    """
    needs = [_needed(compiled, made) for rule, compiled in grammar.rules if counts(rule)]
    if any(not _words_of(sets) for sets in needs):
        return lambda _: True
    folding = _Folding(fold)

    def plain(text: str) -> str:
        return text.lower() if text.isascii() else unicodedata.normalize("NFKD", text.casefold()).translate(folding)

    if clitics:
        rarest = frozenset().union(*(_words_of(sets)[0] for sets in needs))
        search = re.compile(write_trie(sorted(rarest))).search
        return lambda text: search(plain(text)) is not None
    by_word: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for sets in {_words_of(sets) for sets in needs}:
        for word in sets[0]:
            by_word.setdefault(word, []).append(sets[1:])

    def may_match(text: str) -> bool:
        words = frozenset(_WORD.findall(plain(text)))
        rules = (sets for word in words & by_word.keys() for sets in by_word[word])
        return any(all(not words.isdisjoint(each) for each in sets) for sets in rules)

    return may_match


def _words_of(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The sets of words among what a rule needs, each word by its first letters or digits in a row.

    Marks are not looked for in raw text.
    """
    found = map(_first_words, sets)
    return tuple(words for words in found if words is not None and words)


@lru_cache(maxsize=10_000)  # many rules need the same words
def _first_words(each: frozenset[str]) -> frozenset[str] | None:
    """The first word of each; None where one of them has no letter or digit."""
    matches = [_WORD.search(word) for word in each]
    return None if None in matches else frozenset(match.group() for match in matches if match)


def build_sentence_dismissal(
    grammar: Grammar,
    counts: Callable[[Rule], bool],
    made: Made,
    asks: Callable[[Rule], bool],
    answers: Callable[[frozenset[str]], bool],
) -> Callable[[frozenset[str]], bool]:
    """A function that says whether a sentence of these normal forms may hold a match of a rule that `counts` accepts.

    Only the words that a rule needs are looked at, not the mentions, so it comes before any mention is looked for.
    A rule that `asks` is entered only by a sentence whose words give the answer.
    """
    anywhere = False
    by_word: dict[str, list[tuple[tuple[frozenset[str], ...], bool]]] = {}
    for rule, compiled in grammar.rules:
        sets = _needed(compiled, made)
        if counts(rule) and not sets:
            anywhere = True
        elif counts(rule):
            for word in sets[0]:
                by_word.setdefault(word, []).append((sets, asks(rule)))

    def may_match(norms: frozenset[str]) -> bool:
        entered = (each for norm in norms if norm in by_word for each in by_word[norm])
        return anywhere or any(
            all(not norms.isdisjoint(each) for each in sets) and (not asked or answers(norms))
            for sets, asked in entered
        )

    return may_match
