"""The stages in order; nobody else knows the order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path

from extract.annotations import Mention, Sentence, Span
from extract.article import Article
from extract.entities import Entities, link_mentions
from extract.language import detect_language
from extract.languages import Language, load_language
from extract.meetings.arguments import fill_templates
from extract.meetings.content import fill_content
from extract.meetings.finish import finish_templates
from extract.meetings.merge import merge_templates
from extract.meetings.prominence import rank_templates
from extract.meetings.protagonist import complete_sides
from extract.meetings.reading import Reading, Rows
from extract.meetings.template import Decision, Template
from extract.mentions import find_mentions
from extract.mentions.actions import find_actions
from extract.mentions.cues import find_cues
from extract.mentions.dateline import find_home, home_country
from extract.mentions.names import (
    echo_names,
    find_surnames,
    gather_case,
    may_be_surname,
    settle_case,
    surnames_like_cities,
)
from extract.mentions.times import CLASH, clash_message, find_times
from extract.mentions.topics import find_topics
from extract.mentions.triggers import (
    announces,
    find_triggers,
)
from extract.mentions.twins import settle_twins
from extract.reach import read_reach
from extract.record import build_record
from extract.rulebook.book import Rulebook
from extract.rulebook.layers import Folder, Layers, open_layers
from extract.rulebook.view import build_view
from extract.schema import Record
from extract.text import Block, Layout, find_layout
from extract.tokens import split_sentences
from extract.workers import fork_is_safe, map_forked

# Cities of one sentence that may be surnames: with more of them too many readings would have to be tried.
_MOST_ALIKE = 2

Diagnostic = tuple[str, str, Span | None]


@dataclass(frozen=True)
class Analysis:
    """Everything the stages found in one article; `explain` reads it."""

    article: Article
    language: str | None
    title: str | None
    layout: Layout
    reading: Reading | None
    templates: Sequence[Template]
    candidates: Sequence[Template]
    diagnostics: Sequence[Diagnostic]
    decisions: Sequence[Decision] = ()

    def record(self) -> Record:
        """The validated record of what was found."""
        codings = self.reading.book.sources.shared["codes"] if self.reading else {}
        language = self.language or "unknown"
        return build_record(self.article, self.title, language, self.templates, self.diagnostics, codings)


@dataclass(frozen=True)
class Pipeline:
    """From article to record. Call it with one article, or `pipe` many; languages load at their first article."""

    rules: Layers
    languages: tuple[str, ...]
    loaded: dict[str, Language]

    def __call__(self, article: Article) -> Record:
        """The record of one article."""
        return self.analyze(article).record()

    def pipe(self, articles: Iterable[Article], workers: int = 0) -> Iterator[Record]:
        """The records of many articles, in their order and streamed; in as many processes as `workers`, 0 for this one.

        Workers are forked: they share the rules, and an article that ends one is tried again. What goes wrong with an
        article is raised here, at its place in the order; `extract.batch.run` is for who wants it told instead.
        """
        if workers and fork_is_safe():
            return map_forked(self.load_all(), articles, workers, lambda article: len(article.text))
        return map(self, articles)

    def language(self, code: str) -> Language:
        """A language's rules, loaded at first use."""
        if code not in self.loaded:
            self.loaded[code] = load_language(self.rules, code)
        return self.loaded[code]

    def load_all(self) -> Pipeline:
        """Load every language now, so that a wrong rule file shows before the first article."""
        for code in self.languages:
            self.language(code)
        return self

    @cached_property
    def rule_hash(self) -> str:
        """SHA-256 over all rule files."""
        digest = hashlib.sha256()
        for folder in self.rules.folders:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def analyze(self, article: Article, dismiss: bool = True) -> Analysis:
        """Run all stages on one article and keep what each found.

        An article without a single word that a trigger needs is dismissed unread, and one without a trigger half read,
        unless `dismiss` is False; its meetings are the same either way.
        """
        code = article.language or detect_language(article.text, article.title)
        if code not in self.languages:
            message = f"no rules for language {code!r}" if code else "the language is unknown"
            return Analysis(article, code, article.title, Layout(()), None, (), (), [("no-language", message, None)])
        language = self.language(code)
        layout = find_layout(article.text, article.title, language.book.settings("layout"))
        reading = read_article(article, layout, language, not dismiss)
        candidates = fill_templates(reading)
        complete_sides(candidates, reading)
        decisions: list[Decision] = []
        templates = merge_templates(candidates, decisions)
        fill_content(templates, reading)
        templates = finish_templates(templates, reading)
        rank_templates(templates, article.published)
        diagnostics = _diagnostics(reading)
        title = article.title or layout.title
        return Analysis(article, code, title, layout, reading, templates, candidates, diagnostics, decisions)


