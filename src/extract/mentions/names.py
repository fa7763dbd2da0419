"""Proper names by shape: whether a capital letter says anything, and the runs of words that may be a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.annotations import Mention, Sentence, Token
from extract.rulebook.apply import find_by_rules, once_a_book
from extract.rulebook.book import Rulebook
from extract.values.normal import normal_form

_OPENING = frozenset({'"', "'", "(", "[", "*", "-", ":"})


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """How often each word stands with a capital inside a sentence, and in lower case, in the body of one article."""

    capital: Counter[str]
    lower: Counter[str]


def gather_case(pieces: Iterable[tuple[str, bool]]) -> CaseEvidence:
    """How each word is written in the pieces of an article, each with whether its capitals tell names (not in a title).

    The first word of a sentence says nothing; the words are taken from the raw text, so that no token is needed.
    """
    capital: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text, telling in pieces:
        for opening, word in _WORD.findall("\n" + text):
            if word.islower():
                lower[word] += 1
            elif telling and not opening and not word[0].isdigit():
                capital[word] += 1
    return CaseEvidence(_by_norm(capital), _by_norm(lower))


# A word, with what comes before it where it opens a sentence.
_WORD = re.compile(r"""((?:\n|[.!?]["'”’)\]]*\s)[\s"'“‘(\[*:-]*)?([^\W_]+(?:['’-](?!s\b)[^\W_]+)*)""")


def _by_norm(words: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts[normal_form(word)] += count
    return counts


def settle_case(sentences: Sequence[Sentence], book: Rulebook, evidence: CaseEvidence) -> list[Sentence]:
    """Take the capital off words that have it only because they open a sentence or stand in a headline."""
    if book.caseless:
        shape = _shaper(book)
        return [_tell_names(sentence, shape) for sentence in sentences]
    common = book.word_set("common")
    settings = book.settings("names")
    endings = tuple(settings.get("opener_endings", []))
    share = float(settings.get("headline_share", 1.0))
    settled = []
    for sentence in sentences:
        tokens = list(sentence.tokens)
        if _is_headline_case(sentence, share):
            tokens = [_lower(t) if _plain_in_headline(t, evidence, common) else t for t in tokens]
        else:
            first = _first_word(tokens)
            if first is not None and _only_opens(tokens, first, evidence, common, endings):
                tokens[first] = _lower(tokens[first])
        settled.append(replace(sentence, tokens=tuple(tokens)))
    return settled


def _tell_names(sentence: Sentence, shape: Callable[[str], str]) -> Sentence:
    """The sentence with the shapes of a script without case."""
    # words of other scripts are no names here
    settled = (t._replace(shape=shape(t.norm)) if t.shape == "x" else _lower(t) for t in sentence.tokens)
    return replace(sentence, tokens=tuple(settled))


@once_a_book
def _shaper(book: Rulebook) -> Callable[[str], str]:
    """The shape of a word of a script without case, by its normal form: c a known name, l an ordinary word, d one with
    the article, y an unknown word with the article and the ending of a surname, z such a word of a known stem, x all
    others.

    Of the words with the article those of the class `stands_alone` qualify no word before them and are l.
    """
    given, common = book.word_set("given"), book.word_set("common")
    alone = book.word_set("stands_alone")
    article = str(book.settings("names").get("article", " "))
    endings = tuple(book.settings("names").get("surname_endings", ()))
    qualities = tuple(book.settings("names").get("quality_endings", ()))

    places = book.place_words

    @lru_cache(maxsize=200_000)
    def shape(norm: str) -> str:
        bare = norm.removeprefix(article)
        definite = bare != norm and len(bare) > 1
        if norm in given:
            return "x" if norm in common else "c"
        derived = norm not in book.ordinary_words
        if definite and derived and norm.endswith(endings) and norm not in alone and not {norm, bare} & places:
            return "z" if book.is_ordinary(norm) else "y"
        if not derived or (book.is_ordinary(norm) and bare not in given and (definite or not norm.endswith(endings))):
            return "d" if definite and norm not in alone else "l"
        if norm in book.place_words:
            return "d" if definite else "l"
        return "y" if definite and not norm.endswith(qualities) else "x"

    return shape


def echo_names(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], book: Rulebook) -> list[Sentence]:
    """In a script without case, mark by shape u the words of names given in full wherever else the article has them."""
    if not book.caseless:
        return list(sentences)
    given, particles = book.word_set("given"), book.word_set("particle")
    words: set[str] = set()
    for sentence, row in zip(sentences, mentions, strict=True):
        for person in (m for m in row if m.kind == "person"):
            start, end = person.spans.get("name", (0, 0))
            tokens = sentence.tokens[start:end]
            later = [t.norm for t in tokens[1:-1] if t.norm not in given]
            words.update(t for t in [*later, *(t.norm for t in tokens[-1:])] if t not in particles)
    words = {word for word in words if _tells(word, given, book)}

    def mark(token: Token) -> Token:
        return token._replace(shape="u") if token.norm in words and token.shape in _ECHOED else token

    return [replace(s, tokens=tuple(map(mark, s.tokens))) for s in sentences]


def may_be_echoed(sentence: Sentence, book: Rulebook) -> frozenset[str]:
    """The words of a sentence that are marked where a name elsewhere in the article holds them."""
    given = book.word_set("given")
    return frozenset(t.norm for t in sentence.tokens if t.shape in _ECHOED and _tells(t.norm, given, book))


def _tells(word: str, given: frozenset[str], book: Rulebook) -> bool:
    """Whether a word of a name is one wherever it stands."""
    return len(word) > 2 and (word in given or not book.is_ordinary(word))


_ECHOED = "cdxyz"


def surnames_like_cities(
    sentence: Sentence, row: Sequence[Mention], surnames: frozenset[str], book: Rulebook
) -> frozenset[str]:
    """The cities of a sentence that are called like somebody in the article and stand where no place would."""
    behind = book.word_set("locative") | book.word_set("preposition_of_place")
    cities = [m for m in row if m.kind == "city" and m.end - m.start == 1]
    norms = {m.start: sentence.tokens[m.start].norm for m in cities}
    return frozenset(
        norm
        for start, norm in norms.items()
        if norm in surnames and not (start and sentence.tokens[start - 1].norm in behind)
    )


def may_be_surname(word: str, text: str) -> bool:
    """Whether a word stands behind another with a capital somewhere in a text, as the last of a full name does."""
    end = 0
    for match in re.finditer(rf"(?<=\s){re.escape(word)}\b", text):
        if _ends_in_name(text[max(end, match.start() - _TWO_WORDS) : match.start()]):
            return True
        end = match.end()
    return False


def _ends_in_name(text: str) -> bool:
    """Whether the last word, or that before one of three letters at most, begins with a capital.

    Asked of the words before a name; one expression for both would be tried at every letter of an article.
    """
    before = [word for word in text.split()[-2:] if any(map(_in_word, word))]
    first = before[0] if len(before) > 1 and len(before[1]) <= _SHORT else "".join(before[-1:])
    return next((letter.isupper() for letter in first if _in_word(letter)), False)


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_TWO_WORDS, _SHORT = 80, 3  # letters


def find_surnames(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], book: Rulebook
) -> frozenset[str]:
    """The last words of the full names of an article, in a script with case."""
    if book.caseless:
        return frozenset()
    found = set()
    for sentence, row in zip(sentences, mentions, strict=True):
        for person in (m for m in row if m.kind == "person"):
            start, end = person.spans.get("name", (0, 0))
            if end - start > 1:
                found.add(sentence.tokens[end - 1].norm)
    return frozenset(found)


def _first_word(tokens: Sequence[Token]) -> int | None:
    return next((i for i, token in enumerate(tokens) if token.norm not in _OPENING), None)


def _lower(token: Token) -> Token:
    return token._replace(shape="l") if token.shape in "cu" else token


def _is_headline_case(sentence: Sentence, share: float) -> bool:
    if sentence.zone != "title":
        return False
    words = [token for token in sentence.tokens if token.shape in "cul" and len(token.norm) > 3]
    return bool(words) and sum(token.shape != "l" for token in words) / len(words) >= share


def _plain_in_headline(token: Token, evidence: CaseEvidence, common: frozenset[str]) -> bool:
    if evidence.capital[token.norm]:
        return False
    return token.norm in common or bool(evidence.lower[token.norm])


def _only_opens(
    tokens: Sequence[Token], first: int, evidence: CaseEvidence, common: frozenset[str], endings: tuple[str, ...]
) -> bool:
    token = tokens[first]
    if token.shape != "c":
        return False
    following = tokens[first + 1] if first + 1 < len(tokens) else None
    if token.norm in common:
        return not (following and following.shape in "cu" and evidence.capital[token.norm] > evidence.lower[token.norm])
    if evidence.capital[token.norm]:
        return False
    if evidence.lower[token.norm]:
        return True
    return token.norm.endswith(endings) and not (following and following.shape in "cu") if endings else False


def find_names(sentence: Sentence, mentions: Sequence[Mention], book: Rulebook) -> list[Mention]:
    """Runs of words that may name a person, by the rules of people.yaml that find `name`."""
    return find_by_rules(sentence, mentions, book, "people", "name")
