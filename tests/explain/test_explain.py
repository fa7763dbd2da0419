"""The explanation of an article: in the terminal, as a page, and the chain behind one value."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explain_articles import article
from extract.article import Article, compose_article
from extract.cli import main
from extract.explain import explain, render, why, write_page
from extract.explain.model import Explanation
from extract.pipeline import Pipeline

BODY = (
    "Portugal met China. Portuguese Foreign Minister Ana Rui met Chinese Ambassador Bo Li in Lisbon on Monday. "
    "They discussed artificial intelligence. They agreed to build a bridge. Spain hoped: Minister Jan Smit met Poland."
)
HOSTILE = (
    'Foreign Minister Ana <script>alert(1)</script> & "Rui" met Ambassador Bo Li. They discussed <b>salt</b> & oil.'
)


@pytest.fixture(scope="module")
def explanation(small: Pipeline) -> Explanation:
    return explain(small, small.analyze(article(BODY, "Lisbon talks")))


@pytest.fixture(scope="module")
def page(explanation: Explanation) -> str:
    return write_page(explanation)


class _Page(HTMLParser):
    """Collects the text and the attributes of a page, and whether its elements close in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.extend((tag, name, value) for name, value in attrs)
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def values(self, name: str) -> list[str]:
        return [value or "" for _, each, value in self.attributes if each == name]


def _lines(explanation: Explanation) -> str:
    return "\n".join(line.plain for line in render(explanation))


def test_every_value_has_its_words_rule_and_place(explanation: Explanation) -> None:
    supports = [s for meeting in explanation.meetings for value in meeting.values for s in value.supports]
    assert supports
    for support in supports:
        assert BODY.find(support.words) >= 0
        assert re.fullmatch(r"rules/(en|shared)/[\w.-]+(:\d+)?", support.where), support


def test_the_terminal_shows_the_words_in_their_place(explanation: Explanation) -> None:
    lines = _lines(explanation)
    assert "Foreign Minister Ana Rui ‹met› Chinese" in lines
    assert re.search(r"en\.triggers\.meet  rules/en/triggers\.yaml:\d+", lines)
    assert "date            2025-05-12  (Monday)" in lines


def test_the_terminal_tells_what_was_left_out_and_why(explanation: Explanation) -> None:
    lines = _lines(explanation)
    assert "“met” announces no meeting: what stands beside it makes it a wish" in lines
    assert "“Portugal” is left out of meetings.0: “Ana Rui” stands for PT" in lines


def test_the_page_shows_every_value(explanation: Explanation, page: str) -> None:
    text = _Page(page).text
    for meeting in explanation.meetings:
        for value in meeting.values:
            assert value.text in text
            assert all(support.rule in text and support.where in text for support in value.supports)


