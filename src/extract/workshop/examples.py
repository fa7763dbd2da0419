"""Runs the examples that rules carry, through the same stages as an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from extract.article import compose_article
from extract.languages import Language
from extract.mentions.names import gather_case, settle_case
from extract.mentions.times import find_times
from extract.pipeline import read_article
from extract.rulebook.check import Placed
from extract.text import Block, Layout
from extract.tokens import split_sentences
from extract.workshop.tap import TIMES, Firing, kept, locate, tap_language

Outcome = Literal["passed", "missing", "noisy", "todo", "todo-now-passing"]
Field = Literal["matches", "rejects", "todo"]

# Examples are read as if published on this Wednesday.
PUBLISHED = date(2025, 5, 14)
_STARRED = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a rule without its stars, the starred ranges, and where it is written."""

    rule: str
    field: Field
    text: str
    stars: tuple[tuple[int, int], ...]
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Result:
    """How an example came out; `found` are the words that the rule found, `reason` says what went wrong."""

    example: Example
    outcome: Outcome
    found: tuple[str, ...] = ()
    reason: str = ""
    outranked: str = ""

    @property
    def failed(self) -> bool:
        """Whether the check fails for it."""
        return self.outcome in ("missing", "noisy")


def read_examples(rules: Iterable[Placed]) -> Iterator[Example]:
    """The examples of rules, in order."""
    fields: tuple[Field, ...] = ("matches", "rejects", "todo")
    for placed in rules:
        for field in fields:
            for place, text in enumerate(getattr(placed.rule, field)):
                source = placed.file.source
                line, column = source.text_at("rules", placed.number, field, place)
                plain, stars = read_stars(text)
                trimmed = tuple(_trim(plain, start, end) for start, end in stars)
                yield Example(placed.rule.id, field, plain, trimmed, source.file, line, column)


