"""Raw spaCy token patterns, for what the pattern language cannot say: expressions over words, lengths, misspellings.

They run on the same view as the patterns: a mention is one token, whose ENT_TYPE is its kind and whose `_` holds its
features; NORM is the normal form. Matches look like those of a regular expression over the view's text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from extract.rulebook.compile import Compiled
from extract.rulebook.need import Need, Run
from extract.rulebook.pattern import SUPERKINDS, PatternError

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    from extract.rulebook.view import View

Element = Mapping[str, Any]
Split = Callable[[str], tuple[str, ...]]
SLOT, KIND, EXTRA = "slot", "ENT_TYPE", "_"
# What a word must be for a rule to be entered; the others are asked only where those occur.
_WORDS = ("NORM", "LOWER", "ORTH", "TEXT")
# Attributes that a statistical model would have to set; none runs here.
_MODEL = frozenset({"TAG", "POS", "DEP", "LEMMA", "MORPH", "ENT_ID", "ENT_KB_ID", "ENT_IOB", "SPACY"})
_SOMEWHERE = Run(0, 1_000_000, None)  # spaCy's matcher looks for itself where a match begins
_OPTIONAL = re.compile(r"[?*!]|\{0?,\d*\}|\{0\}")
_ENDLESS = re.compile(r"[+*]|\{\d*,\}")
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = "token-pattern"
_FAULT = re.compile(r"- \[pattern -> 0 -> (?P<path>[^\]]+)\] (?P<says>.+)")


@dataclass(frozen=True)
class Raw(Compiled):
    """A token pattern ready to run; `source` is its JSON."""

    @cached_property
    def elements(self) -> list[Element]:
        """The elements as written."""
        return json.loads(self.source)  # type: ignore[no-any-return]

    @cached_property
    def matcher(self) -> Matcher:
        """spaCy's matcher for the whole pattern; of overlapping matches the longest."""
        return build_matcher(self.elements, greedy="LONGEST")

    def find(self, view: View) -> Iterator[Found]:
        """Matches that do not overlap, in order."""
        doc = write_doc(view)
        matches: list[Any] = self.matcher(doc, with_alignments=True)
        for _, start, end, elements in sorted(matches, key=lambda each: each[1:3]):
            yield self._found(view, start, end, elements)

    def _found(self, view: View, start: int, end: int, elements: Sequence[int]) -> Found:
        ends = (*view.offsets, len(view.text))
        spans: dict[str | int, tuple[int, int]] = {"": (ends[start], ends[end])}
        for group in self.slots:
            number = int(group.rpartition("__")[2])
            cells = [start + i for i, element in enumerate(elements[: end - start]) if element == number]
            if cells:
                spans[group] = (ends[cells[0]], ends[cells[-1] + 1])
        return Found(spans)


@dataclass(frozen=True, slots=True)
class Found:
    """A match, asked for its groups as one of a regular expression is; offsets in the text of the view."""

    spans: Mapping[str | int, tuple[int, int]] = field(repr=False)

    def start(self, group: str | int = "") -> int:
        """Where a group begins; -1 where it has no part in the match."""
        return self.spans.get(group, (-1, -1))[0]

    def span(self, group: str | int = "") -> tuple[int, int]:
        """Where a group begins and ends."""
        return self.spans.get(group, (-1, -1))

    def end(self, group: str | int = "") -> int:
        """Where a group ends."""
        return self.spans.get(group, (-1, -1))[1]


def write_source(elements: Sequence[Element]) -> str:
    """A token pattern as text."""
    return json.dumps(list(elements), ensure_ascii=False)


def is_raw(source: str) -> bool:
    """Whether the source of a compiled pattern is that of a token pattern."""
    return source.startswith("[")


def compile_raw(elements: Sequence[Element], split: Split, place: int = 0) -> Raw:
    """Compile a token pattern; raises PatternError, whose column is the number of the element, for what is wrong."""
    if not elements:
        raise PatternError("the token pattern has no element", 1, _CODE, "describe one token at least")
    for number, element in enumerate(elements, 1):
        _check(element, number)
        _check_words(element, number, split)
    if all(is_optional(element) for element in elements):
        raise PatternError("the pattern may match no word at all", 1, "empty-match", "make one part of it required")
    slots = {f"{each[SLOT]}__{number}": str(each[SLOT]) for number, each in enumerate(elements) if SLOT in each}
    needs = sorted((words for each in elements if (words := _required(each, split))), key=_rarity)
    return Raw(write_source(elements), slots, tuple(Need(words, _SOMEWHERE) for words in needs), place)


def is_optional(element: Element) -> bool:
    """Whether a match may lack the element."""
    return bool(_OPTIONAL.fullmatch(str(element.get("OP", ""))))


def spell_element(element: Element) -> str:
    """An element as a rule author writes it."""
    return "{" + ", ".join(f"{key}: {_spell(value)}" for key, value in element.items()) + "}"


