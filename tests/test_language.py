"""Language detection: script first, the bundled model for the rest, None where it cannot be told."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.language import detect_language, likeliest_language

CASES = [
    ("english", "The foreign minister received the ambassador on Monday to talk about trade and transport.", "en"),
    ("english_capitals", "THE FOREIGN MINISTER RECEIVED THE AMBASSADOR ON MONDAY TO TALK ABOUT TRADE.", "en"),
    ("french", "Le ministre des affaires étrangères a reçu lundi l'ambassadeur pour parler du commerce.", "fr"),
    ("spanish", "El ministro de Asuntos Exteriores recibió el lunes al embajador para hablar de comercio.", "es"),
    ("german", "Der Außenminister empfing am Montag den Botschafter und sprach mit ihm über den Handel.", "de"),
    ("russian", "Министр иностранных дел принял в понедельник посла и обсудил с ним торговлю.", "ru"),
    ("arabic", "استقبل وزير الخارجية السفير يوم الاثنين وبحث معه التجارة والنقل بين البلدين.", "ar"),
    ("arabic_vowelled", "اِسْتَقْبَلَ وَزِيرُ الخَارِجِيَّةِ السَّفِيرَ يَوْمَ الاثْنَيْنِ.", "ar"),
    ("arabic_stretched", "استقبـــل وزيـــر الخارجيـــة السفيـــر يوم الاثنين.", "ar"),
    ("arabic_presentation_forms", "ﺍﺳﺘﻘﺒﻞ ﻭﺯﻳﺮ ﺍﻟﺨﺎﺭﺟﻴﺔ ﺍﻟﺴﻔﻴﺮ", "ar"),
    ("arabic_with_english_names", "استقبل الوزير مدير شركة Example Systems يوم الاثنين في مقر الوزارة بالعاصمة.", "ar"),
    ("persian", "وزیر امور خارجه روز دوشنبه با سفیر ژاپن در تهران دیدار و گفتگو کرد.", "fa"),
    (
        "persian_on_arabic_keyboard",
        "وزير امور خارجه روز دوشنبه با سفير ژاپن ديدار و درباره گسترش همكاري گفتگو كرد و گفت چنين پروژه بزرگ است",
        "fa",
    ),
    ("urdu", "وزیر خارجہ نے پیر کے روز سفیر سے ملاقات کی اور تجارت پر بات چیت کی۔", "ur"),
    ("hebrew", "שר החוץ קיבל ביום שני את השגריר ודן עמו בסחר", "he"),
    ("korean", "외교부 장관은 월요일에 대사를 만나 무역에 대해 논의했다", "ko"),
    ("japanese", "外務大臣は月曜日に大使と会談し、貿易について話し合った。", "ja"),
    ("empty", "", None),
    ("digits", "2024 - 12 - 31, 100 %", None),
    ("three_letters", "OK.", None),
    ("address_only", "https://example.org/the/minister/met/the/ambassador", None),
    ("half_and_half", "ministers meet today وزراء يجتمعون اليوم", None),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_language(text: str, expected: str | None) -> None:
    assert detect_language(text) == expected


def test_title_helps_where_the_text_is_too_short() -> None:
    assert detect_language("OK.") is None
    assert detect_language("OK.", "Foreign minister receives the new ambassador and talks about the trade") == "en"


def test_only_the_start_is_read() -> None:
    start = "The foreign minister received the ambassador on Monday to talk about trade. " * 30
    assert detect_language(start + "وزير " * 100_000) == "en"


def test_no_network_library_is_imported() -> None:
    code = (
        "import sys; from extract.language import detect_language;"
        "assert detect_language('The minister received the ambassador on Monday.') == 'en';"
        "assert not {'requests', 'urllib3', 'http.client'} & set(sys.modules), 'network'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    answer = detect_language(text)
    assert answer is None or (answer.isascii() and answer.islower())
    assert answer == detect_language(text)


def test_a_sentence_that_must_be_of_one_of_our_languages_is_of_the_likeliest_of_them() -> None:
    assert detect_language("Ana Ruiz met Omar Said.") not in ("en", "ar")
    assert likeliest_language("Ana Ruiz met Omar Said.", ("ar", "en")) == "en"
    assert likeliest_language("Ana Ruiz met Omar Said.", ()) is None
