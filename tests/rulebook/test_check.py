"""rules check: a sound folder has no fault, and each seeded fault is found on its line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.cli import main
from extract.workshop.check import Report, check_rules
from extract.workshop.examples import read_stars
from rule_folder import FILES, write_rules


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXTRACT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def shared(root: Path) -> Path:
    return root / "rules" / "shared"


@dataclass(frozen=True)
class Fault:
    """`old` becomes `new` in a file; the problem `code` must be named on the line that holds `mark`."""

    file: str
    old: str
    new: str
    code: str
    mark: str = ""

    def seed(self) -> tuple[dict[str, str], int]:
        text = FILES[self.file]
        assert text.count(self.old) >= 1
        text = text.replace(self.old, self.new, 1)
        mark = self.mark or self.new.splitlines()[0]
        return {self.file: text}, max(n for n, line in enumerate(text.splitlines(), 1) if mark in line)


MANY = " | ".join(f"w{n}" for n in range(1_001))
FAULTS = {
    "tab for indentation": Fault("triggers", "    about: Somebody holds", "\tabout: Somebody holds", "yaml-syntax"),
    "bracket of YAML not closed": Fault(
        "triggers", "aux: [has, had, also]", "aux: [has, had", "yaml-syntax", "talks: ["
    ),
    "a key twice": Fault(
        "triggers", "    set: {kind", "    about: Twice\n    set: {kind", "duplicate-key", "about: Twice"
    ),
    "unknown key": Fault("triggers", '    rejects: ["Ana', '    reject: ["Ana', "schema"),
    "rule without pattern": Fault("people", "    pattern: 'name:<name>'\n", "", "schema", "id: en.people.person"),
    "rule without purpose": Fault(
        "triggers", "    about: Somebody meets somebody\n", "", "schema", "id: en.triggers.meet"
    ),
    "file without purpose": Fault("people", "about: Who.\n", "", "schema", "lexicon:"),
    "priority no number": Fault("triggers", "    set: {kind", "    priority: high\n    set: {kind", "schema", "high"),
    "example no text": Fault("triggers", '["They held their breath."]', "[12]", "schema", "rejects: [12]"),
    "id with capitals": Fault("triggers", "id: en.triggers.meet", "id: en.triggers.Meet", "schema"),
    "id of another file": Fault("triggers", "id: en.triggers.meet", "id: en.cues.meet", "wrong-id"),
    "id of another language": Fault("triggers", "id: en.triggers.meet", "id: ar.triggers.meet", "wrong-id"),
    "id twice": Fault(
        "triggers", "id: en.triggers.hold_talks", "id: en.triggers.meet", "duplicate-id", "triggers.meet"
    ),
    "no example": Fault(
        "triggers", '    matches: ["Ana Ruiz *met* with Omar Said."]\n', "", "no-matches", "triggers.meet"
    ),
    "no counter-example": Fault(
        "triggers", '    rejects: ["They held their breath."]\n', "", "no-rejects", "hold_talks"
    ),
    "a star without partner": Fault("triggers", "Ruiz *met* with", "Ruiz *met with", "stars"),
    "stars where nothing is found": Fault("triggers", "held their breath", "*held* their breath", "stars"),
    "class not defined": Fault("triggers", "{aux}*", "{auxx}*", "dangling-class"),
    "class not used": Fault("triggers", "words:\n", "words:\n  idle: [now]\n", "unused-class", "idle"),
    "class within itself": Fault("triggers", "[has, had, also]", '[has, "{aux} had"]', "endless-class", "pattern: 'a:"),
    "bracket of a pattern not closed": Fault("triggers", "span:(~meet) [with]", "span:(~meet [with]", "pattern-syntax"),
    "empty alternative": Fault("triggers", "span:(~meet)", "span:(~meet|)", "pattern-syntax"),
    "pattern may be empty": Fault("people", "'<cap> <cap>'", "'[<cap>] [<cap>]'", "empty-match"),
    "gap in a repeated part": Fault("triggers", "'~hold ..3 span:", "'~hold (..3)+ span:", "blow-up"),
    "gap in a repeated class": Fault("triggers", "[has, had, also]", '[has, "..3"]', "blow-up", "pattern: 'a:"),
    "repetition in a repetition": Fault("triggers", "{aux}* span", "({aux}* also)+ span", "blow-up"),
    "a thousand alternatives": Fault("people", "'name:<name>'", f"'name:({MANY})'", "blow-up"),
    "kind that nobody finds": Fault("triggers", "a:<person>", "a:<persn>", "unknown-kind"),
    "feature that nobody gives": Fault("triggers", "<person.named>", "<person.nmaed>", "unknown-feature"),
    "two meanings of a word": Fault("people", "names: [mayor]", "names: [mayor, envoy]", "two-meanings"),
    "compatibility form": Fault("triggers", "aux: [has, had, also]", "aux: [has, had, ﬁrst]", "not-nfkc"),
    "shadowed pattern": Fault(
        "triggers", "'span:(~speak) with <person>'", "'~hold ..3 what:({talks}) [with <person>]'", "shadowed"
    ),
    "look-behind of a phrase": Fault("triggers", "span:(~meet) [with]", "!<(a b) span:(~meet) [with]", "look-behind"),
    "a lemma in quotes": Fault("triggers", "span:(~speak) with", 'span:("~speak") with', "quoted-lemma"),
    "listed twice": Fault("triggers", "[has, had, also]", "[has, had, has]", "listed-twice"),
}
EXAMPLES = {
    "missing": Fault("triggers", "Ana Ruiz *met* with Omar Said.", "Ana Ruiz *met* with pleasure.", "missing"),
    "missing, other words": Fault("triggers", "Ana Ruiz *met* with Omar", "Ana Ruiz met *with* Omar", "missing"),
    "noisy": Fault("triggers", "Ana Ruiz met her deadline.", "Ana Ruiz met Omar Said.", "noisy"),
    "noisy beside the stars": Fault("people", "We saw *Ana Ruiz* there.", "*Ana Ruiz* saw Omar Said.", "noisy"),
    "todo-now-passing": Fault("triggers", "They *conferred*.", "They held *talks*.", "todo-now-passing"),
}


def test_a_sound_folder_has_no_fault(tmp_path: Path, shared: Path) -> None:
    report = check_rules(write_rules(tmp_path, shared))
    assert [str(problem) for problem in report.problems] == []
    assert report.outcomes == {"passed": 8, "todo": 1}
    assert report.sound


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_cure(fault: Fault, tmp_path: Path, shared: Path) -> None:
    changes, line = fault.seed()
    report = check_rules(write_rules(tmp_path, shared, changes))
    found = [problem for problem in report.problems if problem.code == fault.code]
    assert [(problem.file, problem.line) for problem in found] == [(f"rules/en/{fault.file}.yaml", line)]
    assert found[0].cure


@pytest.mark.parametrize("fault", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_comes_out(fault: Fault, tmp_path: Path, shared: Path) -> None:
    changes, line = fault.seed()
    report = check_rules(write_rules(tmp_path, shared, changes))
    results = [(each.example.line, each.outcome) for each in report.results if each.outcome not in ("passed", "todo")]
    assert results == [(line, fault.code)]
    assert report.sound == (fault.code == "todo-now-passing")


def test_the_column_is_that_of_the_part_which_is_refused(tmp_path: Path, shared: Path) -> None:
    changes, line = FAULTS["class not defined"].seed()
    report = check_rules(write_rules(tmp_path, shared, changes))
    problem = next(each for each in report.faults if each.code == "dangling-class")
    assert changes["triggers"].splitlines()[line - 1][problem.column - 1 :].startswith("{auxx}")
    assert problem.cure == "did you mean {aux}?"


def test_all_faults_are_named_in_one_run(tmp_path: Path, shared: Path) -> None:
    triggers = FILES["triggers"].replace("{aux}*", "{auxx}*").replace("[with <person>]", "[with <persn>]")
    people = FILES["people"].replace("id: en.people.name", "id: en.name")
    report = check_rules(write_rules(tmp_path, shared, {"triggers": triggers, "people": people}))
    assert {problem.code for problem in report.faults} >= {"dangling-class", "unknown-kind", "schema", "unused-class"}


def test_a_class_in_two_files_is_named_in_the_later(tmp_path: Path, shared: Path) -> None:
    people = FILES["people"].replace("rules:\n", "words:\n  aux: [is]\nrules:\n")
    report = check_rules(write_rules(tmp_path, shared, {"people": people}))
    assert [str(each).split(": ")[0:2] for each in report.faults] == [["rules/en/triggers.yaml:3:3", "duplicate-class"]]


def test_a_name_of_two_topics_is_named(tmp_path: Path, shared: Path) -> None:
    rules = write_rules(tmp_path, shared)
    (rules / "shared").unlink()
    shutil.copytree(shared, rules / "shared")
    topics = rules / "shared" / "topics.yaml"
    more = "  - {id: apiculture, area: economy, names: {en: [Energy]}}\n"
    topics.write_text(topics.read_text(encoding="utf-8") + more, encoding="utf-8")
    (fault,) = check_rules(rules).faults
    assert (fault.code, fault.line) == ("two-meanings", len(topics.read_text(encoding="utf-8").splitlines()))


def test_one_bad_rule_leaves_the_others_tested(tmp_path: Path, shared: Path) -> None:
    changes, _ = FAULTS["bracket of a pattern not closed"].seed()
    report = check_rules(write_rules(tmp_path, shared, changes))
    tested = {each.example.rule: each.outcome for each in report.results if each.example.field == "matches"}
    assert tested["en.people.name"] == tested["en.triggers.hold_talks"] == "passed"


def test_a_file_that_another_language_has_is_a_notice(tmp_path: Path, shared: Path) -> None:
    rules = write_rules(tmp_path, shared)
    (rules / "ar").mkdir()
    (rules / "ar" / "tokens.yaml").write_text(FILES["tokens"], encoding="utf-8")
    report = check_rules(rules)
    missing = [problem.file for problem in report.notices if problem.code == "no-counterpart"]
    assert missing == ["rules/ar/inflection.yaml", "rules/ar/people.yaml", "rules/ar/triggers.yaml"]
    assert report.sound


def test_a_rule_that_another_outranks_is_a_notice(tmp_path: Path, shared: Path) -> None:
    more = FILES["triggers"] + (
        "  - id: en.triggers.meet_with\n    about: The same with a name\n    pattern: 'span:(~meet with) <person>'\n"
        '    matches: ["Ana Ruiz *met with* Omar Said."]\n    rejects: ["They left."]\n'
    )
    report = check_rules(write_rules(tmp_path, shared, {"triggers": more}))
    assert [(problem.code, problem.line) for problem in report.problems] == [("outranked", len(more.splitlines()) - 1)]


def test_a_rule_that_refuses_keeps_others_from_finding(tmp_path: Path, shared: Path) -> None:
    assert _times_report(tmp_path, shared, "They met no Monday.").sound


def test_a_rule_that_refuses_too_little_is_noisy(tmp_path: Path, shared: Path) -> None:
    assert not _times_report(tmp_path, shared, "They met Monday.").sound


def _times_report(folder: Path, shared: Path, rejects: str) -> Report:
    times = f"""\
