"""The pipeline inside another program: many articles at once, workers, errors in their place, and spaCy."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date

import pytest
import spacy

import extract.component  # noqa: F401 - registers the component
from builders import shipped
from extract.article import Article
from extract.workers import map_forked

TEXT = "Spanish Foreign Minister Ana Ruiz met her Norwegian counterpart Bo Lind in Oslo on Monday."


def many(number: int) -> list[Article]:
    return [
        Article(str(at), TEXT.replace("Monday", f"{at + 1} May"), published=date(2025, 6, 1)) for at in range(number)
    ]


def test_workers_change_nothing_but_the_time() -> None:
    pipeline = shipped()
    assert list(pipeline.pipe(many(20), workers=2)) == list(pipeline.pipe(many(20)))


def test_articles_are_taken_as_they_are_needed() -> None:
    taken = 0

    def articles() -> Iterator[Article]:
        nonlocal taken
        for article in many(31) * 40:
            taken += 1
            yield article

    records = shipped().pipe(articles(), workers=2)
    assert next(records).article.id == "0"
    assert taken < 1_000
    records.close()  # type: ignore[attr-defined]


def fail_on_three(item: int) -> int:
    if item == 3:
        raise KeyError("three")
    if item == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * item


def test_an_error_comes_at_its_place() -> None:
    results = map_forked(fail_on_three, range(10), 2, lambda item: 1)
    assert [next(results) for _ in range(3)] == [0, 1, 4]
    with pytest.raises(KeyError, match="three") as error:
        next(results)
    assert any("fail_on_three" in note for note in error.value.__notes__)


def test_an_item_that_kills_is_named() -> None:
    with pytest.raises(RuntimeError, match="a worker died twice"):
        list(map_forked(fail_on_three, [6, 7, 8], 2, lambda item: 1))


def test_a_component_of_spacy() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("meetings")
    doc = nlp.make_doc(TEXT)
    doc._.published = date(2025, 5, 13)
    (meeting,) = nlp(doc)._.meetings
    assert meeting.date.timex == "2025-05-12"
    evidence = meeting.participants[0].evidence
    assert str(doc.char_span(evidence.start, evidence.end)) == "Ana Ruiz"
    assert nlp("Nothing happened.")._.meetings == ()
    assert nlp.make_doc("Not read yet.")._.meetings == ()
