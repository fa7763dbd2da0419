"""Starts a rule from a sentence: mentions become kinds, words become lemmas and word classes where those are known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from extract.annotations import Mention
from extract.article import compose_article
from extract.languages import Language
from extract.pipeline import read_article
from extract.rulebook.compile import compile_pattern
from extract.rulebook.pattern import SUPERKINDS, Lemma, Node, Word, WordClass, parse_pattern, walk
from extract.rulebook.view import Cell, Grammar, View, build_view
from extract.text import Block, Layout
from extract.workshop.examples import PUBLISHED, read_stars

# Slots for the first and the second actor of a sentence.
_SLOTS = ("a", "b")
_SMALLEST_CLASS = 2
_CIRCUMSTANCES = frozenset({"time", "city", "country"})


@dataclass(frozen=True, slots=True)
class Stub:
    """A rule to start from, as YAML, and what its pattern finds in the sentence."""

    yaml: str
    pattern: str
    found: tuple[str, ...]
    plain: tuple[str, ...] = ()  # starred words that the rules know no other forms of


def start_rule(sentence: str, language: Language, stage: str = "triggers", name: str = "new_rule") -> Stub:
    """A rule that finds the *starred* words of a sentence, or all of it."""
    text, stars = read_stars(sentence)
    article = compose_article("new", text, language=language.code, published=PUBLISHED)
    reading = read_article(article, Layout((Block(text, 0, "body", 0),)), language, whole=True)
    first, mentions = reading.sentences[0], reading.mentions[0]
    view = build_view(first, mentions)
    writer = _Writer(view, language, stage, stars)
    pattern = writer.pattern()
    found = _run(pattern, view, language, text)
    lines = [
        f"  - id: {language.code}.{stage}.{name}",
        "    about: Say in one line what it is for",
        f"    pattern: {_quoted(pattern)}",
        *(["    set: {kind: meeting}"] if stage == "triggers" else []),
        f"    matches: [{json.dumps(_with_stars(text, stars[:1]), ensure_ascii=False)}]",
        "    rejects: []  # a sentence that looks like it and means something else",
    ]
    return Stub("\n".join(lines), pattern, found, tuple(writer.plain))


def _with_stars(text: str, stars: tuple[tuple[int, int], ...]) -> str:
    """The sentence with its first stars: they say which words the rule is about."""
    for start, end in stars:
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text


def _quoted(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'"


def _run(pattern: str, view: View, language: Language, text: str) -> tuple[str, ...]:
    compiled = compile_pattern(parse_pattern(pattern), language.book.words)
    tokens = view.sentence.tokens
    spans = []
    for match in Grammar([(language.book.rules[0], compiled)]).find(view):
        start, end = match.span("span") or (match.start, match.end)
        spans.append(text[tokens[start].start : tokens[end - 1].end])
    return tuple(spans)


class _Writer:
    """Writes the cells of a sentence as parts of a pattern."""

    def __init__(self, view: View, language: Language, stage: str, stars: tuple[tuple[int, int], ...]) -> None:
        self.view, self.language, self.stars = view, language, stars
        self.lemmas = dict(_lemmas(language))
        self.classes = _usual_classes(language, stage)
        self.actors = 0
        self.plain: list[str] = []

    def pattern(self) -> str:
        """From the first actor or starred word to the last."""
        cells = list(self.view.cells)
        actors = [i for i, cell in enumerate(cells) if _is_actor(cell.mention)][: len(_SLOTS)]
        of_interest = sorted({*actors, *(i for i, cell in enumerate(cells) if self._starred(cell))})
        if of_interest and self.stars:
            cells = cells[of_interest[0] : of_interest[-1] + 1]
        elif not self.stars:
            cells = self._without_circumstances(cells, actors[-1] if len(actors) == len(_SLOTS) else len(cells))
        parts: list[str] = []
        for starred, group in groupby(cells, self._starred):
            written = " ".join(self._part(cell) for cell in group)
            first = starred and not any(part.startswith("span:") for part in parts)
            parts.append(f"span:({written})" if first else written)
        return " ".join(parts)

    def _without_circumstances(self, cells: list[Cell], last: int) -> list[Cell]:
        """The cells without place and time behind the second actor, which cues find, and without the full stop."""
        told = (i for i, cell in enumerate(cells) if i > last and cell.mention and cell.mention.kind in _CIRCUMSTANCES)
        first = next(told, len(cells))
        kept = cells if first == len(cells) else cells[: max(first - 1, last + 1)]
        while kept and self.view.sentence.tokens[kept[-1].start].shape == "p":
            kept = kept[:-1]
        return kept

    def _starred(self, cell: Cell) -> bool:
        tokens = self.view.sentence.tokens
        start, end = tokens[cell.start].start, tokens[cell.end - 1].end
        return any(a <= start and end <= b for a, b in self.stars)

    def _part(self, cell: Cell) -> str:
        if cell.mention is not None:
            return self._mention(cell.mention)
        norm = self.view.sentence.tokens[cell.start].norm
        if norm in self.lemmas:
            return f"~{self.lemmas[norm]}"
        if norm in self.classes and not self._starred(cell):
            return f"{{{self.classes[norm]}}}"
        if self._starred(cell):
            self.plain.append(norm)
        return norm if norm.replace("-", "").isalnum() else f'"{norm}"'

    def _mention(self, mention: Mention) -> str:
        if not _is_actor(mention) or self.actors == len(_SLOTS):
            return f"<{mention.kind}>"
        slot = _SLOTS[self.actors]
        self.actors += 1
        return f"<actor:{slot}>"


def _is_actor(mention: Mention | None) -> bool:
    return mention is not None and mention.kind in SUPERKINDS["actor"]


def _lemmas(language: Language) -> Iterator[tuple[str, str]]:
    """Inflected forms of the lemmas that the rules use, each with its lemma."""
    book = language.book
    irregular: Mapping[str, list[str]] = book.settings("inflection").get("irregular", {})
    named = {node.text for name in book.words.classes for each in book.words.classes[name] for node in _nodes(each)}
    named |= {node.text for rule in book.rules for text in rule.pattern for node in _nodes(parse_pattern(text))}
    for lemma in sorted({*irregular, *named}):
        if " " not in lemma:
            yield from ((form, lemma) for form in book.words.inflect(lemma))


def _nodes(node: Node) -> list[Lemma]:
    return [each for each in walk(node) if isinstance(each, Lemma)]


def _usual_classes(language: Language, stage: str) -> dict[str, str]:
    """For each word the class that the patterns of the stage name most often for it.

    A word that they write out themselves, as most prepositions, has none; nor has a comma.
    """
    files = [file for file in language.book.sources.files if file.stage == stage]
    rules = [rule for file in files for rule in file.content.rules]
    nodes = [node for rule in rules for text in rule.pattern for node in walk(parse_pattern(text))]
    named = Counter(node.name for node in nodes if isinstance(node, WordClass))
    written = {node.text for node in nodes if isinstance(node, Word)}
    usual: dict[str, tuple[int, str]] = {}
    for file in files:
        for name, entries in file.content.words.items():
            for entry in entries if len(entries) >= _SMALLEST_CLASS else ():
                usual[entry] = max(usual.get(entry, (0, "")), (named[name], name))
    return {word: name for word, (uses, name) in usual.items() if uses and word not in written}
