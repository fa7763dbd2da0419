"""Tokens and sentences of an article: a blank spaCy tokenizer with the marks and abbreviations of the rule files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from extract.annotations import Sentence, Token
from extract.text import Block
from extract.values.normal import normal_form

Tokenize = Callable[[str, int], list[Token]]


def build_tokenizer(language: str, settings: Mapping[str, Any]) -> Tokenize:
    """A function from text and the offset of its first character to tokens.

    `settings` are those of the stage `tokens`: `prefixes`, `suffixes`, `infixes` and `keep` (regular expressions),
    `abbreviations` (words that keep their full stop), `fold` (letters to letters).
    """
    import spacy
    from spacy.tokenizer import Tokenizer

    vocab = spacy.blank(language if language in ("en", "ar", "fa", "fr") else "xx").vocab
    abbreviations = "|".join(re.escape(word) for word in settings.get("abbreviations", []))
    keep = "|".join([*settings.get("keep", []), *([f"(?i:{abbreviations})"] if abbreviations else [])])
    tokenizer = Tokenizer(
        vocab,
        prefix_search=_any(settings.get("prefixes", []), "^(?:{})").search,
        suffix_search=_any(settings.get("suffixes", []), "(?:{})$").search,
        infix_finditer=_any(settings.get("infixes", []), "{}").finditer,
        token_match=re.compile(f"(?:{keep})$").match if keep else None,
    )
    describe = _describer({ord(a): b for a, b in settings.get("fold", {}).items()})

    def tokenize(text: str, offset: int = 0) -> list[Token]:
        tokens = []
        for token in tokenizer(text):
            word = token.text
            norm, shape = describe(word)
            if norm and shape != " ":
                start = offset + token.idx
                tokens.append(Token(word, norm, shape, start, start + len(word)))
        return tokens

    return tokenize


def _any(expressions: list[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.format("|".join(expressions) or r"(?!)"))


def _describer(fold: Mapping[int, str]) -> Callable[[str], tuple[str, str]]:
    @lru_cache(maxsize=200_000)
    def describe(word: str) -> tuple[str, str]:
        return normal_form(word, fold), _shape(word)

    return describe


def _shape(word: str) -> str:
    first = next((char for char in word if char.isalnum()), "")
    if not first:
        return " " if word.isspace() else "p"
    if first.isdigit():
        return "n"
    if first.isupper() or first.istitle():
        letters = [char for char in word if char.isalpha()]
        return "u" if len(letters) > 1 and all(char.isupper() for char in letters) else "c"
    if first.islower():
        # "al-Sisi", "d'Ivoire": a name behind a particle
        return "c" if any(a in "-'\u2019" and b.isupper() for a, b in zip(word, word[1:], strict=False)) else "l"
    return "x" if first.isalpha() else "p"


def split_norms(tokenize: Tokenize) -> Callable[[str], tuple[str, ...]]:
    """The normal forms of the tokens of a short text, for rule words."""

    @lru_cache(maxsize=100_000)
    def split(text: str) -> tuple[str, ...]:
        return tuple(token.norm for token in tokenize(text, 0)) or (normal_form(text),)

    return split


def split_sentences(blocks: Iterable[Block], tokenize: Tokenize, settings: Mapping[str, Any]) -> list[Sentence]:
    """The sentences of an article in order; a sentence never crosses a block."""
    ends = frozenset(settings.get("sentence_ends", [".", "!", "?"]))
    closers = frozenset(settings.get("closers", ['"', ")", "'"]))
    starters = frozenset(settings.get("starters", []))
    longest = int(settings.get("longest_sentence", 400))
    sentences: list[Sentence] = []
    for block in blocks:
        tokens = tokenize(block.text, block.start)
        for first, last in _sentence_ranges(tokens, ends, closers, starters, longest):
            sentences.append(Sentence(len(sentences), tuple(tokens[first:last]), block.zone, block.paragraph))
    return sentences


def _sentence_ranges(
    tokens: list[Token], ends: frozenset[str], closers: frozenset[str], starters: frozenset[str], longest: int
) -> Iterator[tuple[int, int]]:
    first = position = 0
    while position < len(tokens):
        position += 1
        token = tokens[position - 1]
        if position - first < longest and not _ends(token, tokens, position, ends, starters):
            continue
        while position < len(tokens) and tokens[position].norm in closers and tokens[position].start == tokens[position - 1].end:
            position += 1
        yield first, position
        first = position
    if first < len(tokens):
        yield first, len(tokens)


def _ends(token: Token, tokens: list[Token], after: int, ends: frozenset[str], starters: frozenset[str]) -> bool:
    if token.norm in ends:
        following = tokens[after] if after < len(tokens) else None
        return not (following and following.shape == "l" and following.start > token.end and token.norm == ".")
    # An abbreviation may close the sentence too, where the next word commonly opens one.
    if token.text.endswith(".") and len(token.text) > 2 and after < len(tokens):
        return tokens[after].shape == "c" and tokens[after].norm in starters
    return False
