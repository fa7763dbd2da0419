r"""Compiles patterns to regular expressions over the view of a sentence.

A view writes a sentence as cells, each ended by a blank: a token is its shape letter and its normal form
(`lmeeting `), a mention is `@kind.feature.feature#index `. One regular expression a pattern then runs at the
speed of C; spaCy's Matcher costs 20 times the tokenizing for 300 patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from extract.rulebook.first import Openers, Opening, find_openers
from extract.rulebook.limits import Facts, check_limits
from extract.rulebook.need import Need, Run, find_needs
from extract.rulebook.pattern import (
    SHAPES,
    SUPERKINDS,
    Choice,
    Edge,
    Gap,
    Lemma,
    MentionOf,
    Node,
    PatternError,
    Repeat,
    Sequence,
    Slot,
    Unless,
    Word,
    WordClass,
)

_LONGEST = 24_000  # characters of one regular expression


@dataclass(frozen=True, slots=True)
class Words:
    """What patterns refer to: word classes by name, the inflected forms of a lemma, the words of a text.

    `frequent` holds the words that nearly every sentence has; a rule is not entered by them if it needs another word.
    """

    classes: Mapping[str, tuple[Node, ...]]
    inflect: Callable[[str], tuple[str, ...]]
    split: Callable[[str], tuple[str, ...]]
    frequent: frozenset[str] = frozenset()
    # What is known of each class, filled while patterns are compiled: many patterns name the same classes.
    facts: dict[str, Facts] = field(default_factory=dict, repr=False, compare=False)
    written: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    needs: dict[str, tuple[Need, ...]] = field(default_factory=dict, repr=False, compare=False)
    runs: dict[str, Run] = field(default_factory=dict, repr=False, compare=False)
    openers: dict[str, Opening] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Compiled:
    """A pattern ready to run: its expression, its slots by group name, and what must occur for it to match.

    `needs` holds what every match has, what most seldom occurs first; `openers` is what a match can begin with, None
    for anything.
    """

    source: str
    slots: Mapping[str, str]
    needs: tuple[Need, ...]
    place: int = 0  # which of the rule's patterns, from 0
    openers: Openers = None

    @cached_property
    def required(self) -> tuple[frozenset[str], ...]:
        """The sets of words each of which has a member in every match."""
        return tuple(need.words for need in self.needs)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression; built at first use, as most rules of a language never meet most articles."""
        return re.compile(self.source)


