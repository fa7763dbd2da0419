"""The shared files are sound, and each fault in them is named with its line and cure."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.rulebook.check import lint_shared
from extract.rulebook.layers import Layers
from extract.workshop.check import check_rules
from rule_folder import FILES, write_rules


@dataclass(frozen=True)
class Fault:
    """A line is put behind the first one that begins with `after`; the problem names that line."""

    file: str
    after: str
    line: str
    code: str


TOPIC = "  - {id: apiculture, area: economy, names: {en: [keeping of bees]}}"
FAULTS = {
    "wrong bracket": Fault("topics", "topics:", "  - {id: apiculture]", "yaml-syntax"),
    "key twice": Fault("topics", "topics:", TOPIC.replace("area:", "id: bees, area:"), "duplicate-key"),
    "unknown key": Fault("topics", "topics:", TOPIC.replace("area:", "arae:"), "schema"),
    "no area": Fault("topics", "topics:", TOPIC.replace("area: economy, ", ""), "schema"),
    "id with capitals": Fault("topics", "topics:", TOPIC.replace("id: a", "id: A"), "schema"),
    "topic of no area": Fault("topics", "topics:", TOPIC.replace("economy", "economics"), "dangling-id"),
    "topic twice": Fault("topics", "topics:", f"{TOPIC}\n{TOPIC.replace('keeping of bees', 'bees')}", "duplicate-id"),
    "name of two topics": Fault("topics", "topics:", TOPIC.replace("keeping of bees", "energy"), "two-meanings"),
    "name twice in a topic": Fault("topics", "topics:", TOPIC.replace("]}", ", keeping of bees]}"), "listed-twice"),
    "compatibility form": Fault("topics", "topics:", TOPIC.replace("keeping", "ﬁnding"), "not-nfkc"),
    "body of no kind": Fault("bodies", "bodies:", "  - {id: xyz, kind: clubb, names: {en: [Xyz]}}", "dangling-id"),
    "body of no country": Fault(
        "bodies", "bodies:", "  - {id: xyz, kind: bank, country: XX, names: {en: [Xyz]}}", "dangling-id"
    ),
    "name of two bodies": Fault(
        "bodies", "bodies:", "  - {id: xyz, kind: bank, names: {en: [United Nations]}}", "two-meanings"
    ),
    "venue in no city": Fault(
        "venues", "venues:", "  - {names: {en: [Xyz Hall]}, city: Washingtn, country: US}", "dangling-id"
    ),
    "venue without country": Fault("venues", "venues:", "  - {names: {en: [Xyz Hall]}, city: Oslo}", "schema"),
    "name of two venues": Fault(
        "venues", "venues:", "  - {names: {en: [White House]}, city: Oslo, country: NO}", "two-meanings"
    ),
    "name of two countries": Fault("countries", "countries:", "  AQ: {names: {en: [UAE]}}", "two-meanings"),
    "country of no code": Fault("countries", "countries:", "  XX: {names: {en: [Xyzland]}}", "dangling-id"),
    "name of two cities": Fault("cities", "cities:", "  AQ: [{en: [Dubai], ar: []}]", "two-meanings"),
    "position twice": Fault("positions", "positions:", "  - {id: mayor, means: A mayor}", "duplicate-id"),
    "demoted to no position": Fault("offices", "demote:", "  royal: roial", "dangling-id"),
    "affiliation without position": Fault("offices", "affiliation:", "  club: clubber", "dangling-id"),
    "code without plover": Fault("codes", "# Event", 'summit: {cameo: "040"}', "schema"),
}


@pytest.fixture
def shared(tmp_path: Path, root: Path) -> Path:
    return Path(shutil.copytree(root / "rules" / "shared", tmp_path / "rules" / "shared"))


def test_the_shipped_files_are_sound(root: Path) -> None:
    assert [str(problem) for problem in lint_shared(Layers((root / "rules",)))] == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_cure(fault: Fault, shared: Path) -> None:
    path = shared / f"{fault.file}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(fault.after))
    path.write_text("\n".join([*lines[:number], fault.line, *lines[number:]]) + "\n", encoding="utf-8")
    found = [problem for problem in lint_shared(Layers((shared.parent,))) if problem.code == fault.code]
    assert found
    assert {problem.file for problem in found} == {f"rules/shared/{fault.file}.yaml"}
    named = " ".join(f"line {problem.line}: {problem.message};" for problem in found)
    assert any(f"line {each}" in named for each in range(number + 1, number + 2 + fault.line.count("\n")))
    assert all(problem.cure and problem.column for problem in found)


def test_a_broken_row_of_the_generated_file_is_named(shared: Path) -> None:
    with (shared / "cities.generated.tsv").open("a", encoding="utf-8") as file:
        file.write("Xyz\tNO\tmany\t\n")
    (fault,) = lint_shared(Layers((shared.parent,)))
    assert (fault.file, fault.code) == ("rules/shared/cities.generated.tsv", "schema")


def test_an_upper_folder_says_only_what_is_new(shared: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "shared").mkdir(parents=True)
    file = own / "shared" / "topics.yaml"
    file.write_text("topics:\n  - {id: energy, names: {en: [joules]}}\n" + TOPIC + "\n", encoding="utf-8")
    assert list(lint_shared(Layers((shared.parent, own)))) == []
    file.write_text("topics:\n" + TOPIC.replace("economy", "beekeeping") + "\n", encoding="utf-8")
    (fault,) = lint_shared(Layers((shared.parent, own)))
    assert (fault.file, fault.line, fault.code) == ("own/shared/topics.yaml", 2, "dangling-id")


def test_a_title_of_no_position_is_named(tmp_path: Path, root: Path) -> None:
    people = FILES["people"].replace("position: mayor", "position: mayer")
    report = check_rules(write_rules(tmp_path, root / "rules" / "shared", {"people": people}))
    (fault,) = report.faults
    assert (fault.line, fault.code, fault.cure) == (5, "dangling-id", "did you mean mayor?")
