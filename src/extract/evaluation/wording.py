"""When two wordings name one thing: names by their parts, topics and actions by the words that they share.

The words to leave out of account (honorifics, stop words, name particles, endings) are data:
`rules/<lang>/evaluation.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import reduce
from typing import Any

from extract.rulebook.layers import Folder, Layers, merge, open_layers
from extract.rulebook.load import read_yaml
from extract.values.normal import normal_form

SAME_NAME = 1.0
PART_OF_NAME = 0.8  # a surname for a full name, or the reverse
NEAR_NAME = 0.7  # the same but for spelling
_SPELLING = 0.85  # how alike two spellings of one name are, as difflib's ratio

_PARENTHESES = re.compile(r"\([^)]*\)")
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Wording:
    """What one language leaves out of account when wordings are compared. All words in normal form."""

    honorifics: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    article: str = ""
    stop_words: frozenset[str] = frozenset()
    possessives: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    shortest_stem: int = 4
    fold: Mapping[int, str] = field(default_factory=dict)

    def words(self, text: str) -> list[str]:
        """The words of a text in normal form."""
        text = normal_form(text, self.fold)
        for possessive in self.possessives:
            text = re.sub(rf"{re.escape(possessive)}\b", "", text)
        return _NO_WORD.sub(" ", text).split()

    def name_parts(self, name: str) -> frozenset[str]:
        """The parts of a name that tell it from others."""
        words = (word for word in self.words(_PARENTHESES.sub(" ", name)) if word not in self.honorifics)
        bare = (self._without_article(word) for word in words)
        return frozenset(word for word in bare if word not in self.particles)

    def stems(self, text: str) -> frozenset[str]:
        """The stems of the words with content; of all words where none has."""
        stems = [self.stem(word) for word in self.words(text)]
        content = frozenset(stem for stem in stems if stem not in self._stop_stems and len(stem) > 1)
        return content or frozenset(stems)

    def stem(self, word: str) -> str:
        """The word without the first prefix and the first ending that leave a stem."""
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= self.shortest_stem:
                word = word[len(prefix) :]
                break
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= self.shortest_stem:
                return word[: -len(ending)]
        return word

    def name_likeness(self, one: str, other: str) -> float:
        """1.0 for one name, less for a part of it or another spelling, 0.0 for another name."""
        left, right = self.name_parts(one), self.name_parts(other)
        if not left or not right:
            return 0.0
        if left == right:
            return SAME_NAME
        if left <= right or right <= left:
            return PART_OF_NAME
        ratio = SequenceMatcher(None, " ".join(sorted(left)), " ".join(sorted(right))).ratio()
        return NEAR_NAME if ratio >= _SPELLING else 0.0

    def text_likeness(self, one: str, other: str, threshold: float) -> float:
        """The F1 of the stems that two wordings share; 0.0 below the threshold."""
        left, right = self.stems(one), self.stems(other)
        shared = len(left & right)
        likeness = 2 * shared / (len(left) + len(right)) if shared else 0.0
        return likeness if likeness >= threshold else 0.0

    def place(self, place: tuple[str | None, str | None]) -> tuple[str, str]:
        """City and country as they are compared."""
        city, country = place
        return " ".join(self.words(city or "")), (country or "").upper()

    def __post_init__(self) -> None:
        stop_stems = frozenset(self.stem(word) for word in self.stop_words)
        object.__setattr__(self, "_stop_stems", stop_stems)

    _stop_stems: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())

    def _without_article(self, word: str) -> str:
        bare = word.removeprefix(self.article)
        return bare if len(bare) >= 3 else word


def load_wordings(rules: Folder) -> dict[str, Wording]:
    """The wording of every language that has an `evaluation.yaml`, by language."""
    layers = open_layers(rules)
    return {code: _wording(_settings(layers, code)) for code in layers.languages("evaluation")}


def _settings(layers: Layers, language: str) -> dict[str, Any]:
    return reduce(merge, (read_yaml(file.path)["settings"] for file in layers.files(language, "evaluation.yaml")))


def _wording(data: Mapping[str, Any]) -> Wording:
    fold = {ord(letter): other for letter, other in (data.get("fold") or {}).items()}

    def normal(key: str) -> tuple[str, ...]:
        return tuple(normal_form(str(word), fold) for word in data.get(key) or ())

    return Wording(
        honorifics=frozenset(normal("honorifics")),
        particles=frozenset(normal("name_particles")),
        article=normal_form(data.get("article") or "", fold),
        stop_words=frozenset(normal("stop_words")),
        possessives=normal("possessives"),
        prefixes=normal("prefixes"),
        endings=normal("endings"),
        shortest_stem=int(data.get("shortest_stem", 4)),
        fold=fold,
    )
