"""Coverage, impact and watch: what rules do on articles, and what an edit of them changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.article import Article, compose_article
from extract.cli import main
from extract.errors import RuleError
from extract.workshop.bench import open_bench, sentence_of
from extract.workshop.coverage import Row, measure_coverage
from extract.workshop.impact import Impact, compare_values, measure_impact
from extract.workshop.markdown import format_impact
from extract.workshop.values import Value
from extract.workshop.watch import Watcher
from rule_folder import FILES, write_rules

TEXTS = {
    "met": "Minister Ana Ruiz met with Envoy Omar Said. They held long talks with Omar Said.",
    "conferred": "It rained. Mayor Bo Lind conferred with Envoy Cy Dahl. The sun came out.",
    "rain": "It rained all day.",
}
TRIGGERS = FILES["triggers"]
CONFER = TRIGGERS.replace("span:(~meet)", "span:(~meet|~confer)")
PEOPLE = (
    FILES["people"]
    + """\
  - id: en.people.office
    finds: office
    about: An office
    pattern: 'title:(head:<title>)'
    matches: ["The *envoy* left."]
    rejects: ["They left."]
  - id: en.people.office_name
    finds: person
    about: An office and a name
    pattern: 'role:<office> name:<name>'
    set: {features: [named]}
    matches: ["We saw *Minister Ana Ruiz* there."]
    rejects: ["They left."]
