"""People in English sentences: whole names of many cultures, their offices, lists and joint offices."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.annotations import Mention
from extract.article import compose_article
from extract.entities import Entity
from extract.mentions.people import part_people


def people(text: str) -> list[Entity]:
    """The named people of a text, in order."""
    # An article without any meeting is put aside unread.
    article = compose_article("a", f"{text} The two sides held talks.", language="en")
    reading = shipped().analyze(article, False).reading
    assert reading is not None
    return [e for e in reading.entities.all if e.kind == "person"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("Qian Yunfeng", "Qian Yunfeng", id="chinese"),
        pytest.param("He Yafeng", "Minister He Yafeng", id="surname-that-is-a-pronoun"),
        pytest.param("Lee Jong-min", "Lee Jong-min", id="korean-hyphen"),
        pytest.param("Park Soo-ah", "Park Soo-ah", id="surname-that-is-a-place-word"),
        pytest.param("Nguyen Van Hung", "Nguyen Van Hung", id="vietnamese"),
        pytest.param("Đặng Hoài An", "Đặng Hoài An", id="last-word-an-article"),
        pytest.param("Nasser al-Harbi", "Nasser al-Harbi", id="arabic-particle"),
        pytest.param("Khalid bin Omar Al Nuaimi", "Khalid bin Omar Al Nuaimi", id="arabic-four-parts"),
        pytest.param("Abdel Amir al-Asadi", "Abdel Amir al-Asadi", id="given-name-that-is-a-title"),
        pytest.param("Sultan Al Harithi", "Minister Sultan Al Harithi", id="title-word-behind-an-office"),
        pytest.param("Dean Hollis", "Acting Secretary Dean Hollis", id="dean-behind-an-office"),
        pytest.param("María Soledad Errázuriz Vial", "María Soledad Errázuriz Vial", id="spanish-four-parts"),
        pytest.param("Ximena Treviño de la Garza", "Ximena Treviño de la Garza", id="spanish-particles"),
        pytest.param("Annelies Van der Straeten", "Annelies Van der Straeten", id="dutch-particles"),
        pytest.param("Brian O'Hara", "Brian O'Hara", id="irish"),
        pytest.param("John F. Hale III", "Mr. John F. Hale III", id="initial-and-number"),
        pytest.param("Hamish Carr", "Deputy Prime Minister the Rt Hon Hamish Carr", id="honorific-taken-off"),
        pytest.param("Aisha Noor Sheikh", "Aisha Noor Sheikh", id="honorific-that-ends-a-name"),
    ],
)
def test_the_whole_name(name: str, written: str) -> None:
    assert [e.name for e in people(f"They saw {written} in Oslo.")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Fatah-backed group and Anti-terrorism units came.", id="compounds"),
        pytest.param("They adopted the Busan Roadmap and the Bogor Goals.", id="documents"),
        pytest.param("Toppling governments is easy.", id="a-participle-opens"),
        pytest.param("Japan and Iran spoke of the Pacific Islands Forum.", id="bodies"),
        pytest.param("Textiles and Energy were on the agenda.", id="topics-with-capitals"),
    ],
)
def test_nobody(text: str) -> None:
    assert [e.name for e in people(text)] == []


@pytest.mark.parametrize(
    ("text", "position", "country"),
    [
        pytest.param("Iranian Foreign Minister Ali Karimi came.", "minister", "IR", id="adjective"),
        pytest.param("Japan's vice-minister for trade, Ken Ito, came.", "deputy_minister", "JP", id="genitive-comma"),
        pytest.param("Ken Ito, governor of Osaka, came.", "governor", "JP", id="city"),
        pytest.param("Former Bulgarian President Stanka Mladenova came.", "official", "BG", id="former"),
        pytest.param("Bank of Zambia Governor Mutale Banda came.", "central_bank_governor", "ZM", id="bank"),
        pytest.param("The secretary of Armenia's Security Council, Ana Sar, came.", "official", "AM", id="council"),
        pytest.param("Ana Ruiz, deputy head of the Cairo Chamber of Commerce, came.", "executive", "EG", id="chamber"),
        pytest.param("Chilean top diplomat Ana Ruiz came.", "minister", "CL", id="top-diplomat"),
        pytest.param("Libyan leader Omar Said came.", "head_of_state", "LY", id="leader-of-a-country"),
        pytest.param("Opposition leader Omar Said came.", "party_leader", None, id="leader-of-a-party"),
        pytest.param("The EU's commissioner for crisis response, Ana Ruiz, came.", "official", None, id="union"),
        pytest.param("NATO Secretary General Ana Ruiz came.", "secretary_general", None, id="alliance"),
        pytest.param("Ana Ruiz, who heads the Peruvian Water Authority, came.", "agency_head", "PE", id="by-a-verb"),
        pytest.param("Mariam Said of Cairo University came.", "academic", "EG", id="affiliation"),
        pytest.param("Pope Adrian came.", "head_of_state", "VA", id="pope"),
        pytest.param("The Ugandan ambassador in Riyadh, Isa Kasule, came.", "ambassador", "UG", id="post-abroad"),
    ],
)
def test_office_and_country(text: str, position: str, country: str | None) -> None:
    found = people(text)
    assert [(r.position, e.country) for e in found for r in e.roles[:1]] == [(position, country)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The foreign ministers of Oman and Malaysia, Badr Said and Zul Hamdan, met.",
            {"Badr Said": "OM", "Zul Hamdan": "MY"},
            id="countries-before",
        ),
        pytest.param(
            "Ministers Sami Said (Egypt) and Omar Hajj (Sudan) met.",
            {"Sami Said": "EG", "Omar Hajj": "SD"},
            id="in-brackets",
        ),
        pytest.param(
            "The Japanese and Korean foreign ministers, Ken Ito and Kim Soo-ah, met.",
            {"Ken Ito": "JP", "Kim Soo-ah": "KR"},
            id="adjectives",
        ),
        pytest.param(
            "They met the governor of Osaka, Ken Ito, the mayor of Lima, Ana Ruiz, and others.",
            {"Ken Ito": "JP", "Ana Ruiz": "PE"},
            id="office-first-list",
        ),
        pytest.param(
            "They met Ken Ito, governor of Osaka, and Ana Ruiz, mayor of Lima.",
            {"Ken Ito": "JP", "Ana Ruiz": "PE"},
            id="name-first-list",
        ),
    ],
)
def test_joint_offices_and_lists(text: str, expected: dict[str, str]) -> None:
    assert {e.name: e.country for e in people(text)} == expected


def test_fewer_countries_than_names_go_to_nobody() -> None:
    office = Mention("office", 0, 0, 1, "r")
    names = tuple(Mention("name", 0, n, n + 1, "r") for n in (2, 4))
    each = (Mention("country", 0, 1, 2, "r", value={"country": "OM"}),)
    joint = Mention("joint", 0, 0, 5, "r", parts={"role": (office,), "name": names, "each": each})
    assert [m.part("role") for m in part_people(joint)] == [office, office]