def test_the_page_holds_the_article_letter_by_letter(page: str) -> None:
    inside = page[page.index('<div class="article"') : page.index('<div class="record"')]
    paragraphs = re.findall(r"<p [^>]*>(.*?)</p>", inside, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", each) for each in paragraphs] == ["Lisbon talks", BODY]


def test_marks_and_values_lead_to_each_other(page: str) -> None:
    parsed = _Page(page)
    ids, links = set(parsed.values("id")), {v[1:] for v in parsed.values("href")}
    assert links
    assert links <= ids
    assert len(parsed.values("id")) == len(ids)


def test_the_page_is_well_formed_and_alone(page: str) -> None:
    parsed = _Page(page)
    assert not parsed.open
    assert "http:" not in page
    assert "https:" not in page
    assert not parsed.values("src")
    assert "default-src 'none'" in page


def test_the_page_is_the_same_every_time(small: Pipeline, page: str) -> None:
    assert write_page(explain(small, small.analyze(article(BODY, "Lisbon talks")))) == page


def test_each_kind_has_a_letter_and_a_line(page: str) -> None:
    parsed = _Page(page)
    assert {"M1", "D1", "V1", "P1", "P2", "R1", "T1", "A1"} <= set(parsed.values("data-tag"))
    for kind in ("meeting", "status", "date", "venue", "participant", "role", "topic", "agreed", "proposed"):
        assert f"mark.k-{kind} {{ text-decoration-style" in page


def test_what_the_article_says_is_escaped(small: Pipeline) -> None:
    hostile = Article('<i id="x">', HOSTILE, language="en", source='"><img src=x>')
    page = write_page(explain(small, small.analyze(hostile)))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<i id=" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not _Page(page).open


def test_arabic_keeps_its_direction(pipeline: Pipeline, root: Path) -> None:
    text = "عقد الوزير اجتماعا في لندن AI.\n\nفقرة ثانية."
    arabic = compose_article("ar", text, title="عنوان", language="ar")
    page = write_page(explain(pipeline, pipeline.analyze(arabic)))
    paragraphs = re.findall(r"<p [^>]*>", page)
    assert len(paragraphs) == 3
    assert all('dir="auto"' in each for each in paragraphs)
    assert '<meta charset="utf-8">' in page
    assert 'lang="ar"' in page
    assert "اجتماعا" in page


def test_words_among_the_words_of_the_page_are_isolated(page: str) -> None:
    record = page[page.index('<div class="record"') :]
    assert '<bdi dir="auto" class="words">Bo Li</bdi>' in record
    assert '“<bdi dir="auto">Ana Rui</bdi>” stands for PT' in record


def test_an_article_of_no_known_language_has_a_page(small: Pipeline) -> None:
    unknown = Article("x", "Lorem ipsum dolor.", language="la")
    page = write_page(explain(small, small.analyze(unknown)))
    assert "no meeting" in page
    assert "Lorem ipsum dolor." in page


def test_the_chain_of_a_venue_ends_in_a_list(small: Pipeline) -> None:
    steps = why(small, small.analyze(article(BODY)), "meetings.0.venue.city")
    assert steps[0].says.startswith("meetings.0.venue = Lisbon, PT")
    assert [step.rule for step in steps[1:]] == ["en.cues.in_place", "shared.city"]
    assert re.fullmatch(r"rules/shared/cities\.(yaml|generated\.tsv):\d+", steps[2].where)


def test_the_chain_of_a_participant_names_office_slot_and_country(small: Pipeline) -> None:
    chain = "\n".join(f"{s.says} {s.rule}" for s in why(small, small.analyze(article(BODY)), "participants"))
    assert "role: office “Portuguese Foreign Minister”" in chain
    assert "side of “met” in slot a en.triggers.meet" in chain
    assert "country PT: of the office “Foreign Minister”" in chain


def test_the_chain_of_a_date_names_what_it_counts_from(small: Pipeline) -> None:
    chain = [step.says for step in why(small, small.analyze(article(BODY)), "date")]
    assert "resolves to 2025-05-12, counted from the publication on 2025-05-13" in chain


def test_the_chain_of_a_topic_names_its_line_in_the_taxonomy(small: Pipeline) -> None:
    steps = why(small, small.analyze(article(BODY)), "topics")
    assert any(step.rule == "shared.topic" and "topics.yaml:" in step.where for step in steps)


@pytest.mark.parametrize(
    ("field", "first"),
    [
        ("meetings.0.participants.0.roles.0", ["meetings.0.participants.0.roles.0"]),
        ("participants.1.country", ["meetings.0.participants.1"]),
        ("meetings.0.status", ["meetings.0.status"]),
    ],
)
def test_a_field_means_its_own_values_else_the_whole(field: str, first: list[str], small: Pipeline) -> None:
    steps = why(small, small.analyze(article(BODY)), field)
    assert [step.says.split(" = ")[0] for step in steps if step.depth == 0] == first


def test_a_field_that_is_empty_has_no_chain(small: Pipeline) -> None:
    assert why(small, small.analyze(article("It rained.")), "venue") == []


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "a.txt"
    file.write_text(f"{BODY}\n", encoding="utf-8")
    return str(file)


def test_the_command_explains(path: str, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", path, "--rules", str(rules), "--published", "2025-05-13"]) == 0
    out = capsys.readouterr().out
    assert "meetings.0  meeting, held, main" in out
    assert "\x1b[" not in out


def test_the_command_writes_a_page(path: str, rules: Path, tmp_path: Path) -> None:
    page = tmp_path / "new" / "page.html"
    assert main(["explain", path, "--rules", str(rules), "--html", str(page)]) == 0
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert b"\r" not in page.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["why", "{}", "venue.city"], 0, "[shared.city, rules/shared/cities"),
        (["why", "{}", "proposed_actions"], 1, "no value at proposed_actions"),
        (["why-not", "{}", "--field", "participants", "--value", "Jan Smit"], 0, "wish: “met” announces no meeting"),
        (["why-not", "{}", "--field", "participants", "--value", "Bo Li"], 1, "present: it is there"),
        (["why-not", "{}", "--field", "colour", "--value", "red"], 2, "no field 'colour'"),
        (["explain", "nowhere.txt"], 1, "nowhere.txt"),
    ],
    ids=["why", "why_empty", "why_not", "why_not_present", "why_not_no_field", "no_file"],
)
def test_the_commands_say_what_they_found(
    arguments: list[str], status: int, words: str, path: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [each.replace("{}", path) for each in arguments]
    assert main([*given, "--rules", str(rules)]) == status
    captured = capsys.readouterr()
    assert words in captured.out + captured.err
