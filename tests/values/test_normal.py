"""Normal forms: what counts as the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.normal import normal_form

ALEF_MAKSURA_FOLD = str.maketrans({"ى": "ي"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("MINISTER", "minister", id="case"),
        pytest.param("Straße", "strasse", id="case-folding"),
        pytest.param("Türkiye", "turkiye", id="accents"),
        pytest.param("İstanbul", "istanbul", id="dotted-capital-i"),
        pytest.param("Côte d’Ivoire", "cote d'ivoire", id="typographic-apostrophe"),
        pytest.param("“talks”", '"talks"', id="quotes"),
        pytest.param("«talks»", '"talks"', id="guillemets"),
        pytest.param("Iran–Japan", "iran-japan", id="en-dash"),
        pytest.param("2−1", "2-1", id="minus"),
        pytest.param("ﬁnance", "finance", id="ligature"),
        pytest.param("ＡＩ", "ai", id="full-width"),
        pytest.param("Min\u200bister", "minister", id="zero-width-space"),
        pytest.param("\u200eTehran\u200f", "tehran", id="direction-marks"),
        pytest.param("don`t", "don't", id="backquote"),
        pytest.param("٢٠٢٥", "2025", id="arabic-digits"),
        pytest.param("۱۴۰۴", "1404", id="persian-digits"),
        pytest.param("وَزِيرُ", "وزير", id="arabic-vowel-signs"),
        pytest.param("وزيـــر", "وزير", id="tatweel"),
        pytest.param("ﻭﺯﻳﺮ", "وزير", id="presentation-forms"),
        pytest.param("ﻻ", "لا", id="lam-alef-ligature"),
        pytest.param("", "", id="empty"),
    ],
)
def test_words_that_look_different_compare_as_one(text: str, expected: str) -> None:
    assert normal_form(text) == expected


@pytest.mark.parametrize(("one", "other"), [("Iran", "Iraq"), ("met", "meet"), ("3,5", "35"), ("co-op", "coop")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_a_language_may_fold_letters_of_its_own() -> None:
    assert normal_form("مستشفى", ALEF_MAKSURA_FOLD) == "مستشفي"


@given(st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_ascii_keeps_its_length(text: str) -> None:
    assert len(normal_form(text)) == len(text)
