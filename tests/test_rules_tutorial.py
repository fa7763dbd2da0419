"""The four edits of docs/rules.md, each done as the page says, on a copy of the shipped rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract import Article, load_pipeline
from extract.article import compose_article
from extract.cli import main
from extract.schema import Record


@pytest.fixture
def rules(tmp_path: Path, root: Path) -> Path:
    return Path(shutil.copytree(root / "rules", tmp_path / "rules"))


def _read(rules: Path, text: str) -> Record:
    article: Article = compose_article("a", text, language="en")
    return load_pipeline(rules, ["en"])(article)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_new_trigger_from_a_sentence(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "President Ana Ruiz *broke bread* with Prime Minister Kofi Mensah."
    assert _read(rules, sentence.replace("*", "")).meetings == ()
    main(["rules", "new", sentence, "--rules", str(rules), "--name", "break_bread"])
    stub = capsys.readouterr().out.replace("rejects: []  #", 'rejects: ["The bakers broke bread into pieces."]  #')
    file = rules / "en" / "triggers.yaml"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + stub, encoding="utf-8")
    main(["rules", "check", str(file)])
    assert "break_bread" not in capsys.readouterr().out
    (meeting,) = _read(rules, sentence.replace("*", "")).meetings
    assert meeting.evidence.rule == "en.triggers.break_bread"
    assert [person.name for person in meeting.participants] == ["Ana Ruiz", "Kofi Mensah"]


def test_a_new_title(rules: Path) -> None:
    entry = "  title:\n    - {names: [margrave], plurals: [margraves], position: royal}\n"
    _edit(rules / "en" / "titles.yaml", "  title:\n", entry)
    (meeting,) = _read(rules, "Margrave Ana Ruiz of Norway met Prime Minister Kofi Mensah of Ghana.").meetings
    (person,) = [person for person in meeting.participants if person.name == "Ana Ruiz"]
    assert person.roles[0].position == "royal"


def test_a_new_topic(rules: Path) -> None:
    path = rules / "shared" / "topics.yaml"
    topic = "topics:\n  - {id: beekeeping, area: economy, names: {en: [beekeeping, honey], ar: []}}\n"
    _edit(path, "topics:\n", topic)
    text = "President Ana Ruiz met with Prime Minister Kofi Mensah. They discussed honey."
    (meeting,) = _read(rules, text).meetings
    assert [topic.id for topic in meeting.topics] == ["beekeeping"]


def test_a_false_alarm(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rules / "en" / "people.yaml"
    main(["rules", "show", "en.people.honorific_name", "--rules", str(rules)])
    assert "rejects:" in capsys.readouterr().out
    rule = "  - id: en.people.honorific_name\n"
    old = file.read_text(encoding="utf-8").split(rule)[1].split("  - id: ")[0]
    rejects = next(line for line in old.splitlines() if line.startswith("    rejects:"))
    _edit(file, rule + old, rule + old.replace(rejects, '    rejects: ["We saw Mr. Chitsaz there."]'))
    assert main(["rules", "check", str(file)]) == 1
    assert 'noisy: en.people.honorific_name: found "Mr. Chitsaz"' in capsys.readouterr().out