def read_article(article: Article, layout: Layout, language: Language, whole: bool = False) -> Reading:
    """Sentences, mentions, triggers and, where a trigger announces a meeting, cues, topics, actions and entities.

    `whole` asks for all of them in any case, for who wants to know why there is no meeting.
    """
    book, blocks = language.book, layout.prose()
    unread = Reading(article.text, (), (), (), (), (), (), Entities((), {}), book)
    read = _sentence_reader(blocks, language)
    if not whole and not _may_report(blocks, read, language, article):
        return unread
    sentences = read(blocks)
    times = find_times(sentences, book, article.published)
    known = read_reach(sentences, times, language.may_announce, book) if book.caseless and not whole else {}
    if known is None:
        return unread
    rows = enumerate(zip(sentences, times, strict=True))
    mentions = [known[n] if n in known else find_mentions(s, t, book) for n, (s, t) in rows]
    sentences, mentions = _echo(sentences, mentions, times, book)
    mentions = _read_surnames(sentences, mentions, times, book)
    home = find_home(article.text, layout, language.tokenize, book)
    mentions = settle_twins(mentions, home.get("country") if home else None)
    views = [build_view(s, m) for s, m in zip(sentences, mentions, strict=True)]
    triggers = [find_triggers(view, book) for view in views]
    if not whole and not any(announces(trigger) for row in triggers for trigger in row):
        return unread
    return replace(
        unread,
        sentences=sentences,
        mentions=mentions,
        triggers=triggers,
        cues=Rows(lambda n: find_cues(views[n], book), len(views)),
        topics=Rows(lambda n: find_topics(sentences[n], mentions[n], book, views[n]), len(views)),
        actions=Rows(lambda n: find_actions(sentences[n], mentions[n], book, views[n]), len(views)),
        entities=link_mentions(sentences, mentions, article.text, book, home_country(home, layout, book)),
        here=home,
        anchor=article.published,
        released=_release(article, layout, language),
    )


def _sentence_reader(blocks: Sequence[Block], language: Language) -> Callable[[Sequence[Block]], list[Sentence]]:
    """A function from some pieces of an article to their sentences, with the capitals settled by the whole article."""
    settings, caseless = language.book.settings("tokens"), language.book.caseless
    evidence = gather_case((block.text, block.zone != "title") for block in (() if caseless else blocks))
    tokenize = cache(language.tokenize)

    @cache
    def read(pieces: tuple[Block, ...]) -> list[Sentence]:
        return settle_case(split_sentences(pieces, tokenize, settings), language.book, evidence)

    return lambda pieces: read(tuple(pieces))


def _may_report(
    blocks: Sequence[Block], read: Callable[[Sequence[Block]], list[Sentence]], language: Language, article: Article
) -> bool:
    """Whether an article may report a meeting: only the sentences with the words of a trigger are read.

    In a script without case these words are enough, and `read_reach` goes on; in the others a city may turn out to be a
    surname, and both are tried.
    """
    book, likely = language.book, [b for b in blocks if language.may_report(b.text, b.zone)]
    if book.caseless:
        return bool(likely) and any(map(language.may_announce, read(blocks)))
    sentences = list(filter(language.may_announce, read(likely)))
    every_times = find_times(sentences, book, article.published)
    return any(_announces(s, times, article.text, book) for s, times in zip(sentences, every_times, strict=True))


def _announces(sentence: Sentence, times: Sequence[Mention], text: str, book: Rulebook) -> bool:
    """Whether a sentence announces a meeting, whichever of its cities turn out to be surnames in the article."""
    row = find_mentions(sentence, times, book)
    if any(map(announces, find_triggers(build_view(sentence, row), book))):
        return True
    cities = [sentence.tokens[m.start] for m in row if m.kind == "city"]
    surnames = frozenset(token.norm for token in cities if may_be_surname(token.text, text))
    alike = surnames_like_cities(sentence, row, surnames, book)
    if len(alike) > _MOST_ALIKE:
        return True
    readings = (frozenset(some) for size in range(len(alike)) for some in combinations(sorted(alike), size + 1))
    rows = (find_mentions(sentence, times, book, people) for people in readings)
    return any(announces(trigger) for each in rows for trigger in find_triggers(build_view(sentence, each), book))


def _echo(
    sentences: list[Sentence], mentions: list[list[Mention]], times: Sequence[Sequence[Mention]], book: Rulebook
) -> tuple[list[Sentence], list[list[Mention]]]:
    """The sentences with the names given in full marked wherever they stand, and the mentions read with them."""
    echoed = echo_names(sentences, mentions, book)
    rows = zip(sentences, echoed, mentions, strict=True)
    return echoed, [m if a == b else find_mentions(b, times[b.index], book) for a, b, m in rows]


def _read_surnames(
    sentences: Sequence[Sentence], mentions: list[list[Mention]], times: Sequence[Sequence[Mention]], book: Rulebook
) -> list[list[Mention]]:
    """The mentions, with the cities that are called like somebody in the article read as surnames."""
    surnames = find_surnames(sentences, mentions, book)
    alike = [surnames_like_cities(s, row, surnames, book) for s, row in zip(sentences, mentions, strict=True)]
    rows = zip(sentences, mentions, alike, strict=True)
    return [find_mentions(s, times[s.index], book, people) if people else row for s, row, people in rows]


def _release(article: Article, layout: Layout, language: Language) -> tuple[date, Span] | None:
    """The day of a ministry's readout, and the line that shows it to be one."""
    if layout.readout is None or article.published is None:
        return None
    return article.published, Span(*layout.readout, f"{language.code}.layout.readout")


def _diagnostics(reading: Reading) -> list[Diagnostic]:
    entities: Entities = reading.entities
    dated = [m for group in reading.mentions for m in group if m.kind == "time" and m.value.clash]
    clashes: list[Diagnostic] = [(CLASH, clash_message(reading.words(m), m.value), reading.span(m)) for m in dated]
    return clashes + [
        ("name-variant", f"{name!r} is read as {entity.name!r}", span)
        for entity in entities.all
        for name, span in entity.misspelled
    ]


def load_pipeline(
    rules: Folder | Sequence[Path | str] | None = None, languages: Sequence[str] | None = None
) -> Pipeline:
    """A pipeline over a rule folder (the shipped rules by default) for some or all of its languages.

    Several folders lie one over the other, the lowest first; one that is not whole lies over the shipped rules.
    Raises RuleError where the folder has no such language; the rules themselves load at the first article of each.
    """
    layers = open_layers(rules)
    found = layers.languages("triggers")
    return Pipeline(layers, tuple(languages) if languages is not None else tuple(found), {})