def _spell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _check(element: Element, number: int) -> None:
    tests = [key for key in element if key not in ("OP", SLOT)]
    if not tests and _ENDLESS.fullmatch(str(element.get("OP", ""))):
        raise PatternError("a gap without an end", number, "blow-up", "write OP: '{0,3}', say")
    for key in _MODEL & element.keys():
        cure = "use NORM, LOWER, TEXT, SHAPE, LENGTH, IS_…, LIKE_… or ENT_TYPE"
        raise PatternError(f"{key} needs a statistical model, and none runs here", number, _CODE, cure)
    if not _SLOT_NAME.fullmatch(str(element.get(SLOT, "a"))):
        raise PatternError(f"{element[SLOT]!r} is no name of a slot", number, _CODE, "write small letters")
    extra = element.get(EXTRA, {})
    if not isinstance(extra, dict) or extra.keys() - {"features"}:
        cure = "write _: {features: {IS_SUPERSET: [named]}}"
        raise PatternError("a mention has features and nothing else under _", number, _CODE, cure)
    try:
        build_matcher([element])
    except ValueError as error:
        fault = _FAULT.search(str(error))
        told = f"{fault['path'].replace(' -> ', '.')}: {fault['says']}" if fault else str(error).splitlines()[0]
        raise PatternError(told, number, _CODE, "see the list of attributes in docs/rules.md") from error
    except re.error as error:
        raise PatternError(f"wrong regular expression: {error}", number, _CODE, "mend the expression") from error


def _check_words(element: Element, number: int, split: Split) -> None:
    """Words that no token can be: of several tokens, or not in the form that is compared."""
    for key in _WORDS:
        for word in _alternatives(element.get(key, {})):
            norms = split(word)
            cure = "write one element a token" if len(norms) != 1 else f"write {norms[0]}"
            if len(norms) != 1 or (key == "NORM" and norms[0] != word) or (key == "LOWER" and word != word.lower()):
                told = "is more than one token" if len(norms) != 1 else "is never found"
                raise PatternError(f"{key}: {word} {told}", number, _CODE, cure)


def build_matcher(elements: Sequence[Element], greedy: str | None = None) -> Matcher:
    """spaCy's matcher for one pattern, which it validates."""
    from spacy.matcher import Matcher

    matcher = Matcher(_vocabulary(), validate=True)
    matcher.add("", [[_plain(element) for element in elements]], greedy=greedy)
    return matcher


def _plain(element: Element) -> dict[str, Any]:
    """An element as spaCy knows it: a group of kinds becomes a list of them, a word is no mention."""
    plain = {key: value for key, value in element.items() if key != SLOT}
    if KIND not in plain and any(_alternatives(plain.get(key, {})) for key in _WORDS):
        plain[KIND] = ""
    if plain.get(KIND) in SUPERKINDS:
        plain[KIND] = {"IN": list(SUPERKINDS[plain[KIND]])}
    return plain


@cache
def _vocabulary() -> Vocab:
    from spacy.lang.lex_attrs import LEX_ATTRS
    from spacy.tokens import Token
    from spacy.vocab import Vocab

    Token.set_extension("features", default=(), force=True)
    return Vocab(lex_attr_getters=LEX_ATTRS)


def write_doc(view: View) -> Doc:
    """The cells of a view as spaCy's tokens."""
    from spacy.tokens import Doc

    tokens = view.sentence.tokens
    doc = Doc(_vocabulary(), words=[" ".join(t.text for t in tokens[c.start : c.end]) for c in view.cells])
    for token, cell in zip(doc, view.cells, strict=True):
        token.norm_ = " ".join(t.norm for t in tokens[cell.start : cell.end])
        if cell.mention is not None:
            token.ent_type_ = cell.mention.kind
            token._.features = cell.mention.features
    return doc


def failing_tests(element: Element, token: Span) -> list[str]:
    """The tests of an element that a token does not pass."""
    tests = {key: value for key, value in element.items() if key not in ("OP", SLOT)}
    return [key for key, value in tests.items() if not build_matcher([{key: value}])(token)]


def _required(element: Element, split: Split) -> frozenset[str]:
    """Normal forms and kinds of mention one of which every match of the element has; nothing where any word will do."""
    if is_optional(element):
        return frozenset()
    if KIND in element:
        kinds = _alternatives(element[KIND])
        return frozenset("@" + each for kind in kinds for each in SUPERKINDS.get(kind, (kind,)))
    words = next((_alternatives(element[key]) for key in _WORDS if key in element), ())
    return frozenset(norm for word in words for norm in split(word)[:1])


def _alternatives(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    listed = value.get("IN", ()) if isinstance(value, dict) and len(value) == 1 else ()
    return tuple(map(str, listed))


def kinds_of(element: Element) -> tuple[str, ...]:
    """The kinds of mention that an element names."""
    return _listed(element.get(KIND))


def features_of(element: Element) -> tuple[str, ...]:
    """The features that an element names."""
    extra = element.get(EXTRA)
    return _listed(extra.get("features")) if isinstance(extra, dict) else ()


def _listed(value: Any) -> tuple[str, ...]:
    """All texts in a value, whatever test they belong to."""
    if isinstance(value, dict):
        return tuple(each for key, below in value.items() if key != "REGEX" for each in _listed(below))
    return tuple(map(str, value)) if isinstance(value, list) else (value,) if isinstance(value, str) else ()


def literals(elements: Sequence[Element]) -> Iterator[str]:
    """The words that a token pattern names."""
    for element in elements:
        for key in _WORDS:
            yield from _alternatives(element.get(key, {}))


def _rarity(required: frozenset[str]) -> tuple[bool, int, list[str]]:
    return any(word.startswith("@") for word in required), len(required), sorted(required)