def read_stars(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A sentence without its stars, and the ranges between them."""
    stars: list[tuple[int, int]] = []
    plain, position = "", 0
    for match in _STARRED.finditer(text):
        plain += text[position : match.start()]
        stars.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        position = match.end()
    return plain + text[position:], tuple(stars)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without marks at its edges: whether a bracket or a full stop is starred does not matter."""
    letters = [place for place in range(start, end) if text[place].isalnum()]
    return (letters[0], letters[-1] + 1) if letters else (start, end)


def run_examples(examples: Iterable[Example], rules: Iterable[Placed], language: Language) -> Iterator[Result]:
    """Run every example; one sentence is read once, however many rules name it."""
    bench = _Bench(language, {placed.rule.id: placed for placed in rules})
    for example in examples:
        yield bench.run(example)


class _Bench:
    """Reads sentences with a tapped language, and remembers them."""

    def __init__(self, language: Language, rules: dict[str, Placed]) -> None:
        self.language, self.tap = tap_language(language)
        self.rules = rules
        self.read: dict[str, tuple[frozenset[Firing], frozenset[Firing]]] = {}
        self.places: dict[str, dict[str, set[int]]] = {}

    def run(self, example: Example) -> Result:
        fired, stayed = self.firings(example.text)
        placed = self.rules[example.rule]
        if placed.rule.set.get("refuse"):
            return _judge_refusal(example, stayed)
        if placed.file.stage == TIMES:
            fired = stayed
        mine = sorted({_trim(example.text, f.start, f.end) for f in fired if f.rule == example.rule})
        result = _judge(example, mine, stayed)
        if result.outcome == "noisy" and len(placed.rule.pattern) > 1:
            return replace(result, reason=result.reason + self.patterns(example, placed))
        return result

    def patterns(self, example: Example, placed: Placed) -> str:
        """Which of a rule's patterns matched in a sentence, each with its line."""
        matched = sorted(self.places[example.text].get(example.rule, ()))
        source, written = placed.file.source, [n for n in matched if n < len(placed.rule.pattern)]
        told = (f"{n + 1} (line {source.text_at('rules', placed.number, 'pattern', n)[0]})" for n in written)
        return f" by pattern {', '.join(told)}" if written else ""

    def firings(self, text: str) -> tuple[frozenset[Firing], frozenset[Firing]]:
        """What fired in a sentence, and what of it stayed to the end."""
        if text not in self.read:
            self.tap.clear()
            article = compose_article("example", text, language=self.language.code, published=PUBLISHED)
            layout = Layout((Block(text, 0, "body", 0),))
            stayed = set(kept(read_article(article, layout, self.language, whole=True)))
            stayed.update(self._times(layout))
            self.places[text] = dict(self.tap.places)
            self.read[text] = frozenset(self.tap.firings + self.tap.wholes), frozenset(stayed)
        return self.read[text]

    def _times(self, layout: Layout) -> Iterator[Firing]:
        book = self.language.book
        sentences = split_sentences(layout.prose(), self.language.tokenize, book.settings("tokens"))
        sentences = settle_case(sentences, book, gather_case((b.text, True) for b in layout.prose()))
        for sentence, mentions in zip(sentences, find_times(sentences, book, PUBLISHED), strict=True):
            for mention in mentions:
                for each in (mention, *(part for parts in mention.parts.values() for part in parts)):
                    yield locate(each.rule, sentence.tokens, each.start, each.end)


def _judge_refusal(example: Example, stayed: frozenset[Firing]) -> Result:
    """A rule that refuses finds nothing itself: in its sentences no rule of its stage may find anything."""
    stage = example.rule.rpartition(".")[0] + "."
    found = tuple(sorted({example.text[f.start : f.end] for f in stayed if f.rule.startswith(stage)}))
    if example.field == "todo":
        return Result(example, "todo" if found else "todo-now-passing", found, "" if found else "move it to rejects")
    return Result(example, "noisy" if found else "passed", found, f"found {_quoted(found)}" if found else "")


def _judge(example: Example, mine: list[tuple[int, int]], stayed: frozenset[Firing]) -> Result:
    found = tuple(dict.fromkeys(example.text[start:end] for start, end in mine))
    missed = [example.text[a:b] for a, b in example.stars if (a, b) not in mine]
    stray = [example.text[a:b] for a, b in mine if example.stars and not _touches((a, b), example.stars)]
    if example.field == "rejects":
        return Result(example, "noisy", found, f"found {_quoted(found)}") if mine else Result(example, "passed")
    if example.field == "todo":
        passes = bool(mine) and not missed and not stray
        return Result(example, "todo-now-passing" if passes else "todo", found, "move it to matches" if passes else "")
    if not mine or missed:
        instead = f"; found {_quoted(found)} instead" if found else ""
        wanted = f"did not find {_quoted(missed)}" if missed else "found nothing"
        return Result(example, "missing", found, wanted + instead + _others(example, stayed))
    if stray:
        return Result(example, "noisy", found, f"found {_quoted(stray)} as well, which is not starred")
    return Result(example, "passed", found, outranked=_winner(example, mine, stayed))


def _touches(span: tuple[int, int], stars: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in stars)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in words)


def _others(example: Example, stayed: frozenset[Firing]) -> str:
    """Which other rules of the stage read the starred words."""
    stage = example.rule.rpartition(".")[0]
    rules = sorted({f.rule for f in stayed if f.rule.startswith(stage) and _touches((f.start, f.end), example.stars)})
    return f"; {', '.join(rules)} read these words" if rules else ""


def _winner(example: Example, mine: list[tuple[int, int]], stayed: frozenset[Firing]) -> str:
    """The rule of the same stage that won these words, where this one did not keep them."""
    if any(f.rule == example.rule for f in stayed):
        return ""
    stage = example.rule.rpartition(".")[0]
    return ", ".join(sorted({f.rule for f in stayed if f.rule.startswith(stage) and _touches((f.start, f.end), mine)}))
