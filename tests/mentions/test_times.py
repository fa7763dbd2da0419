"""Ranges, narrated time, calendars side by side, and what must hold for any text and anchor."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.annotations import Mention
from extract.article import Article
from extract.languages import load_language
from extract.mentions.times import find_times, time_line
from extract.mentions.times.vocabulary import build_vocabulary
from extract.rulebook.location import default_rules
from extract.rulebook.pattern import Word, parse_pattern, walk
from extract.text import Block
from extract.tokens import split_sentences
from extract.values.timex import is_timex_value

LANGUAGES = {code: load_language(default_rules(), code) for code in ("en", "ar")}
WEDNESDAY = date(2024, 5, 15)


def mentions_in(text: str, anchor: date | None = WEDNESDAY, language: str = "en") -> list[Mention]:
    """The mentions of a text of one paragraph."""
    loaded = LANGUAGES[language]
    sentences = split_sentences([Block(text, 0, "body", 0)], loaded.tokenize, loaded.book.settings("tokens"))
    return [mention for group in find_times(sentences, loaded.book, anchor) for mention in group]


RANGES = [
    ("en", "The talks ran April 16-18 in Oslo.", "2024-04-16", "2024-04-18"),
    ("en", "The forum takes place on 3-5 June 2024.", "2024-06-03", "2024-06-05"),
    ("en", "They meet between 3 and 5 June 2024.", "2024-06-03", "2024-06-05"),
    ("en", "They met from Monday to Wednesday.", "2024-05-13", "2024-05-15"),
    ("en", "They will meet from Friday to Monday.", "2024-05-17", "2024-05-20"),
    ("en", "The round runs from 30 May to 2 June 2024.", "2024-05-30", "2024-06-02"),
    ("en", "The round runs May 30 to June 2, 2024.", "2024-05-30", "2024-06-02"),
    ("en", "It lasts three days from April 14.", "2024-04-14", "2024-04-16"),
    ("en", "He served from 2019 to 2021.", "2019-01-01", "2021-12-31"),
    ("en", "It lasted between March and May 2023.", "2023-03-01", "2023-05-31"),
    ("en", "It fell in the Iranian month of Khordad (May 22-June 21).", "2024-05-22", "2024-06-21"),
    ("ar", "يعقد المؤتمر من 3 إلى 5 حزيران 2024 في عمان.", "2024-06-03", "2024-06-05"),
    ("ar", "يعقد المؤتمر من 30 مايو إلى 2 يونيو 2024 في عمان.", "2024-05-30", "2024-06-02"),
    ("ar", "اجتمعا من الاثنين إلى الأربعاء في عمان.", "2024-05-13", "2024-05-15"),
    ("ar", "جرى ذلك بين عامي 2011 و2015 في عمان.", "2011-01-01", "2015-12-31"),
    ("ar", "يعقد المؤتمر يومي 8 و9 مايو 2024 في عمان.", "2024-05-08", "2024-05-09"),
]


@pytest.mark.parametrize(("language", "text", "start", "end"), RANGES, ids=[f"range-{n}" for n in range(len(RANGES))])
def test_ranges(language: str, text: str, start: str, end: str) -> None:
    """One mention with the first day for its value, and the days from the first to the last."""
    [found] = [m for m in mentions_in(text, language=language) if "range" in m.features]
    assert (found.value.value, str(found.value.start), str(found.value.end)) == (start, start, end)


def test_range_holds_its_ends() -> None:
    """TIMEX3 counts two expressions; a record asks for one."""
    [found] = mentions_in("The talks ran April 16-18 in Oslo.")
    ends = [found.part(slot) for slot in ("first", "last")]
    assert [end.value.value for end in ends if end] == ["2024-04-16", "2024-04-18"]


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("They met on 10 Muharram 1446 (16 July 2024).", False),
        ("They met on 10 Muharram 1446 (17 July 2024).", False),
        ("They met on 10 Muharram 1446 (20 July 2024).", True),
    ],
)
def test_calendars_are_checked_against_one_another(text: str, clash: bool) -> None:
    """The Gregorian day is kept; a day's difference is a sighting of the moon, more is a clash."""
    [found] = mentions_in(text)
    assert found.value.value.startswith("2024-07")
    assert ("clash" in found.features) is clash


def test_a_weekday_beside_another_date_is_a_clash() -> None:
    """15 May 2024 is a Wednesday; the date is kept."""
    [found] = mentions_in("They met on Tuesday, 15 May 2024.")
    assert (found.value.value, found.value.clash, "clash" in found.features) == ("2024-05-15", "XXXX-WXX-2", True)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("It began at 14:30 GMT.", "Z"),
        ("It began at 1430 (GMT+3).", "+03:00"),
        ("It began at 5 p.m. EST on Monday.", "-05:00"),
        ("It began at 14:30+03:30 on Monday.", "+03:30"),
        ("It began at 9 a.m. Moscow time.", "+03:00"),
        ("It began at 9 a.m. local time.", None),
    ],
)
def test_zones(text: str, zone: str | None) -> None:
    """A zone beside a time of day is kept apart from its value; which zone is local is not known."""
    [found] = mentions_in(text)
    assert (found.value.type, found.value.zone) == ("TIME", zone)


