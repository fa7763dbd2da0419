"""The taxonomy of topics, which all languages share: ids once, and a name in one topic only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.errors import Problem
from extract.rulebook.load import Source, read_source
from extract.values.normal import normal_form

_TOPICS = "shared/topics.yaml"


def lint_shared(rules: Path) -> Iterator[Problem]:
    """Faults in the shared files beyond those that keep them from loading."""
    path = rules / _TOPICS
    if path.is_file():
        yield from _lint_topics(read_source(path, path.relative_to(rules.parent).as_posix()))


def _lint_topics(source: Source) -> Iterator[Problem]:
    ids: dict[str, int] = {}
    names: dict[tuple[str, str], str] = {}
    for number, topic in enumerate(source.value["topics"]):
        line, column = source.where("topics", number)
        if topic["id"] in ids:
            message = f"the topic {topic['id']} stands at line {ids[topic['id']]} too"
            yield Problem(source.file, line, column, "duplicate-id", message, "merge the two")
        ids.setdefault(topic["id"], line)
        for language, listed in topic["names"].items():
            for place, name in enumerate(listed):
                other = names.setdefault((language, normal_form(name)), topic["id"])
                if other != topic["id"]:
                    at = source.text_at("topics", number, "names", language, place)
                    message = f"{name!r} belongs to the topic {other} already"
                    yield Problem(source.file, *at, "two-meanings", message, "leave it with one of the two")
