"""Strict YAML: plain text stays text, nothing is overwritten in silence, every fault has its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extract.errors import RuleError
from extract.rulebook.load import Source, read_source, read_yaml


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def source(folder: Path, text: str) -> Source:
    return read_source(write(folder, text), "file.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("2025-05-12", "2025-05-12"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("true", True),
        ("null", None),
        ("~", "~"),
        ("''", ""),
        ("'7'", "7"),
        ("7", 7),
        ("-7", -7),
        ("0.5", 0.5),
    ],
)
def test_a_plain_scalar_is_what_it_shows(text: str, value: Any, tmp_path: Path) -> None:
    found = read_yaml(write(tmp_path, f"key: {text}\n"))["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1, id="duplicate-key"),
        pytest.param("a:\n  - {x: 1, x: 2}\n", "duplicate-key", 2, 12, id="duplicate-in-a-row"),
        pytest.param("a: [1, 2\nb: 3\n", "yaml-syntax", 2, 2, id="open-bracket"),
        pytest.param("a: 'open\n", "yaml-syntax", 2, 1, id="open-quote"),
        pytest.param("\ta: 1\n", "yaml-syntax", 1, 1, id="tab"),
    ],
)
def test_a_fault_has_file_line_and_column(text: str, code: str, line: int, column: int, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        source(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.code, problem.line, problem.column) == ("file.yaml", code, line, column)


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        source(tmp_path, "a: 1\na: 2\nb: 1\nb: 2\n")
    assert [problem.line for problem in caught.value.problems] == [2, 4]


def test_a_file_must_be_utf_8(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        read_yaml(write(tmp_path, b"a: \xff\n"))
    assert [problem.code for problem in caught.value.problems] == ["encoding"]


@pytest.mark.parametrize(
    ("path", "mark"),
    [(("rules", 0), (2, 5)), (("rules", 1), (4, 5)), (("rules", 1, "id"), (4, 5)), (("rules", 9), (1, 1))],
)
def test_every_value_remembers_where_it_stood(
    path: tuple[str | int, ...], mark: tuple[int, int], tmp_path: Path
) -> None:
    text = "rules:\n  - id: a\n    about: x\n  - id: b\n"
    assert source(tmp_path, text).where(*path) == mark


@pytest.mark.parametrize(("written", "column"), [("'talks'", 11), ("talks", 10), ('"talks"', 11)])
def test_a_text_begins_behind_its_quotation_mark(written: str, column: int, tmp_path: Path) -> None:
    assert source(tmp_path, f"pattern: {written}\n").text_at("pattern") == (1, column)


def test_an_empty_file_has_no_value(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "")) is None


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{letter}: &{letter} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "alias"),
        ("a: &a [*a]\n", "alias"),
        ("a: &a {b: c}\nd: {<<: *a}\n", "alias"),
        ("a: " + "[" * 100_000, "too-deep"),
        ("- " * 100_000 + "a", "too-deep"),
        ("{a: " * 10_000 + "b" + "}" * 10_000, "too-deep"),
    ],
    ids=["bomb", "of_itself", "merged", "brackets", "dashes", "mappings"],
)
def test_nothing_small_stands_for_something_huge(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as error:
        source(tmp_path, text)
    assert {problem.code for problem in error.value.problems} == {code}


def test_a_tag_makes_nothing(tmp_path: Path) -> None:
    text = f"a: !!python/object/apply:os.mkdir ['{tmp_path}/made']\nb: !!python/name:os.system\n"
    assert source(tmp_path, text).value == {"a": [f"{tmp_path}/made"], "b": None}
    assert not (tmp_path / "made").exists()