"""
)


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXTRACT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def articles() -> list[Article]:
    return [compose_article(name, text, language="en") for name, text in TEXTS.items()]


def with_confer() -> dict[str, str]:
    inflection = FILES["inflection"] + "    confer: [confers, conferred]\n"
    return {"inflection": inflection, "people": PEOPLE, "triggers": CONFER}


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path, root / "rules" / "shared", with_confer() | {"triggers": TRIGGERS})


@pytest.fixture
def edited(tmp_path: Path, root: Path) -> Path:
    return write_rules(tmp_path / "edited", root / "rules" / "shared", with_confer())


def _rows(rules: Path, articles: list[Article], truth: dict[str, object] | None = None) -> dict[str, Row]:
    rows = measure_coverage(open_bench(rules, keep_views=True), articles, truth or {})  # type: ignore[arg-type]
    return {row.rule: row for row in rows}


# ---- coverage ----


def test_coverage_counts_matches_and_articles(rules: Path, articles: list[Article]) -> None:
    rows = _rows(rules, articles)
    assert (rows["en.triggers.meet"].matches, rows["en.triggers.meet"].articles) == (1, 1)
    assert (rows["en.people.person"].matches, rows["en.people.person"].articles) == (5, 2)


def test_coverage_shares_sum_to_one(rules: Path, articles: list[Article]) -> None:
    assert sum(row.share for row in _rows(rules, articles).values()) == pytest.approx(1)


def test_coverage_lists_rules_that_never_fired(edited: Path, articles: list[Article]) -> None:
    rows = _rows(edited, articles[2:])
    assert {row.matches for row in rows.values()} == {0}


def test_coverage_names_the_rule_that_wins(tmp_path: Path, root: Path, articles: list[Article]) -> None:
    more = TRIGGERS + (
        "  - id: en.triggers.weak\n    about: Weaker\n    pattern: 'span:(~meet)'\n    priority: -9\n"
        '    matches: ["They *met*."]\n    rejects: ["They left."]\n'
    )
    weak = _rows(write_rules(tmp_path, root / "rules" / "shared", {"people": PEOPLE, "triggers": more}), articles)[
        "en.triggers.weak"
    ]
    assert weak.overlaps == weak.lost_to == {"en.triggers.meet": 1}
    assert weak.kept == 0


def test_coverage_tells_precision_where_there_is_truth(rules: Path, articles: list[Article]) -> None:
    meeting = {
        "kind": "meeting",
        "status": "held",
        "participants": [{"name": "Ana Ruiz"}, {"name": "Mo Berg"}],
    }
    row = _rows(rules, articles, {"met": {"id": "met", "language": "en", "meetings": [meeting]}})[
        "en.people.office_name"
    ]
    assert row.judged > row.right > 0
    assert row.precision == row.right / row.judged


# ---- impact ----


def _impact(rules: Path, edited: Path, articles: list[Article]) -> Impact:
    return measure_impact(open_bench(rules), open_bench(edited), articles)


def test_an_impact_names_what_is_gained_and_by_which_rule(rules: Path, edited: Path, articles: list[Article]) -> None:
    impact = _impact(rules, edited, articles)
    assert {change.value.article for change in impact.changes} == {"conferred"}
    assert {change.kind for change in impact.changes} == {"gained"}
    assert impact.count("rule")["en.triggers.meet"]["gained"] == 1


def test_the_other_way_round_it_is_lost(rules: Path, edited: Path, articles: list[Article]) -> None:
    assert {change.kind for change in _impact(edited, rules, articles).changes} == {"lost"}


def test_the_same_rules_change_nothing(rules: Path, articles: list[Article]) -> None:
    assert _impact(rules, rules, articles).changes == ()


def _value(text: str, start: int, field: str = "topics") -> Value:
    return Value("a", field, text, "en.topics.x", start, start + 5)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([_value("a", 0)], [_value("a", 9)], []),
        ([_value("a", 0)], [_value("b", 3)], ["changed"]),
        ([_value("a", 0)], [_value("b", 9)], ["gained", "lost"]),
        ([_value("a", 0)], [_value("a", 0, "venue")], ["gained", "lost"]),
        ([_value("a", 0)], [_value("a", 0), _value("a", 9)], ["gained"]),
    ],
    ids=["same words elsewhere", "other words here", "other words elsewhere", "another field", "twice"],
)
def test_values_are_compared(old: list[Value], new: list[Value], kinds: list[str]) -> None:
    assert [change.kind for change in compare_values(old, new)] == kinds


def test_the_report_shows_the_sentence_with_the_words(rules: Path, edited: Path, articles: list[Article]) -> None:
    report = format_impact(_impact(rules, edited, articles), "main")
    assert "1 of 3 articles change" in report
    assert "| en.triggers.meet | 1 | 0 | 0 |" in report
    assert "  Mayor Bo Lind **conferred** with Envoy Cy Dahl.  " in report.splitlines()


def test_a_sentence_is_cut_at_its_ends(articles: list[Article]) -> None:
    text = articles[1].text
    start = text.index("conferred")
    value = Value("conferred", "meeting", "", "r", start, start + len("conferred"))
    assert list(sentence_of(articles[1], value)) == ["Mayor Bo Lind ", "conferred", " with Envoy Cy Dahl."]


@pytest.fixture
def repository(rules: Path) -> Path:
    """The rules in a git repository of their own, committed once and edited then."""
    (rules / "shared").unlink()
    shutil.copytree(Path(__file__).resolve().parents[2] / "rules" / "shared", rules / "shared")
    git = ["git", "-C", str(rules.parent), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    for command in (["init", "-q"], ["add", "rules"], ["commit", "-qm", "First"]):
        subprocess.run([*git, *command], check=True)
    (rules / "en" / "triggers.yaml").write_text(CONFER, encoding="utf-8")
    return rules


def test_the_verb_compares_with_a_revision(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (json.dumps({"id": name, "language": "en", "text": text}) for name, text in TEXTS.items())
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["rules", "impact", str(tmp_path / "articles.jsonl"), "--rules", str(repository)]) == 0
    assert "1 of 3 articles change" in capsys.readouterr().out


def test_a_revision_that_does_not_exist_is_status_2(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    arguments = ["rules", "impact", str(tmp_path / "a.txt"), "--rules", str(repository), "--base", "nowhere"]
    assert main(arguments) == 2
    assert "nowhere" in capsys.readouterr().err


# ---- watch ----


@pytest.fixture
def watcher(rules: Path, articles: list[Article]) -> Watcher:
    watcher = Watcher(rules, articles)
    watcher.start()
    return watcher


def _save(watcher: Watcher, stem: str, text: str) -> Impact:
    (watcher.layers.top / "en" / f"{stem}.yaml").write_text(text, encoding="utf-8")
    assert watcher.has_changed()
    return watcher.refresh()


def test_nothing_saved_is_nothing_new(watcher: Watcher) -> None:
    assert not watcher.has_changed()


def test_a_saved_rule_reaches_only_the_articles_that_it_matches(watcher: Watcher) -> None:
    impact = _save(watcher, "triggers", CONFER)
    assert set(impact.articles) == {"met", "conferred"}  # the rule that changed matched in the first before
    assert {change.value.article for change in impact.changes} == {"conferred"}


def test_a_rule_taken_back_takes_its_values_with_it(watcher: Watcher) -> None:
    _save(watcher, "triggers", CONFER)
    assert {change.kind for change in _save(watcher, "triggers", TRIGGERS).changes} == {"lost"}


def test_a_changed_word_class_reaches_the_articles_of_the_rules_that_use_it(watcher: Watcher) -> None:
    impact = _save(watcher, "triggers", TRIGGERS.replace('talks: [talks, "a', 'talks: ["a'))
    assert set(impact.articles) == {"met"}


def test_a_setting_reaches_all_articles(watcher: Watcher) -> None:
    tokens = FILES["tokens"].replace('sentence_ends: ["."', 'longest_sentence: 99\n  sentence_ends: ["."')
    assert set(_save(watcher, "tokens", tokens).articles) == set(TEXTS)


def test_a_broken_file_is_named_and_the_old_rules_stay(watcher: Watcher) -> None:
    with pytest.raises(RuleError, match=r"triggers\.yaml:\d+:\d+: pattern-syntax"):
        _save(watcher, "triggers", TRIGGERS.replace("span:(~meet)", "span:(~meet"))
    assert {change.kind for change in _save(watcher, "triggers", CONFER).changes} == {"gained"}


def test_what_a_watcher_tells_is_what_a_whole_run_tells(
    watcher: Watcher, edited: Path, rules: Path, articles: list[Article]
) -> None:
    whole = _impact(write_copy(rules), edited, articles).changes
    assert _save(watcher, "triggers", CONFER).changes == whole


def write_copy(rules: Path) -> Path:
    return Path(shutil.copytree(rules, rules.parent / "copy" / "rules", symlinks=True))
