"""Tokens and sentences of the shipped languages: where words are cut, and that nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import shipped
from extract.text import Block
from extract.tokens import Tokenize, build_tokenizer, split_norms, split_sentences
from extract.values.normal import normal_form


def tokenizer(language: str) -> Tokenize:
    return shipped().language(language).tokenize


def words(language: str, text: str) -> list[str]:
    return [token.text for token in tokenizer(language)(text, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met.", "They|met|.", id="full-stop"),
        pytest.param("in 2024.", "in|2024|.", id="full-stop-after-a-number"),
        pytest.param("Mr. Lind came", "Mr.|Lind|came", id="abbreviation"),
        pytest.param("the U.S. envoy", "the|U.S.|envoy", id="letters-with-stops"),
        pytest.param("Iran's minister", "Iran|'s|minister", id="genitive"),
        pytest.param("Iran’s minister", "Iran|’s|minister", id="typographic-genitive"),
        pytest.param("he said:“Yes”", "he|said|:|“|Yes|”", id="glued-quotes"),
        pytest.param("April 16-18", "April|16|-|18", id="range-of-days"),
        pytest.param("Iran–Japan talks", "Iran|–|Japan|talks", id="en-dash"),
        pytest.param("Lee Jong-ho", "Lee|Jong-ho", id="hyphen-in-a-name"),
        pytest.param("at 10:30 a.m.", "at|10:30|a.m.", id="time-of-day"),
        pytest.param("1,250.5 tons", "1,250.5|tons", id="number"),
        pytest.param("talks.The minister", "talks|.|The|minister", id="missing-blank"),
        pytest.param("the ministry (MIC)", "the|ministry|(|MIC|)", id="brackets"),
    ],
)
def test_english_words(text: str, expected: str) -> None:
    assert words("en", text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("اجتماعًا.", "اجتماعًا|.", id="full-stop-after-vowel-sign"),
        pytest.param("عام 2024.", "عام|2024|.", id="full-stop-after-a-number"),
        pytest.param("التقى الوزير، أمس", "التقى|الوزير|،|أمس", id="comma"),
        pytest.param("والتقى", "و|التقى", id="conjunction"),
        pytest.param("«نعم»", "«|نعم|»", id="quotes"),
    ],
)
def test_arabic_words(text: str, expected: str) -> None:
    assert words("ar", text) == expected.split("|")


@pytest.mark.parametrize("language", ["en", "ar"])
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_every_token_is_a_slice_of_the_text(language: str, text: str) -> None:
    tokens = tokenizer(language)(text, 0)
    assert [t.text for t in tokens] == [text[t.start : t.end] for t in tokens]


@pytest.mark.parametrize("language", ["en", "ar"])
@given(text=st.text(alphabet="abc وبال.,'’\"()-1 \n", max_size=40))
def test_tokens_lose_no_letter(language: str, text: str) -> None:
    joined = "".join(token.text for token in tokenizer(language)(text, 0))
    assert "".join(joined.split()) == "".join(text.split())


def test_offsets_count_from_the_given_start() -> None:
    first, second = tokenizer("en")("They met", 100)
    assert (first.start, second.start, second.end) == (100, 105, 108)


@pytest.mark.parametrize(
    ("word", "shape"),
    [("Japan", "c"), ("IAEA", "u"), ("talks", "l"), ("2025", "n"), (",", "p"), ("al-Sisi", "c"), ("A", "c")],
)
def test_shape_of_a_word(word: str, shape: str) -> None:
    assert [token.shape for token in tokenizer("en")(word, 0)] == [shape]


def sentences(text: str, **settings: object) -> list[str]:
    tokenize = build_tokenizer("en", {"suffixes": [r"[.!?\"]"], "abbreviations": ["U.S.", "Gen."], **settings})
    found = split_sentences([Block(text, 0, "body", 0)], tokenize, settings)
    return [text[sentence.start : sentence.end] for sentence in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met. They left.", ["They met.", "They left."], id="two"),
        pytest.param("They met", ["They met"], id="no-stop"),
        pytest.param('He said "yes." They left.', ['He said "yes."', "They left."], id="closing-quote"),
        pytest.param("Really? Yes!", ["Really?", "Yes!"], id="other-marks"),
        pytest.param("The U.S. envoy left.", ["The U.S. envoy left."], id="abbreviation-inside"),
        pytest.param("They saw Gen. Lind.", ["They saw Gen. Lind."], id="title-before-a-name"),
        pytest.param("It cost 3. and more.", ["It cost 3. and more."], id="lower-case-goes-on"),
        pytest.param("", [], id="empty"),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_abbreviation_closes_the_sentence_before_a_word_that_opens_one() -> None:
    assert sentences("He left the U.S. The envoy stayed.", starters=["the"]) == [
        "He left the U.S.",
        "The envoy stayed.",
    ]


def test_a_sentence_without_end_is_cut_at_the_longest() -> None:
    assert [len(each.split()) for each in sentences("word " * 25, longest_sentence=10)] == [10, 10, 5]


def test_a_sentence_never_crosses_a_block() -> None:
    tokenize = build_tokenizer("en", {})
    blocks = [Block("Talks on trade", 0, "title", 0), Block("They met", 16, "body", 1)]
    found = split_sentences(blocks, tokenize, {})
    assert [(s.index, s.zone, s.start, s.end) for s in found] == [(0, "title", 0, 14), (1, "body", 16, 24)]


def test_rule_words_are_cut_as_the_text_is() -> None:
    split = split_norms(build_tokenizer("en", {"suffixes": ["'s"]}))
    assert (split("Iran's"), split("")) == (("iran", "'s"), (normal_form(""),))


def test_a_tokenizer_that_begins_anew_cuts_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The U.S. minister's visit ended on Monday, 12 May. " * 3
    before = [build_tokenizer("en", {"suffixes": ["[.,]"], "abbreviations": ["U.S."]})(text, 0) for _ in range(2)]
    monkeypatch.setattr("extract.tokens._MOST_WORDS", 5)
    tokenize = build_tokenizer("en", {"suffixes": ["[.,]"], "abbreviations": ["U.S."]})
    assert [tokenize(text, 0) for _ in range(2)] == before
