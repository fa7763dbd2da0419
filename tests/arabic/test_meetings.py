"""One sentence each: who met whom, as what, and whether it took place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from extract.article import Article, compose_article
from extract.schema import Meeting, Record

Pipeline = Callable[[Article], Record]


def meetings(pipeline: Pipeline, text: str) -> tuple[Meeting, ...]:
    return pipeline(compose_article("a", text, language="ar", published=date(2025, 5, 14))).meetings


A, B = "وزير الخارجية المصري كمال الشناوي", "السفير الياباني بيتر أوتينو"
KINDS = {
    "verb-first": (f"التقى {A} {B}.", "meeting", "held"),
    "subject-first": (f"{A} التقى {B}.", "meeting", "held"),
    "with-a-preposition": (f"اجتمع {A} مع {B}.", "meeting", "held"),
    "received": (f"استقبل {A} في مكتبه اليوم {B}.", "meeting", "held"),
    "passive": (f"استُقبل {B} من قبل {A}.", "meeting", "held"),
    "held-talks": (f"عقد {A} جلسة مباحثات مع {B}.", "meeting", "held"),
    "noun-between": (f"جرت مباحثات بين {A} و{B}.", "meeting", "held"),
    "dual": (f"بحث {A} و{B} العلاقات الثنائية.", "meeting", "held"),
    "future": (f"سيلتقي {A} {B}.", "meeting", "planned"),
    "scheduled": (f"من المقرر أن يلتقي {A} {B}.", "meeting", "planned"),
    "call": (f"أجرى {A} اتصالا هاتفيا مع {B}.", "call", "held"),
    "call-received": (f"تلقى {A} اتصالا هاتفيا من {B}.", "call", "held"),
    "signing": (f"وقع {A} و{B} مذكرة تفاهم.", "signing", "held"),
}


@pytest.mark.parametrize(("text", "kind", "status"), KINDS.values(), ids=KINDS.keys())
def test_kind_status_and_sides(pipeline: Pipeline, text: str, kind: str, status: str) -> None:
    [meeting] = meetings(pipeline, text)
    assert (meeting.kind, meeting.status) == (kind, status)
    sides = sorted((p.name, p.country, p.roles[0].position) for p in meeting.participants)
    assert sides == sorted([("كمال الشناوي", "EG", "minister"), ("بيتر أوتينو", "JP", "ambassador")])


NONE = {
    "associations": "قالت الجمعيات إن المباريات انتهت.",
    "search-for-work": "بحث الرجل عن عمل في المدينة.",
    "football": "التقى الفريقان في مباراة ودية أمس.",
    "wish": f"دعا {A} إلى عقد لقاء مع {B}.",
    "press-interview": f"قال {A} في لقاء صحفي إن الأوضاع جيدة.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_what_is_no_meeting(pipeline: Pipeline, text: str) -> None:
    assert meetings(pipeline, text) == ()


PEOPLE = {
    "office-before": ("وزير الدفاع الأمريكي جون سميثرز", "جون سميثرز", "US", "minister"),
    "office-behind": ("كمال الشناوي وزير الدولة المصري", "كمال الشناوي", "EG", "minister"),
    "behind-a-comma": ("راتو ناولو، رئيس وزراء فيجي،", "راتو ناولو", "FJ", "head_of_government"),
    "prince": (
        "صاحب السمو الملكي الأمير فيصل بن خالد بن عبدالعزيز ولي العهد السعودي",
        "فيصل بن خالد بن عبدالعزيز",
        "SA",
        "royal",
    ),
    "deputy": ("نائب وزير الخارجية الروسي ميخائيل بوغدانوف", "ميخائيل بوغدانوف", "RU", "deputy_minister"),
    "ambassador-to": ("سفيرة كندا لدى الكويت مارغريت دوفال", "مارغريت دوفال", "CA", "ambassador"),
    "charge": ("القائم بالأعمال الكوري لي سونغ", "لي سونغ", "KR", "diplomat"),
    "speaker": ("رئيس مجلس النواب العراقي محسن الجواري", "محسن الجواري", "IQ", "speaker"),
    "king": ("خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز", "سلمان بن عبدالعزيز", "SA", "head_of_state"),
    "general": ("رئيس هيئة الأركان الأردني اللواء الركن يوسف الحنيطي", "يوسف الحنيطي", "JO", "military_officer"),
    "former": ("الرئيس الأمريكي السابق باراك أوباما", "باراك أوباما", "US", "official"),
    "two-fields": ("وزير الطاقة والمناجم الجزائري توفيق حليلو", "توفيق حليلو", "DZ", "minister"),
}


@pytest.mark.parametrize(("words", "name", "country", "position"), PEOPLE.values(), ids=PEOPLE.keys())
def test_people(pipeline: Pipeline, words: str, name: str, country: str, position: str) -> None:
    [meeting] = meetings(pipeline, f"التقى رئيس الوزراء الهندي ناريندرا شارما في نيودلهي {words} أمس.")
    person = next(p for p in meeting.participants if p.name != "ناريندرا شارما")
    assert (person.name, person.country) == (name, country)
    assert position in {role.position for role in person.roles}


def test_two_who_hold_one_office(pipeline: Pipeline) -> None:
    [meeting] = meetings(
        pipeline, "التقى وزير الخارجية الروسي سيرغي لافروف نظيريه، المصري كمال الشناوي والأردني بدر الخطيب."
    )
    assert [(p.name, p.country, p.roles[0].position) for p in meeting.participants] == [
        ("سيرغي لافروف", "RU", "minister"),
        ("كمال الشناوي", "EG", "minister"),
        ("بدر الخطيب", "JO", "minister"),
    ]


def test_a_later_mention_by_surname(pipeline: Pipeline) -> None:
    text = f"قال {A} إن العلاقات جيدة. واستقبل الشناوي أمس {B}."
    [meeting] = meetings(pipeline, text)
    assert "كمال الشناوي" in {p.name for p in meeting.participants}


def test_topics_of_both_languages_share_ids(pipeline: Pipeline) -> None:
    [meeting] = meetings(pipeline, f"التقى {A} {B}، وبحثا الذكاء الاصطناعي.")
    assert [topic.id for topic in meeting.topics] == ["artificial-intelligence"]


def test_proposals_stay_apart(pipeline: Pipeline) -> None:
    text = f"التقى {A} {B}. واقترح الشناوي إنشاء مركز للابتكار، وتدريب الكوادر، وتنظيم منتدى سنوي."
    [meeting] = meetings(pipeline, text)
    assert [action.text for action in meeting.proposed_actions] == [
        "إنشاء مركز للابتكار",
        "تدريب الكوادر",
        "تنظيم منتدى سنوي",
    ]
