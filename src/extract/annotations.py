"""The values between the stages: tokens, sentences, mentions, entities, templates. Plain and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

# Shared, since most mentions hold neither and mappings of this type cannot be changed.
_NO_PARTS: Mapping[str, tuple[Mention, ...]] = MappingProxyType({})
_NO_SPANS: Mapping[str, tuple[int, int]] = MappingProxyType({})


def _no_parts() -> Mapping[str, tuple[Mention, ...]]:
    return _NO_PARTS


def _no_spans() -> Mapping[str, tuple[int, int]]:
    return _NO_SPANS


class Token(NamedTuple):
    """One token. `start` and `end` are code-point offsets into the article's text.

    `shape` is one letter: c capitalized, u upper case, l lower case, n number, p punctuation, x letters of a
    script without case; once names are told apart there, d an ordinary and y what looks like a surname with it.
    """

    text: str
    norm: str
    shape: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence; `zone` is title or body, `paragraph` counts from 0."""

    index: int
    tokens: tuple[Token, ...]
    zone: str = "body"
    paragraph: int = 0

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @cached_property
    def norms(self) -> tuple[str, ...]:
        """The normal form of each token."""
        return tuple([token.norm for token in self.tokens])

    @cached_property
    def words(self) -> frozenset[str]:
        """The normal forms that occur."""
        return frozenset(self.norms)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of tokens [start, end) of one sentence that refers to something.

    `kind` says what (person, office, country, time …), `rule` which rule read it, `features` what patterns may
    test, `value` what it means, `parts` the mentions inside it by slot, `spans` the token range of each slot,
    `pattern` which of the rule's patterns matched, from 0.
    """

    kind: str
    sentence: int
    start: int
    end: int
    rule: str
    features: tuple[str, ...] = ()
    value: Any = None
    parts: Mapping[str, tuple[Mention, ...]] = field(default_factory=_no_parts)
    spans: Mapping[str, tuple[int, int]] = field(default_factory=_no_spans)
    pattern: int = 0

    def part(self, slot: str) -> Mention | None:
        """The first part that fills `slot`."""
        found = self.parts.get(slot)
        return found[0] if found else None

    def has(self, feature: str) -> bool:
        """Whether the mention has a feature."""
        return feature in self.features


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Evidence: code points [start, end) of the article's text, read by `rule`."""

    start: int
    end: int
    rule: str
