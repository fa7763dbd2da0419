"""The same article written differently gives the same record: vowel signs, letter variants, digits, order of words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from extract.article import Article, compose_article
from extract.schema import Record

Pipeline = Callable[[Article], Record]

TEXT = (
    "استقبل وزير الخارجية المصري كمال الشناوي، يوم الثلاثاء 13 مايو 2025، في القاهرة، "
    "وزيرة الطاقة الأردنية إيمان القطاونة. وبحث الجانبان الربط الكهربائي والطاقة المتجددة. "
    "واتفق الجانبان على إنشاء لجنة فنية مشتركة."
)


def presentation_forms(text: str) -> str:
    """The first letter of "in" and every lam-alef as presentation forms, as old converters write them."""
    return text.replace("لا", "\ufefb").replace("في", "\ufed3\ufef2")


def with_vowel_signs(text: str) -> str:
    """A vowel sign after every third letter; no tanween, which would stand for a letter of its own."""
    signs = "\u064e\u0650\u064f"
    return "".join(
        char + (signs[place % 3] if "\u0628" <= char <= "\u064a" and place % 3 == 0 else "")
        for place, char in enumerate(text)
    )


VARIANTS = {
    "vowel-signs": with_vowel_signs(TEXT),
    "tatweel": TEXT.replace("القاهرة", "القـاهـرة").replace("وزير ", "وزيـــر "),
    "no-hamza": TEXT.translate(str.maketrans("أإآ", "ااا")),
    "farsi-letters": TEXT.translate(str.maketrans("كي", "کی")),
    "no-ta-marbuta": TEXT.replace("القاهرة", "القاهره").replace("الخارجية", "الخارجيه"),
    "final-ya": TEXT.replace("في القاهرة", "فى القاهرة").replace("المصري", "المصرى"),
    "eastern-digits": TEXT.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "persian-digits": TEXT.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
    "presentation-forms": presentation_forms(TEXT),
    "bidi-controls": "\u200f" + TEXT.replace("2025", "\u202a2025\u202c"),
    "decomposed": unicodedata.normalize("NFD", TEXT),
    "sentences-joined-by-waw": TEXT.replace("القطاونة. وبحث", "القطاونة، وبحث").replace(
        "المتجددة. واتفق", "المتجددة، واتفق"
    ),
    "subject-first": TEXT.replace(
        "استقبل وزير الخارجية المصري كمال الشناوي،", "وزير الخارجية المصري كمال الشناوي استقبل،"
    ),
}


def read(pipeline: Pipeline, text: str) -> Record:
    return pipeline(compose_article("a", text, language="ar", published=date(2025, 5, 14)))


def plain(text: str) -> str:
    """A name without what the variants vary."""
    text = "".join(
        c for c in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)) if not unicodedata.combining(c)
    )
    return text.translate(str.maketrans("یکىة", "يكيه", "\u0640\u200f\u202a\u202c"))


def meaning(record: Record) -> list[tuple[Any, ...]]:
    """What a record says, without wording and offsets."""
    return [
        (
            m.kind,
            m.status,
            m.date and m.date.timex,
            m.venue and (plain(m.venue.city or ""), m.venue.country),
            [(plain(p.name), p.country, [r.position for r in p.roles]) for p in m.participants],
            [t.id for t in m.topics],
            [a.type for a in m.agreed_actions],
        )
        for m in record.meetings
    ]


def test_the_plain_article(pipeline: Pipeline) -> None:
    people = [("كمال الشناوي", "EG", ["minister"]), ("ايمان القطاونه", "JO", ["minister"])]
    ((kind, status, day, venue, participants, topics, actions),) = meaning(read(pipeline, TEXT))
    assert (kind, status, day, venue) == ("meeting", "held", "2025-05-13", ("القاهره", "EG"))
    assert (participants, actions) == (people, ["establish"])
    assert "renewable-energy" in topics


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_a_variant_gives_the_same_record(pipeline: Pipeline, text: str) -> None:
    assert meaning(read(pipeline, text)) == meaning(read(pipeline, TEXT))


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_evidence_counts_in_the_text_as_given(pipeline: Pipeline, text: str) -> None:
    for meeting in read(pipeline, text).meetings:
        for person in meeting.participants:
            assert text[person.evidence.start : person.evidence.end] == person.name
