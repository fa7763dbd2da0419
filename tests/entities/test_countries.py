"""Countries of officials whose office names none."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import compose_article


def countries(text: str, language: str = "en") -> dict[str, str | None]:
    """The country of each person of an article."""
    reading = shipped().analyze(compose_article("a", text, language=language), False).reading
    assert reading is not None
    return {e.name: e.country for e in reading.entities.all if e.kind == "person"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        pytest.param("HANOI, May 3 (News) -- Minister Le Van Binh held talks.", "Le Van Binh", "VN", id="dateline"),
        pytest.param("Ana Ruiz and Omar Said led the Indian delegation.", "Omar Said", "IN", id="without-office"),
        pytest.param("Director Ana Ruiz led the Indian delegation.", "Ana Ruiz", "IN", id="leads-a-delegation"),
        pytest.param(
            "A Japanese delegation came for talks. The delegation is led by Ken Ito, governor of Kyoto-Fu.",
            "Ken Ito",
            "JP",
            id="the-delegation",
        ),
        pytest.param(
            "BAKU, May 3 (News) -- She was in Yerevan, where Foreign Minister Ana Davtyan held talks with her.",
            "Ana Davtyan",
            "AM",
            id="where",
        ),
        pytest.param(
            "Kuwaiti Emir Nasser Said, Crown Prince Omar Said and Speaker Ali Said held talks.",
            "Ali Said",
            "KW",
            id="list",
        ),
        pytest.param(
            "LIMA, May 3 (News) -- Japanese President Ken Ito, accompanied by Trade Minister Jun Abe, held talks.",
            "Jun Abe",
            "JP",
            id="accompanies",
        ),
        pytest.param(
            "WASHINGTON, May 3 (News) -- Prime Minister Ana Ruiz met President Omar Hale.",
            "Ana Ruiz",
            None,
            id="no-such-office",
        ),
        pytest.param("OSLO, May 3 (News) -- UN envoy Ana Ruiz held talks.", "Ana Ruiz", None, id="international"),
        pytest.param("Lu Wen met the Chilean ambassador.", "Lu Wen", None, id="met-an-official"),
        pytest.param("Lu Wen, for years the Chilean ambassador, spoke.", "Lu Wen", "CL", id="apposition"),
        pytest.param("Army Chief General Asad Khan met US Secretary Ana Hale.", "Asad Khan", None, id="of-the-other"),
        pytest.param("Secretary Ana Hale met Chilean President Omar Diaz.", "Ana Hale", "US", id="bare-secretary"),
    ],
)
def test_the_country_served(text: str, name: str, country: str | None) -> None:
    assert countries(text)[name] == country


def test_a_country_has_one_head_of_government() -> None:
    text = "PARIS, May 3 (News) -- French Prime Minister Ana Petit and Prime Minister Tom Hale held talks."
    assert countries(text) == {"Ana Petit": "FR", "Tom Hale": None}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        pytest.param(
            "استقبل رئيس الحكومة سامي بن حمودة الوفد. وقال الاتحاد العام التونسي للشغل إن الحكومة التونسية وعدت بذلك.",
            "سامي بن حمودة",
            "TN",
            id="bodies-tell-the-home",
        ),
        pytest.param(
            "استقبل خادم الحرمين الشريفين في الرياض أمس الرئيس عادل منصور. وقال إن اليمن، نعم اليمن، يعاني.",
            "عادل منصور",
            "YE",
            id="a-kingdom-has-no-president",
        ),
        pytest.param("التقى وزير شؤون المصريين بالخارج سامح فتحي الوفد.", "سامح فتحي", "EG", id="field-of-one-country"),
    ],
)
def test_the_country_served_by_an_arab_official(text: str, name: str, country: str | None) -> None:
    assert countries(text, "ar")[name] == country


@pytest.mark.parametrize(
    ("dateline", "country"),
    [
        ("OSLO, May 3 (APP): ", "PK"),
        ("OSLO, May 3 (News) -- ", "NO"),
        ("GENEVA, May 3 (APP): ", "PK"),
        ("GENEVA, May 3 (News) -- ", None),
    ],
    ids=["agency-abroad", "dateline", "agency-at-a-seat", "a-seat"],
)
def test_the_agency_of_a_state_names_its_officials_without_the_country(dateline: str, country: str | None) -> None:
    assert countries(f"{dateline}Trade Minister Ana Ruiz met Chilean President Omar Diaz.")["Ana Ruiz"] == country
