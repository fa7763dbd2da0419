"""Small builders: sentences with their mentions from marked-up text, rule books from a few lines of YAML, templates.

The mark-up is `[slot:kind.feature=value words]`; all but the kind and the words may be left out, and marks may stand
inside one another, the inner one then being a part of the outer: "[a:person=ES Ana Ruiz] [trigger=meeting met] them".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from extract.annotations import Mention, Sentence, Span, Token
from extract.entities import Entities, Entity, Role
from extract.errors import Problem
from extract.meetings.reading import Reading
from extract.meetings.template import Filler, Place, Template, When
from extract.pipeline import Pipeline, load_pipeline
from extract.rulebook.book import Rulebook, compile_rules, read_rules
from extract.rulebook.lexicon import Name
from extract.values.timex import Timex, covered_days

_TOKEN = re.compile(r"\w+(?:[-.]\w+)*|[^\w\s]")
_MARK = re.compile(
    r"\[(?:(?P<slot>[a-z_]+):)?(?P<kind>[a-z_]+)(?P<features>(?:\.[a-z_]+)*)(?:=(?P<value>[^ \]]+))? |\]|[^\[\]]+"
)
ENTITY_KINDS = ("person", "office", "organization", "country")


@cache
def shipped() -> Pipeline:
    """The pipeline over the shipped rules, loaded once for all tests."""
    return load_pipeline()


# ---- sentences and mentions ----


def build_tokens(text: str, start: int = 0) -> tuple[Token, ...]:
    """Words and marks of a text; `start` is the offset of its first letter."""
    return tuple(
        Token(m.group(), m.group().lower(), _shape(m.group()), start + m.start(), start + m.end())
        for m in _TOKEN.finditer(text)
    )


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "n"
    if not word[0].isalpha():
        return "p"
    if word[0].isupper():
        return "u" if len(word) > 1 and word.isupper() else "c"
    return "l" if word[0].islower() else "x"


def build_sentence(text: str, index: int = 0, zone: str = "body", start: int = 0) -> Sentence:
    """One sentence of plain text."""
    return Sentence(index, build_tokens(text, start), zone)


def split_words(text: str) -> tuple[str, ...]:
    """The normal forms of the words of a rule."""
    return tuple(token.norm for token in build_tokens(text))


@dataclass
class _Open:
    """A mark that is not closed yet."""

    kind: str
    slot: str | None
    features: tuple[str, ...]
    value: str | None
    start: int
    parts: dict[str, tuple[Mention, ...]] = field(default_factory=dict)


def build_marked(
    text: str, index: int = 0, zone: str = "body", start: int = 0
) -> tuple[Sentence, list[Mention], list[str | None]]:
    """A sentence with its mentions, inner ones before outer ones, and the slot of each."""
    plain, opened, found = "", [], []  # type: ignore[var-annotated]
    for match in _MARK.finditer(text):
        piece = match.group()
        if piece == "]":
            mark = opened.pop()
            mention = _close(mark, index, len(build_tokens(plain)))
            found.append((mention, mark.slot))
            if opened:
                outer = opened[-1].parts
                outer[mark.slot or mark.kind] = (*outer.get(mark.slot or mark.kind, ()), mention)
        elif match["kind"]:
            features = tuple(match["features"].split(".")[1:])
            opened.append(_Open(match["kind"], match["slot"], features, match["value"], len(build_tokens(plain))))
        else:
            plain += piece
    return build_sentence(plain, index, zone, start), [m for m, _ in found], [slot for _, slot in found]


def _close(mark: _Open, sentence: int, end: int) -> Mention:
    spans = {slot: (parts[0].start, parts[-1].end) for slot, parts in mark.parts.items()}
    rule = f"xx.test.{mark.kind}"
    value = _value(mark.kind, mark.value)
    return Mention(mark.kind, sentence, mark.start, end, rule, _features(mark), value, mark.parts, spans)


def _features(mark: _Open) -> tuple[str, ...]:
    return (*mark.features, "date") if mark.kind == "time" else mark.features


def _value(kind: str, value: str | None) -> Any:
    if kind == "time":
        return build_timex(value or "XXXX")
    if kind == "status":
        return {"status": value}
    if kind == "mode":
        return {"mode": value}
    if kind == "trigger":
        return {"kind": value or ""}
    if kind == "city":
        name, _, country = (value or "").partition("/")
        return {"name": name, "country": country or None}
    if kind in ("topic", "action"):
        return value
    return {"country": value}


def build_timex(value: str) -> Timex:
    """A date value with the days that it covers."""
    start, end = covered_days(value)
    return Timex("DATE", value, start=start, end=end)


# ---- rule books ----

SHARED = {"offices": "demote: {minister: deputy_minister}\n", "codes": "meeting: {cameo: '040', plover: CONSULT}\n"}


def write_rules(folder: Path, **files: str) -> Path:
    """A rule folder with the given files; `about` is added where it is missing."""
    (folder / "xx").mkdir(parents=True, exist_ok=True)
    (folder / "shared").mkdir(exist_ok=True)
    for name, text in SHARED.items():
        (folder / "shared" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in files.items():
        text = text if text.startswith("about:") else f"about: A test.\n{text}"
        (folder / "xx" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def build_book(
    folder: Path,
    names: Iterable[Name] = (),
    problems: list[Problem] | None = None,
    files: Mapping[str, str] | None = None,
    **more: str,
) -> Rulebook:
    """A compiled rule book over files of a few lines each, written under `folder`."""
    sources = read_rules(write_rules(folder / "rules", **(files or {}), **more), "xx")
    return compile_rules(sources, split_words, tuple(names), problems)


# ---- entities and templates ----


def build_entity(name: str, country: str | None = None, kind: str = "person", number: int = 0, **more: Any) -> Entity:
    """Somebody known by name; a body or a country where `kind` says so."""
    span = Span(number * 100, number * 100 + len(name), f"xx.test.{kind}")
    words = split_words(name) if kind in ("person", "organization") else ()
    return Entity(number, kind, name, words, span, (0, number, number + 1), country, **more)


def build_role(title: str, position: str | None = None, organization: str | None = None) -> Role:
    """An office."""
    return Role(title, position, organization, None, Span(0, len(title), "xx.test.office"), title.split()[-1])


def build_template(
    kind: str,
    *people: Entity,
    sentence: int = 0,
    day: str | None = None,
    city: str | None = None,
    attendees: Sequence[Entity] = (),
    **more: Any,
) -> Template:
    """A meeting as one sentence tells it."""
    span = Span(sentence * 100, sentence * 100 + 5, "xx.test.trigger")
    template = Template(kind, sentence, span, **more)
    template.sentences.add(sentence)
    for person in people:
        template.add(Filler(person, span))
    for person in attendees:
        template.add(Filler(person, span, "attendee"))
    if day:
        template.when = When(build_timex(day), span, day)
    if city:
        template.place = Place(city, span, city=city)
    return template


# ---- a whole article ----


def build_reading(
    book: Rulebook,
    *marked: str,
    title: str | None = None,
    here: Mapping[str, str | None] | None = None,
    released: tuple[date, str] | None = None,
) -> Reading:
    """An article of marked-up sentences. Marks of kind trigger, topic and action are read as such, status, mode,
    location, said_time and said_here as cues, all others as mentions; marks with a slot are arguments of the trigger.
    """
    texts = [*([(title, "title")] if title else []), *((text, "body") for text in marked)]
    sentences: list[Sentence] = []
    rows: dict[str, list[list[Mention]]] = {kind: [] for kind in ("mentions", "triggers", "cues", "topics", "actions")}
    plain = ""
    for number, (text, zone) in enumerate(texts):
        sentence, found, slots = build_marked(text, number, zone, len(plain))
        sentences.append(sentence)
        plain += re.sub(r"\[[^ ]+ |\]", "", text) + "\n"
        sorted_out: dict[str, list[Mention]] = {kind: [] for kind in rows}
        arguments: dict[str, tuple[Mention, ...]] = {}
        for mention, slot in zip(found, slots, strict=True):
            sorted_out[_ROWS.get(mention.kind, "mentions")].append(mention)
            if slot and _ROWS.get(mention.kind) is None:
                arguments[slot] = (*arguments.get(slot, ()), mention)
        sorted_out["triggers"] = [_with_parts(trigger, arguments) for trigger in sorted_out["triggers"]]
        for kind, row in sorted_out.items():
            rows[kind].append(sorted(row, key=lambda m: (m.start, m.end)))
    entities = _link(sentences, rows["mentions"], plain)
    mark = (released[0], Span(0, len(released[1]), "xx.layout.readout")) if released else None
    mentions, triggers, cues, topics, actions = rows.values()
    return Reading(
        plain, sentences, mentions, triggers, cues, topics, actions, entities, book, here=here, released=mark
    )


_ROWS = {
    "trigger": "triggers", "topic": "topics", "action": "actions",
    **dict.fromkeys(("status", "mode", "location", "said_time", "said_here"), "cues"),
}  # fmt: skip


def _with_parts(trigger: Mention, arguments: Mapping[str, tuple[Mention, ...]]) -> Mention:
    spans = {slot: (parts[0].start, parts[-1].end) for slot, parts in arguments.items()}
    more = {feature: feature for feature in trigger.features}
    value = {**trigger.value, **({"refers": "same"} if "same" in more else {})}
    return Mention("trigger", trigger.sentence, trigger.start, trigger.end, trigger.rule, (), value, arguments, spans)


def _link(sentences: Sequence[Sentence], rows: Sequence[Sequence[Mention]], text: str) -> Entities:
    """Equal words, or a name and its last word, are one entity."""
    found: dict[str, Entity] = {}
    of: dict[tuple[int, int, int], Entity] = {}
    for sentence, row in zip(sentences, rows, strict=True):
        for mention in row:
            if mention.kind not in ENTITY_KINDS:
                continue
            first, last = sentence.tokens[mention.start], sentence.tokens[mention.end - 1]
            name = text[first.start : last.end]
            key = next((known for known in found if known.split()[-1] == name), name)
            if key not in found:
                span = Span(first.start, last.end, mention.rule)
                place = (sentence.index, mention.start, mention.end)
                words = split_words(name) if mention.kind != "country" else ()
                found[key] = Entity(len(found), mention.kind, name, words, span, place, mention.value["country"])
            of[sentence.index, mention.start, mention.end] = found[key]
    return Entities(tuple(found.values()), of)
