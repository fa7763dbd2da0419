"""Clitics are tokens of their own where the rest is a word, and only there."""

from __future__ import annotations

import pytest

from extract.pipeline import load_pipeline
from extract.tokens import Tokenize


@pytest.fixture(scope="module")
def tokenize() -> Tokenize:
    return load_pipeline(languages=["ar"]).language("ar").tokenize


CASES = {
    "and-verb": ("وقال", "و|قال"),
    "and-in": ("وفي", "و|في"),
    "and-the-noun": ("والاقتصاد", "و|الاقتصاد"),
    "in-the-city": ("بالقاهرة", "ب|القاهرة"),
    "for-the-noun": ("للاقتصاد", "ل|لاقتصاد"),
    "and-for-the-noun": ("وللطاقة", "و|ل|لطاقة"),
    "will-meet": ("سيلتقي", "س|يلتقي"),
    "and-will-meet": ("وسيلتقي", "و|س|يلتقي"),
    "unknown-verb-behind-will": ("سيزخرف", "س|يزخرف"),
    "minister-is-whole": ("وزير", "وزير"),
    "delegation-is-whole": ("وفد", "وفد"),
    "meeting-is-whole": ("لقاء", "لقاء"),
    "for-a-meeting": ("للقاء", "ل|لقاء"),
    "name-is-whole": ("وليد", "وليد"),
    "foreign-name-is-whole": ("بوتين", "بوتين"),
    "city-is-whole": ("بيروت", "بيروت"),
    "on-is-no-ali": ("على", "على"),
    "vowel-signs-stay-with-their-letter": ("وَقَالَ", "وَ|قَالَ"),
    "stop-behind-vowels": ("اجتماعًا.", "اجتماعًا|."),
    "stop-behind-digits": ("2024.", "2024|."),
    "arabic-comma": ("القاهرة،وقال", "القاهرة|،|و|قال"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_tokens(tokenize: Tokenize, text: str, expected: str) -> None:
    tokens = tokenize(text, 0)
    assert "|".join(token.text for token in tokens) == expected
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_the_article_is_whole_again_behind_a_preposition(tokenize: Tokenize) -> None:
    assert [token.norm for token in tokenize("للاقتصاد", 0)] == ["ل", "الاقتصاد"]
