"""What is title, dateline, byline, body and boilerplate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from extract.rulebook.book import read_rules
from extract.rulebook.location import default_rules
from extract.text import Layout, find_layout


@pytest.fixture(scope="module")
def settings() -> Mapping[str, Any]:
    """The expressions of the shipped English rules."""
    return read_rules(default_rules(), "en").settings("layout")


def zones(layout: Layout) -> list[tuple[str, str]]:
    return [(block.zone, block.text.strip()) for block in layout.blocks]


def dateline(text: str, settings: Mapping[str, Any]) -> tuple[str | None, str | None]:
    layout = find_layout(text, None, settings)
    place, day = layout.dateline_place, layout.dateline_day
    return (text[slice(*place)] if place else None), (text[slice(*day)] if day else None)


@pytest.mark.parametrize(
    ("start", "place", "day"),
    [
        ("OSLO, Nov. 16 (NTB) -- ", "OSLO", "Nov. 16"),
        ("OSLO – ", "OSLO", None),
        ("Oslo, 16 November (NTB) - ", "Oslo", "16 November"),
        ("OSLO: ", "OSLO", None),
        ("NEW DELHI, May 3, 2025 (PTI) — ", "NEW DELHI", "May 3, 2025"),
        ("Oslo (NTB) — ", "Oslo", None),
        ("Oslo (Nytt): ", "Oslo", None),
        ("Oslo, April 3, NTB – ", "Oslo", "April 3"),
        ("OSLO, NOVEMBER 3, NYTT. ", "OSLO", "NOVEMBER 3"),
        ("Oslo, 3 November. Nytt. ", "Oslo", "3 November."),
        ("OSLO, November 19. /NTB/. ", "OSLO", "November 19"),
        ("OSLO, 03.11.2026 /NTB/. ", "OSLO", "03.11.2026"),
        ("New Delhi [India], Nov 3 (PTI): ", "New Delhi", "Nov 3"),
        ("Oslo, Nov. 3, 2026 (NTB) ", "Oslo", "Nov. 3, 2026"),
        ("OSLO, Nov 3 (NTB).- ", "OSLO", "Nov 3"),
        ("Oslo, 3. November 2026 - ", "Oslo", "3. November 2026"),
        ("New York, NTB- ", "New York", None),
        ("OSLO, (Nytt / News - 25th Nov, 2024) ", "OSLO", None),
        ("Oslo - ", "Oslo", None),
        ("OSLO\n\n", "OSLO", None),
        ("OSLO, Norway, Feb. 19\n\n", "OSLO", "Feb. 19"),
        ("Oslo / NTB\n\n", "Oslo", None),
        ("OSLO, Norway, March 9. ", "OSLO", "March 9"),
        ("OSLO / Nytt / ", "OSLO", None),
        ("OSLO (9 March 2024) – ", "OSLO", "9 March 2024"),
        ("Oslo (News 1st) - ", "Oslo", None),
        ("Oslo, Ramadan 28, 1445, March 09, 2024, NTB -- ", "Oslo", "March 09, 2024"),
        ("Oslo (NT), Mar. 9 – ", "Oslo", "Mar. 9"),
    ],
)
def test_a_dateline_gives_place_and_day(start: str, place: str, day: str | None, settings: Mapping[str, Any]) -> None:
    assert dateline(f"{start}The ministers met.", settings) == (place, day)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Oslo.",
        "Oslo will host the talks - again.",
        "He said: the talks were good.",
        "Ana Ruiz met Bo Lind.",
        "In Oslo, on May 3, 2025, the ministers met.",
        "Ana Ruiz, NATO (the alliance) said, met Bo Lind.",
        "ASEAN (Association of Southeast Asian Nations) ministers met.",
        "On Monday, November 3, they met.",
    ],
)
def test_a_plain_sentence_has_no_dateline(text: str, settings: Mapping[str, Any]) -> None:
    assert dateline(text, settings) == (None, None)


@pytest.mark.parametrize(
    ("start", "place", "day"),
    [
        ("أوسلو-نبأ ", "أوسلو", None),
        ("أوسلو، في 9 مارس/ نبأ / ", "أوسلو", "9 مارس"),
        ("أوسلو / نبأ - ", "أوسلو", None),
        ("أوسلو 7-3-2024 نبأ - ", "أوسلو", "7-3-2024"),
        ("أوسلو 01 رمضان 1445 هـ الموافق 11 مارس 2024 م نبأ ", "أوسلو", "11 مارس 2024"),
        ("أوسلو 9 مارس 2024 (نبأ) ", "أوسلو", "9 مارس 2024"),
        ("سالم العلوي- صحيفة- أوسلو: ", "أوسلو", None),
        ("", None, None),
    ],
)
def test_an_arabic_dateline_gives_place_and_day(start: str, place: str, day: str | None) -> None:
    settings = read_rules(default_rules(), "ar").settings("layout")
    assert dateline(f"{start}التقى الوزير سامي عادل وفدا في مكتبه.", settings) == (place, day)


def test_the_body_starts_behind_the_dateline(settings: Mapping[str, Any]) -> None:
    text = "OSLO – The ministers met."
    layout = find_layout(text, None, settings)
    assert [text[b.start : b.end] for b in layout.prose()] == ["The ministers met."]


def test_only_the_first_line_of_the_body_has_a_dateline(settings: Mapping[str, Any]) -> None:
    layout = find_layout("The ministers met.\nOSLO – They left.", None, settings)
    assert layout.dateline_place is None


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("By Ana Ruiz", "byline"),
        ("Source: NTB", "byline"),
        ("Share this story", "boilerplate"),
        ("Copyright 2025 NTB", "boilerplate"),
        ("###", "boilerplate"),
        ("ab/CD", "body"),
        ("AB/CD", "boilerplate"),
        ("The ministers met.", "body"),
    ],
)
def test_the_zone_of_a_line(line: str, zone: str, settings: Mapping[str, Any]) -> None:
    assert zones(find_layout(f"They came.\n{line}", None, settings))[1] == (zone, line)


def test_all_after_a_closing_line_is_boilerplate(settings: Mapping[str, Any]) -> None:
    layout = find_layout("They met.\nRelated articles\nAnother report.", None, settings)
    assert [zone for zone, _ in zones(layout)] == ["body", "boilerplate", "boilerplate"]


def test_the_title_is_the_line_that_the_article_calls_so(settings: Mapping[str, Any]) -> None:
    layout = find_layout("Talks on trade\n\nThey met.", "Talks on trade", settings)
    assert zones(layout) == [("title", "Talks on trade"), ("body", "They met.")]


def test_a_text_without_title_has_none() -> None:
    assert find_layout("They met.", None, {}).title is None


def test_a_line_that_marks_a_readout_is_remembered(settings: Mapping[str, Any]) -> None:
    text = "Office of the Spokesperson\nThe minister met his guest."
    readout = find_layout(text, None, settings).readout
    assert readout is not None
    assert text[slice(*readout)] == "Office of the Spokesperson"


def test_blank_lines_are_no_pieces_and_offsets_hold() -> None:
    text = "\n\n  They met.\r\n\n \nThey left."
    layout = find_layout(text, None, {})
    assert [text[b.start : b.end].strip() for b in layout.blocks] == ["They met.", "They left."]