class _Writer:
    """Writes the regular expression of one pattern and numbers its slots."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.slots: dict[str, str] = {}
        self.stack: list[str] = []

    def write(self, node: Node) -> str:
        match node:
            case Word(text):
                return "".join(_cell(norm) for norm in self.words.split(text))
            case Lemma(text):
                return self._any([self.words.split(form) for form in self.words.inflect(text)])
            case WordClass(name, at):
                return self._word_class(name, at)
            case MentionOf(kind, features):
                return _mention(kind, features)
            case Gap(most, crossing):
                return ("(?:[^ ]+ )" if crossing else "(?:[^p ][^ ]* )") + f"{{0,{most}}}?"
            case Edge(sign):
                return r"\A" if sign == "^" else r"\Z"
            case Unless(inner, behind):
                return self._behind(inner) if behind else f"(?!{self.write(inner)})"
            case Slot(name, inner):
                return self._slot(name, inner)
            case Repeat(inner, least, most):
                return f"(?:{self.write(inner)})" + ("?" if (least, most) == (0, 1) else f"{{{least},{most}}}")
            case Sequence(nodes):
                return "".join(self.write(child) for child in nodes)
            case Choice(nodes):
                return self._choice(nodes)

    def _slot(self, name: str, inner: Node) -> str:
        group = f"{name}__{len(self.slots)}"
        self.slots[group] = name
        return f"(?P<{group}>{self.write(inner)})"

    def _word_class(self, name: str, at: int) -> str:
        if name not in self.words.classes:
            near = ", ".join(f"{{{each}}}" for each in get_close_matches(name, self.words.classes, 2))
            cure = f"did you mean {near}?" if near else "define it under words:"
            raise PatternError(f"no word class {{{name}}} is defined", at, "dangling-class", cure)
        if name in self.stack:
            raise PatternError(
                f"the word class {{{name}}} contains itself", at, "endless-class", "take it out of itself"
            )
        if name in self.words.written:
            return self.words.written[name]
        slots = len(self.slots)
        self.stack.append(name)
        written = self._choice(self.words.classes[name])
        self.stack.pop()
        if len(self.slots) == slots:  # slots are numbered anew in each pattern
            self.words.written[name] = written
        return written

    def _choice(self, nodes: Iterable[Node]) -> str:
        """Alternatives; plain words become a trie, the longest phrase is tried first, patterns keep their order."""
        phrases: list[tuple[str, ...]] = []
        others: list[str] = []
        for node in nodes:
            match node:
                case Word(text):
                    phrases.append(self.words.split(text))
                case Lemma(text):
                    phrases.extend(self.words.split(form) for form in self.words.inflect(text))
                case Sequence(parts) if all(isinstance(part, Word) for part in parts):
                    phrases.append(tuple(w for part in parts for w in self.words.split(part.text)))  # type: ignore[union-attr]
                case _:
                    others.append(self.write(node))
        if phrases:
            others.append(self._any(phrases))
        return others[0] if len(others) == 1 else f"(?:{'|'.join(others)})"

    def _any(self, phrases: list[tuple[str, ...]]) -> str:
        tails: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            tails.setdefault(phrase[0], []).append(phrase[1:])
        longer = [
            _cell(head) + (self._any([t for t in rest if t])) + ("" if () not in rest else "|" + _cell(head))
            for head, rest in tails.items()
            if any(rest)
        ]
        single = sorted(head for head, rest in tails.items() if not any(rest))
        if single:
            longer.append(f"[^@ ]{write_trie(single)} ")
        return longer[0] if len(longer) == 1 and "|" not in longer[0] else f"(?:{'|'.join(longer)})"

    def _behind(self, inner: Node) -> str:
        options = inner.nodes if isinstance(inner, Choice) else (inner,)
        written = []
        for option in options:
            if not isinstance(option, Word | Lemma | WordClass | MentionOf):
                cure = "name single words, lemmas or word classes there"
                raise PatternError("!<( ) takes no phrases", code="look-behind", cure=cure)
            written.extend(self._fixed(option))
        # A cell begins at the start of the view or after a blank; without that "as" would be found in "was".
        return "".join(f"(?<! {each})(?<!\\A{each})" for each in written)

    def _fixed(self, node: Node) -> list[str]:
        """Fixed-width expressions, all that a look-behind takes."""
        if isinstance(node, WordClass):
            return [each for child in self.words.classes.get(node.name, ()) for each in self._fixed(child)]
        if isinstance(node, Lemma):
            return ["".join(map(_cell, self.words.split(form))) for form in self.words.inflect(node.text)]
        if isinstance(node, Word):
            return ["".join(map(_cell, self.words.split(node.text)))]
        cure = "name single words, lemmas or word classes there"
        raise PatternError("!<( ) takes words only", code="look-behind", cure=cure)


def _cell(norm: str) -> str:
    return f"[^@ ]{re.escape(norm)} "


def _mention(kind: str, features: tuple[str, ...]) -> str:
    if kind in SHAPES:
        return f"{SHAPES[kind]}[^ ]* "
    kinds = "|".join(SUPERKINDS.get(kind, (kind,)))
    tests = "".join(rf"(?=[^ ]*\.{feature}[.#])" for feature in features)
    return rf"@(?:{kinds})(?=[.#]){tests}[^ ]* "


def write_trie(words: list[str]) -> str:
    """One expression for many words that tries each letter once; `words` sorted."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _write_trie(tree)


def _write_trie(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    options = [re.escape(char) + _write_trie(below) for char, below in tree.items() if char]
    if not options:
        return ""
    body = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    if "" not in tree:
        return body
    return f"(?:{body})?" if len(options) == 1 else f"{body}?"


def compile_pattern(node: Node, words: Words, place: int = 0) -> Compiled:
    """Compile a parsed pattern; raises PatternError for what could blow up or match nothing at all."""
    writer = _Writer(words)
    body = writer.write(node)
    if len(body) > _LONGEST:
        message = f"the pattern expands to {len(body)} characters, more than {_LONGEST}"
        raise PatternError(message, code="blow-up", cure="make two rules of it, or smaller word classes")
    check_limits(node, words)
    return Compiled(f"(?<![^ ])(?:{body})", writer.slots, find_needs(node, words), place, find_openers(node, words))
