"""One article as the stages before delivered it: what the meeting stages read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from extract.annotations import Mention, Sentence, Span
from extract.entities import Entities
from extract.rulebook.book import Rulebook

Row = Sequence[Mention]


class Rows(Sequence[Row]):
    """The mentions of one stage by sentence; those of a sentence are looked for when first asked for."""

    def __init__(self, find: Callable[[int], Row], count: int) -> None:
        self._find = find
        self._rows: list[Row | None] = [None] * count

    @overload
    def __getitem__(self, sentence: int) -> Row: ...

    @overload
    def __getitem__(self, sentence: slice) -> Sequence[Row]: ...

    def __getitem__(self, sentence: int | slice) -> Row | Sequence[Row]:
        if isinstance(sentence, slice):
            return [self[number] for number in range(*sentence.indices(len(self)))]
        row = self._rows[sentence]
        if row is None:
            self._rows[sentence] = row = self._find(sentence)
        return row

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class Reading:
    """Sentences with their mentions, triggers, cues, topics and actions, and the entities of the article."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Row]
    triggers: Sequence[Row]
    cues: Sequence[Row]
    topics: Sequence[Row]
    actions: Sequence[Row]
    entities: Entities
    book: Rulebook
    here: Mapping[str, str | None] | None = None
    anchor: date | None = None
    released: tuple[date, Span] | None = None

    def span(self, mention: Mention, rule: str | None = None) -> Span:
        """The code points of a mention."""
        tokens = self.sentences[mention.sentence].tokens
        return Span(tokens[mention.start].start, tokens[mention.end - 1].end, rule or mention.rule)

    def words(self, mention: Mention) -> str:
        """The words of a mention, on one line."""
        span = self.span(mention)
        return " ".join(self.text[span.start : span.end].split())

    def of_kind(self, sentence: int, *kinds: str) -> list[Mention]:
        """Mentions of some kinds in a sentence."""
        return [m for m in self.mentions[sentence] if m.kind in kinds]

    def has_word(self, words: str, sentence: int, start: int = 0, end: int | None = None) -> bool:
        """Whether a word of a class stands among tokens [start, end) of a sentence; below 0 stands for its first."""
        tokens = self.sentences[sentence].tokens[max(start, 0) : end if end is None else max(end, 0)]
        return not self.book.word_set(words).isdisjoint(token.norm for token in tokens)
