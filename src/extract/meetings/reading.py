"""One article as the stages before delivered it: what the meeting stages read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extract.annotations import Mention, Sentence, Span
from extract.entities import Entities
from extract.rulebook.book import Rulebook


@dataclass(frozen=True)
class Reading:
    """Sentences with their mentions, triggers, cues, topics and actions, and the entities of the article."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Sequence[Mention]]
    triggers: Sequence[Sequence[Mention]]
    cues: Sequence[Sequence[Mention]]
    topics: Sequence[Sequence[Mention]]
    actions: Sequence[Sequence[Mention]]
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
