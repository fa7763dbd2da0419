"""The pipeline as a component of a spaCy pipeline of one's own: `nlp.add_pipe("meetings")` after importing this module.

It reads `doc.text` and, as the day of publication, `doc._.published`; it sets `doc._.meetings` and `doc._.record`.
Evidence counts in characters of the text: `doc.char_span(evidence.start, evidence.end)` are its tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extract.article import Article
from extract.pipeline import load_pipeline
from extract.schema import Meeting, Record

NAME = "meetings"


@Language.factory(NAME, default_config={"rules": None, "languages": None}, assigns=["doc._.meetings", "doc._.record"])
def build_component(
    nlp: Language,
    name: str,  # noqa: ARG001 - what spaCy calls it in the pipeline
    rules: str | None,
    languages: Sequence[str] | None,
) -> Callable[[Doc], Doc]:
    """The component; `rules` and `languages` as `load_pipeline` takes them. The language is that of `nlp`, if any."""
    pipeline = load_pipeline(rules, languages)
    own = nlp.lang if nlp.lang in pipeline.languages else None

    def read(doc: Doc) -> Doc:
        doc._.record = pipeline(Article("doc", doc.text, language=own, published=doc._.published))
        return doc

    return read


def _get_meetings(doc: Doc) -> tuple[Meeting, ...]:
    record: Record | None = doc._.record
    return tuple(record.meetings) if record else ()


def _define(published: date | None = None, record: Record | None = None) -> None:
    Doc.set_extension("published", default=published, force=True)
    Doc.set_extension("record", default=record, force=True)
    Doc.set_extension("meetings", getter=_get_meetings, force=True)


_define()
