"""The words that the rule files of a language know: what clitics are told from, and what is no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from extract.rulebook.book import RuleSources, inflector
from extract.rulebook.lexicon import Name
from extract.rulebook.pattern import Lemma, PatternError, Word, parse_pattern, walk

Split = Callable[[str], tuple[str, ...]]


def rule_words(sources: RuleSources, split: Split, leave: frozenset[str] = frozenset()) -> frozenset[str]:
    """Every word of the patterns and word classes, except the classes to `leave` out; what cannot be read is left out."""
    inflect = inflector(sources.settings("inflection"))
    return frozenset(norm for text in _texts(sources, leave) for form in _forms(text, inflect) for norm in split(form))


def known_words(sources: RuleSources, split: Split, names: Iterable[Name], joined: str) -> frozenset[str]:
    """All known words: those of the rules and of `names`, whose later words count unless they open as `joined` says."""
    words = set(rule_words(sources, split))
    opens = re.compile(joined or r"(?!)")
    for name in names:
        words.add(name.words[0])
        words.update(word for word in name.words[1:] if not opens.match(word))
    return frozenset(words)


def _texts(sources: RuleSources, leave: frozenset[str]) -> Iterator[str]:
    for file in sources.files:
        for name, entries in file.content.words.items():
            if name not in leave:
                yield from entries
        for rule in file.content.rules:
            yield from rule.pattern


def _forms(pattern: str, inflect: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    try:
        tree = parse_pattern(pattern)
    except PatternError:  # reported where the rules are compiled
        return
    for node in walk(tree):
        if isinstance(node, Word):
            yield node.text
        elif isinstance(node, Lemma):
            yield from inflect(node.text)
