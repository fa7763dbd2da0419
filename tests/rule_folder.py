"""A small rule folder for tests: a language of two kinds of rule, sound in every respect."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "tokens": """\
about: How text is cut.
settings:
  prefixes: ['["(]']
  suffixes: ['[",.;:!?)]', "'s"]
  sentence_ends: [".", "!", "?"]
""",
    "inflection": """\
about: How words inflect.
settings:
  irregular:
    meet: [meets, met, meeting]
    hold: [holds, held, holding]
""",
    "people": """\
about: Who.
lexicon:
  title:
    - {names: [minister, envoy], position: minister}
    - {names: [mayor], position: mayor}
rules:
  - id: en.people.name
    finds: name
    about: Two words with capitals
    pattern: '<cap> <cap>'
    matches: ["We saw *Ana Ruiz* there."]
    rejects: ["We saw them there."]
  - id: en.people.person
    finds: person
    about: A name
    pattern: 'name:<name>'
    set: {features: [named]}
    matches: ["We saw *Ana Ruiz* there."]
    rejects: ["We saw them there."]
""",
    "triggers": """\
about: What announces a meeting.
words:
  aux: [has, had, also]
  talks: [talks, "a meeting", "~discussion"]
rules:
  - id: en.triggers.meet
    about: Somebody meets somebody
    pattern: 'a:<person> {aux}* span:(~meet) [with] b:<person.named>'
    set: {kind: meeting}
    matches: ["Ana Ruiz *met* with Omar Said."]
    rejects: ["Ana Ruiz met her deadline."]
  - id: en.triggers.hold_talks
    about: Somebody holds talks
    pattern:
      - '~hold ..3 span:({talks}) [with <person>]'
      - 'span:(~speak) with <person>'
    set: {kind: meeting}
    matches: ["They held long *talks* with Omar Said."]
    rejects: ["They held their breath."]
    todo: ["They *conferred*."]
""",
}


def write_rules(folder: Path, shared: Path, changes: dict[str, str] | None = None) -> Path:
    """Write the folder as rules/ under `folder`; `changes` replace or add whole files of the language."""
    rules = folder / "rules"
    (rules / "en").mkdir(parents=True)
    (rules / "shared").symlink_to(shared)
    for stem, text in (FILES | (changes or {})).items():
        (rules / "en" / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return rules
