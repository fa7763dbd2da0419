"""Ids, examples and their stars."""

from __future__ import annotations

from collections.abc import Iterator

from extract.errors import Problem
from extract.rulebook.check.draft import Draft, Placed


def lint_headers(draft: Draft) -> Iterator[Problem]:
    """Faults in what stands around the pattern."""
    seen: dict[str, Placed] = {}
    for placed in draft.rules:
        first = seen.setdefault(placed.rule.id, placed)
        if first is not placed:
            line, _ = first.file.source.where("rules", first.number)
            message = f"this id is taken at {first.file.source.file}:{line}"
            yield placed.problem("duplicate-id", message, "give one of the two another name", "id")
        yield from _lint_id(placed, draft.sources.language)
        yield from _lint_examples(placed)


def _lint_id(placed: Placed, language: str) -> Iterator[Problem]:
    wanted = f"{language}.{placed.file.stage}."
    name = placed.rule.id.removeprefix(wanted)
    if name == placed.rule.id or "." in name:
        cure = f"write {wanted}{placed.rule.id.rpartition('.')[2]}"
        yield placed.problem("wrong-id", "the id does not say where the rule stands", cure, "id")


def _lint_examples(placed: Placed) -> Iterator[Problem]:
    rule = placed.rule
    refuses = bool(rule.set.get("refuse"))
    if not rule.matches and not refuses:
        cure = "add a sentence that it must find, the found words *starred*"
        yield placed.problem("no-matches", "the rule has no example", cure)
    if not rule.rejects:
        cure = "add a sentence that looks like it and means something else"
        yield placed.problem("no-rejects", "the rule has no counter-example", cure)
    for field in ("matches", "rejects", "todo"):
        for place, text in enumerate(getattr(rule, field)):
            if text.count("*") % 2:
                yield placed.problem(
                    "stars", "a star has no partner", "write *words* around what is found", field, place
                )
            elif field == "rejects" and "*" in text:
                yield placed.problem("stars", "nothing is found here, so nothing is starred", "no stars", field, place)
