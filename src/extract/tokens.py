"""Tokens and sentences of an article: a blank spaCy tokenizer with the marks and abbreviations of the rule files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.annotations import Sentence, Token
from extract.text import Block
from extract.values.clitics import build_known, read_clitics
from extract.values.normal import normal_form

# Words that open a sentence after an abbreviation, and abbreviations that close one before any capital.
Breaking = tuple[frozenset[str], frozenset[str]]
Tokenize = Callable[[str, int], list[Token]]
Piece = tuple[int, int, str, str]  # first and last letter (exclusive) of a part of a word, normal form, shape


# spaCy keeps every word that it ever met, in 400 bytes each: with so many of them it begins anew.
_MOST_WORDS = 250_000


def build_tokenizer(
    language: str, settings: Mapping[str, Any], words: frozenset[str] = frozenset(), stems: frozenset[str] = frozenset()
) -> Tokenize:
    """A function from text and the offset of its first character to tokens.

    `settings` are those of the stage `tokens`: `prefixes`, `suffixes`, `infixes` and `keep` (regular expressions),
    `abbreviations` (words that keep their full stop), `fold` (letters to letters), `unfolded` (words that keep theirs),
    `clitics` and `endings`. Clitics become tokens of their own where `words`, the known words, are given;
    `stems` are those that also take endings.
    """
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    abbreviations = "|".join(re.escape(word) for word in settings.get("abbreviations", []))
    keep = "|".join([*settings.get("keep", []), *([f"(?i:{abbreviations})"] if abbreviations else [])])
    prefixes, suffixes = _any(settings.get("prefixes", []), "^(?:{})"), _any(settings.get("suffixes", []), "(?:{})$")
    infixes = _any(settings.get("infixes", []), "{}")
    whole = re.compile(f"(?:{keep})$").match if keep else None

    def begin() -> Any:
        return Tokenizer(
            # A vocabulary without a language: what spaCy would compute for each new word nobody here asks for.
            Vocab(vectors_name=language),
            prefix_search=prefixes.search,
            suffix_search=suffixes.search,
            infix_finditer=infixes.finditer,
            token_match=whole,
        )

    tokenizer = begin()
    describe = _describer(settings, words, stems)

    def tokenize(text: str, offset: int = 0) -> list[Token]:
        if text.isalpha() and not (prefixes.search(text) or suffixes.search(text) or infixes.search(text)):
            # A word of a rule: what spaCy would leave whole need not pass through it.
            return [Token(text[a:b], norm, shape, offset + a, offset + b) for a, b, norm, shape in describe(text)]
        nonlocal tokenizer
        if len(tokenizer.vocab) > _MOST_WORDS:
            tokenizer = begin()
        tokens = []
        for token in tokenizer(text):
            word, start = token.text, offset + token.idx
            pieces = describe(word)
            if len(pieces) == 1:
                _, last, norm, shape = pieces[0]
                tokens.append(Token(word, norm, shape, start, start + last))
            else:
                for first, last, norm, shape in pieces:
                    tokens.append(Token(word[first:last], norm, shape, start + first, start + last))
        return tokens

    return tokenize


def _any(expressions: list[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.format("|".join(expressions) or r"(?!)"))


def _describer(
    settings: Mapping[str, Any], words: frozenset[str], stems: frozenset[str]
) -> Callable[[str], tuple[Piece, ...]]:
    fold = {ord(a): b for a, b in settings.get("fold", {}).items()}
    unfolded = frozenset(settings.get("unfolded", ()))
    clitics = read_clitics(settings) if words else None
    known = build_known(words, stems, settings.get("endings", {}))

    @lru_cache(maxsize=200_000)
    def describe(word: str) -> tuple[Piece, ...]:
        norm, shape = normal_form(word, fold), _shape(word)
        if not norm or shape == " ":
            return ()
        plain = normal_form(word) if unfolded else norm
        if plain in unfolded:
            norm = plain
        parts = clitics.parts(norm, known, stems) if clitics and shape == "x" else ()
        if len(parts) > 1 and plain[-parts[-1][0] :] in unfolded:
            parts = (*parts[:-1], (parts[-1][0], plain[-parts[-1][0] :]))
        return _cut(word, parts, shape, fold) if len(parts) > 1 else ((0, len(word), norm, shape),)

    return describe


def _cut(word: str, parts: Iterable[tuple[int, str]], shape: str, fold: Mapping[int, str]) -> tuple[Piece, ...]:
    """Where the parts of a word begin and end in it; `parts` count letters of the normal form."""
    pieces: list[Piece] = []
    start = letters = 0
    for length, norm in parts:
        letters += length
        end = next(i for i in range(start + 1, len(word) + 1) if len(normal_form(word[:i], fold)) >= letters)
        while end < len(word) and not normal_form(word[end], fold):
            end += 1  # vowel signs stay with their letter
        pieces.append((start, end, norm, shape))
        start = end
    return tuple(pieces)


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
        return "c" if any(a in "-'\u2019" and b.isupper() for a, b in pairwise(word)) else "l"
    return "x" if first.isalpha() else "p"


def split_norms(tokenize: Tokenize) -> Callable[[str], tuple[str, ...]]:
    """The normal forms of the tokens of a short text, for rule words."""

    @lru_cache(maxsize=100_000)
    def split_word(word: str) -> tuple[str, ...]:
        return tuple(token.norm for token in tokenize(word, 0))

    @lru_cache(maxsize=100_000)
    def split(text: str) -> tuple[str, ...]:
        return tuple(norm for word in text.split() for norm in split_word(word)) or (normal_form(text),)

    return split


def split_sentences(blocks: Iterable[Block], tokenize: Tokenize, settings: Mapping[str, Any]) -> list[Sentence]:
    """The sentences of an article in order; a sentence never crosses a block."""
    ends = frozenset(settings.get("sentence_ends", [".", "!", "?"]))
    closers = frozenset(settings.get("closers", ['"', ")", "'"]))
    starters = frozenset(settings.get("starters", []))
    final = frozenset(settings.get("final_abbreviations", []))
    longest = int(settings.get("longest_sentence", 400))
    sentences: list[Sentence] = []
    rows = [(block, tokenize(block.text, block.start)) for block in blocks]
    unbroken = frozenset(settings.get("unbroken", ()))
    for block, tokens in _settle_clitics(rows, settings):
        tokens = _mend_hyphens(tokens, unbroken)
        for first, last in _sentence_ranges(tokens, ends, closers, (starters, final), longest):
            sentences.append(Sentence(len(sentences), tuple(tokens[first:last]), block.zone, block.paragraph))
    return sentences


def _settle_clitics(
    rows: list[tuple[Block, list[Token]]], settings: Mapping[str, Any]
) -> list[tuple[Block, list[Token]]]:
    """Take a preposition off an unknown word where the article has the word without it as well."""
    clitics = read_clitics(settings)
    if clitics is None:
        return rows
    seen = frozenset(token.norm for _, tokens in rows for token in tokens)

    def settle(token: Token) -> list[Token]:
        rest = clitics.after(token.norm) if token.shape == "x" else None
        if rest is None or rest not in seen or len(rest) < 4:
            return [token]
        cut = token.start + len(token.text) - len(token.text[1:].lstrip(_MARKS))
        head, tail = token.text[: cut - token.start], token.text[cut - token.start :]
        return [
            token._replace(text=head, norm=token.norm[0], end=cut),
            token._replace(text=tail, norm=rest, start=cut),
        ]

    return [(block, [each for token in tokens for each in settle(token)]) for block, tokens in rows]


def _mend_hyphens(tokens: list[Token], unbroken: frozenset[str]) -> list[Token]:
    """Join what a line break in the copy parted behind a hyphen ("Roh Moo- hyun"); not before a word of `unbroken`."""
    if not unbroken:
        return tokens
    mended: list[Token] = []
    for token in tokens:
        if len(mended) > 1 and _is_broken(mended[-2], mended[-1], token) and token.norm not in unbroken:
            _, first = mended.pop(), mended.pop()
            text = f"{first.text}-{token.text}"
            token = Token(text, f"{first.norm}-{token.norm}", first.shape, first.start, token.end)
        mended.append(token)
    return mended


def _is_broken(first: Token, mark: Token, second: Token) -> bool:
    """A hyphen that touches the word before it and not the one behind it."""
    touching = mark.text == "-" and mark.start == first.end and second.start == mark.end + 1
    return touching and first.shape == "c" and second.shape in "cul"


_MARKS = "".join(chr(code) for code in (*range(0x064B, 0x0653), 0x0640))


def _sentence_ranges(
    tokens: list[Token], ends: frozenset[str], closers: frozenset[str], breaking: Breaking, longest: int
) -> Iterator[tuple[int, int]]:
    first = position = 0
    while position < len(tokens):
        position += 1
        token = tokens[position - 1]
        if position - first < longest and not _ends(token, tokens, position, ends, breaking):
            continue
        while (
            position < len(tokens)
            and tokens[position].norm in closers
            and tokens[position].start == tokens[position - 1].end
        ):
            position += 1
        yield first, position
        first = position
    if first < len(tokens):
        yield first, len(tokens)


def _ends(token: Token, tokens: list[Token], after: int, ends: frozenset[str], breaking: Breaking) -> bool:
    if token.norm in ends:
        following = tokens[after] if after < len(tokens) else None
        return not (following and following.shape == "l" and following.start > token.end and token.norm == ".")
    # An abbreviation may close the sentence too, where the next word commonly opens one.
    if token.text.endswith(".") and len(token.text) > 2 and after < len(tokens):
        starters, final = breaking
        return tokens[after].shape == "c" and (tokens[after].norm in starters or token.norm in final)
    return False
