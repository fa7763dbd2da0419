"""Finds one's way among the rules: all of them in a list, one of them in full."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from extract.errors import Problem, RuleError
from extract.rulebook.check import Draft, Placed, read_draft
from extract.rulebook.layers import Folder, open_layers
from extract.rulebook.pattern import PatternError, WordClass, parse_pattern, walk
from extract.rulebook.raw import literals


@dataclass(frozen=True, slots=True)
class Card:
    """A rule as written, where it stands, and the word classes that it uses, each with its place and entries."""

    id: str
    place: str
    about: str
    finds: str
    text: str
    classes: tuple[tuple[str, str, tuple[str, ...]], ...]


def list_rules(rules: Folder, words: tuple[str, ...] = ()) -> list[Placed]:
    """The rules whose id, purpose or patterns hold all the `words`, in any case; all rules where there are none."""
    drafts = (read_draft(rules, language) for language in open_layers(rules).languages())
    return [placed for draft in drafts for placed in draft.rules if _holds(placed, words)]


def show_rule(rules: Folder, id: str) -> Card:
    """One rule in full; raises RuleError, with ids that are near, where there is no such rule."""
    for language in open_layers(rules).languages():
        draft = read_draft(rules, language)
        for placed in draft.rules:
            if placed.rule.id == id:
                return _card(placed, draft, rules)
    near = difflib.get_close_matches(id, [placed.rule.id for placed in list_rules(rules)], 3, 0.5)
    cure = f"did you mean {' or '.join(near)}?" if near else "see extract rules list"
    raise RuleError([Problem(str(rules), 1, 1, "no-such-rule", f"there is no rule {id}", cure)])


def _holds(placed: Placed, words: tuple[str, ...]) -> bool:
    words_of = (word for elements in placed.rule.token_pattern for word in literals(elements))
    text = " ".join([placed.rule.id, placed.rule.about, *placed.rule.pattern, *words_of]).casefold()
    return all(word.casefold() in text for word in words)


def _card(placed: Placed, draft: Draft, rules: Folder) -> Card:
    line, _ = placed.file.source.where("rules", placed.number)
    path = open_layers(rules).find(placed.file.source.file)
    text = "\n".join(_block(path.read_text(encoding="utf-8").splitlines()[line - 1 :]))
    return Card(
        placed.rule.id,
        f"{placed.file.source.file}:{line}",
        placed.rule.about,
        placed.rule.finds or placed.file.stage,
        text,
        tuple(_classes(placed, draft)),
    )


def _block(lines: list[str]) -> Iterator[str]:
    """The lines of the first item of a list, up to the next item or the end of the list."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    yield lines[0]
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        yield line


def _classes(placed: Placed, draft: Draft) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    waiting = [name for pattern in placed.rule.pattern for name in _names(pattern)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        for file in draft.sources.files:
            if name in file.content.words:
                line, _ = file.source.where("words", name)
                entries = file.content.words[name]
                yield name, f"{file.source.file}:{line}", entries
                waiting += [inner for entry in entries for inner in _names(entry)]


def _names(pattern: str) -> list[str]:
    try:
        return [node.name for node in walk(parse_pattern(pattern)) if isinstance(node, WordClass)]
    except PatternError:
        return []
