"""The words that the rule files of a language know: what clitics are told from, and what is no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from extract.rulebook.lexicon import Name
from extract.rulebook.pattern import Lemma, PatternError, Word, parse_pattern, walk
from extract.rulebook.raw import literals

if TYPE_CHECKING:
    from extract.rulebook.book import RuleSources

Split = Callable[[str], tuple[str, ...]]
Inflect = Callable[[str], tuple[str, ...]]


def rule_words(
    sources: RuleSources, split: Split, inflect: Inflect, leave: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Every word of the patterns and word classes, except the classes to `leave` out."""
    return frozenset(norm for text in _texts(sources, leave) for form in _forms(text, inflect) for norm in split(form))


def known_words(words: Iterable[str], names: Iterable[Name], joined: str) -> frozenset[str]:
    """All known words: `words`, and those of `names`, whose later words count unless they open as `joined` says."""
    known = set(words)
    opens = re.compile(joined or r"(?!)")
    for name in names:
        known.add(name.words[0])
        known.update(word for word in name.words[1:] if not opens.match(word))
    return frozenset(known)


def _texts(sources: RuleSources, leave: frozenset[str]) -> Iterator[str]:
    for file in sources.files:
        for name, entries in file.content.words.items():
            if name not in leave:
                yield from entries
        for rule in file.content.rules:
            yield from rule.pattern
            yield from (word for elements in rule.token_pattern for word in literals(elements))


def _forms(pattern: str, inflect: Inflect) -> Iterator[str]:
    try:
        tree = parse_pattern(pattern)
    except PatternError:  # reported where the rules are compiled
        return
    for node in walk(tree):
        if isinstance(node, Word):
            yield node.text
        elif isinstance(node, Lemma):
            yield from inflect(node.text)
