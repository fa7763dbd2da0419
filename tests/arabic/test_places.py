"""Where an Arabic report says that a meeting took place."""

from __future__ import annotations

from datetime import date

import pytest

from builders import shipped
from extract.article import Article

HELD = [
    (
        "استقبل الملك سالم الثاني في عمان وزير الخارجية الفرنسي جان مارتان، وأكد عمق العلاقات الأردنية الفرنسية.",
        "عمان",
        "JO",
    ),
    ("وصل وزير الخارجية الفرنسي جان مارتان إلى عمان. وتأتي الزيارة بدعوة من سلطنة عمان.", None, "OM"),
    ("استقبل رئيس الجمهورية العراقي كريم الجبوري في قصر السلام ببغداد السفير البريطاني جون سميث.", "بغداد", "IQ"),
    ("عقد في العاصمة السعودية اجتماع بين وزير الخارجية السعودي سامي الحداد ونظيره المصري سامح العدوي.", "الرياض", "SA"),
    ("اجتمع وزير الداخلية كريم الجبوري في محافظة إربد مع المحافظ سامي الحداد.", "إربد", "JO"),
    ("الرياض - واس: عقد وزير التجارة سامي الحداد هنا اليوم اجتماعا مع نظيره المصري سامح العدوي.", "الرياض", "SA"),
]


@pytest.mark.parametrize(("text", "city", "country"), HELD)
def test_the_place_of_a_meeting_is_read(text: str, city: str | None, country: str) -> None:
    venue = shipped()(Article("x", text, None, "ar", date(2025, 5, 14))).meetings[0].venue
    assert venue is not None
    assert (venue.city, venue.country) == (city, country)


def test_a_guest_brings_no_office_along() -> None:
    text = "استقبل أمير البلاد الشيخ سالم بن خالد في مكتبه اليوم رئيس وزراء باكستان عمران شريف."
    venue = shipped()(Article("x", text, None, "ar", date(2025, 5, 14))).meetings[0].venue
    assert venue is None or venue.country != "PK"


def test_the_own_minister_abroad_is_no_local() -> None:
    text = "التقى وزير الخارجية سامي الحداد في جنيف نظيره الهندي راج كومار."
    meeting = shipped()(Article("x", text, None, "ar", date(2025, 5, 14))).meetings[0]
    assert {p.country for p in meeting.participants} == {None, "IN"}