def test_the_day_that_the_text_says_is_the_anchor() -> None:
    """Without a publication date "today, Friday 2 December 2016" settles what yesterday is."""
    values = [m.value.value for m in mentions_in("قال اليوم الجمعة 2 ديسمبر 2016 إنه غادر أمس.", None, "ar")]
    assert values == ["2016-12-02", "2016-12-01"]


def test_open_without_an_anchor() -> None:
    """Nothing is guessed from today's date."""
    [found] = mentions_in("They met on Monday.", None)
    assert (found.value.value, found.value.start, found.value.end) == ("XXXX-WXX-1", None, None)
    assert "open" in found.features


def test_a_line_of_the_verb() -> None:
    """Offsets count code points of the article's text."""
    loaded = LANGUAGES["en"]
    line = time_line(Article("7", "Done.\n\nThey met late Monday.", published=WEDNESDAY), loaded.book, loaded.tokenize)
    assert line == {
        "article": {"id": "7"},
        "times": [
            {"start": 16, "end": 27, "text": "late Monday", "type": "DATE", "value": "2024-05-13", "mod": "END"},
        ],
    }


def test_a_line_tells_of_zones_and_clashes() -> None:
    """What two calendars tell differently is a diagnostic, as in a record."""
    loaded = LANGUAGES["en"]
    text = "They met on 10 Muharram 1446 (20 July 2024) at 14:30 GMT."
    line = time_line(Article("7", text, published=WEDNESDAY), loaded.book, loaded.tokenize)
    assert [(t["value"], t.get("zone"), t.get("clash")) for t in line["times"]] == [
        ("2024-07-20", None, "2024-07-16"),
        ("2024-07-20T14:30", "Z", None),
    ]
    assert line["diagnostics"] == [
        {
            "code": "date-clash",
            "message": "'10 Muharram 1446 (20 July 2024)' is read as 2024-07-20; beside it stands 2024-07-16",
            "evidence": {"start": 12, "end": 43, "rule": "en.times.same_day"},
        }
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_patterns_name_no_word_of_the_lexicon(language: str) -> None:
    """A word of the lexicon stands as its kind; as a plain word in a pattern it would never be met."""
    vocabulary = build_vocabulary(LANGUAGES[language].book)
    always = {word for word, entry in vocabulary.single.items() if "capital" not in entry.tags}
    assert not always & vocabulary.named


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_of_patterns_are_read_without_parsing(language: str) -> None:
    """The quick reading gives what the parser gives."""
    book = LANGUAGES[language].book
    files = [file.content for file in book.sources.files if file.stage == "times"]
    patterns = [p for f in files for rule in f.rules for p in rule.pattern]
    patterns += [p for f in files for entries in f.words.values() for p in entries]
    nodes = [node for pattern in patterns for node in walk(parse_pattern(pattern)) if isinstance(node, Word)]
    assert build_vocabulary(book).named == {norm for node in nodes for norm in book.words.split(node.text)}


SPANS = [
    "last week",
    "May",
    "16",
    "June",
    "two",
    "days",
    "ago",
    "Monday",
    "the",
    "of",
    "1990",
    "-",
    ",",
    "to",
    "Ramadan",
    "1445",
    "and",
    "a",
    "half",
    "year",
    "3:15",
    "p.m.",
    "30",
    "(",
    ")",
    "/",
    "12",
    "أمس",
    "الثلاثاء",
    "مايو",
    "القادم",
    "يومين",
]
WORDS = st.lists(st.one_of(st.sampled_from(SPANS), st.text(max_size=8)), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=WORDS, anchor=st.one_of(st.none(), st.dates()), language=st.sampled_from(["en", "ar"]))
def test_any_text_and_any_anchor(text: str, anchor: date | None, language: str) -> None:
    """No exception; every value is TIMEX3; no span ends before it starts; the same twice."""
    found = mentions_in(text, anchor, language)
    for mention in found:
        timex = mention.value
        assert is_timex_value(timex.value), timex
        assert (timex.start is None) == (timex.end is None)
        assert timex.start is None or timex.end is None or timex.start <= timex.end
        assert mention.start < mention.end
    assert found == mentions_in(text, anchor, language)


def test_long_lines_take_no_longer_by_the_character() -> None:
    """A megabyte of digits and commas in under a second."""
    started = time.perf_counter()
    assert mentions_in("1234,567," * 111_111) == []
    assert time.perf_counter() - started < 5