about: When.
lexicon:
  weekday:
    - {{names: [monday], value: 1, tags: [capital]}}
rules:
  - id: en.times.weekday
    about: A day
    pattern: '<weekday:weekday>'
    matches: ["They met *Monday*."]
    rejects: ["They met."]
  - id: en.times.no_day
    about: No day
    pattern: 'no <weekday>'
    set: {{refuse: true}}
    rejects: ["{rejects}"]
"""
    return check_rules(write_rules(folder, shared, {"times": times}))


@pytest.mark.parametrize(
    ("text", "plain", "stars"),
    [("a *b c* d", "a b c d", ((2, 5),)), ("*a* b *c*", "a b c", ((0, 1), (4, 5))), ("none", "none", ())],
)
def test_stars_become_ranges(text: str, plain: str, stars: tuple[tuple[int, int], ...]) -> None:
    assert read_stars(text) == (plain, stars)


@pytest.fixture
def faulty(tmp_path: Path, shared: Path) -> Path:
    changes, _ = FAULTS["class not used"].seed()
    return write_rules(tmp_path, shared, changes)


def test_the_verb_prints_problems_and_fails(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "--rules", str(faulty)]) == 1
    streams = capsys.readouterr()
    assert streams.out.startswith("rules/en/triggers.yaml:3:3: unused-class: ")
    assert streams.err == "4 rules, 1 faults, 0 notices; examples: 8 passed, 1 todo\n"


def test_the_verb_for_one_file_leaves_out_the_others(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(faulty / "en" / "people.yaml")]) == 0
    assert capsys.readouterr().err == "2 rules, 0 faults, 0 notices; examples: 4 passed\n"


def test_json_holds_problems_and_examples(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "check", "--rules", str(faulty), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (problem,) = report["problems"]
    assert (problem["level"], problem["code"], problem["line"], problem["column"]) == ("error", "unused-class", 3, 3)
    assert len(report["examples"]) == 9


def test_github_shows_problems_beside_their_lines(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "check", "--rules", str(faulty), "--format", "github"])
    line = capsys.readouterr().out
    assert line.startswith("::error file=rules/en/triggers.yaml,line=3,col=3,title=unused-class::")
