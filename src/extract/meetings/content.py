"""What each meeting was about and what came of it: gives topics and actions to the meeting they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotations import Mention
from extract.entities import Entity
from extract.meetings.reading import Reading
from extract.meetings.template import Phrase, Template


def fill_content(templates: Sequence[Template], reading: Reading) -> None:
    """Attach the topics and actions of every sentence, body first."""
    order = sorted(range(len(reading.sentences)), key=lambda i: (reading.sentences[i].zone == "title", i))
    for number in order:
        for mention in [*reading.topics[number], *reading.actions[number]]:
            template = _owner(mention, templates, reading)
            if template is not None:
                _attach(mention, template, reading)


def _owner(mention: Mention, templates: Sequence[Template], reading: Reading) -> Template | None:
    """The meeting of the same sentence, the nearest trigger before; else the one last spoken of whose people speak here."""
    number = mention.sentence
    here = [t for t in templates if number in t.sentences]
    if reading.sentences[number].zone == "title":
        here = here or list(templates[:1])
    if here:
        offset = reading.span(mention).start
        before = [t for t in here if t.trigger.start <= offset]
        return max(before or here, key=lambda t: (t.kind != "visit", t.trigger.start))
    speakers = _speakers(number, reading)
    earlier = [t for t in templates if min(t.sentences) < number]
    own = [t for t in earlier if any(t.has(e) for e in speakers)]
    if speakers and not own:
        return None
    return max(own or earlier, key=lambda t: (t.kind != "visit", max(s for s in t.sentences if s < number)), default=None)


def _speakers(sentence: int, reading: Reading) -> list[Entity]:
    row = [m for m in reading.mentions[sentence] if m.kind in ("person", "office")]
    found = [reading.entities.entity(m) for m in row[:1]]
    return [e for e in found if e is not None and e.kind == "person"]


def _attach(mention: Mention, template: Template, reading: Reading) -> None:
    span = reading.span(mention)
    phrase = Phrase(reading.words(mention), span, mention.value, _parties(mention, template, reading))
    if mention.kind == "topic":
        target = template.topics
    else:
        target = template.agreed if mention.has("agreed") else template.proposed
    key = _key(phrase.text)
    for place, known in enumerate(target):
        other = _key(known.text)
        if key <= other:
            return
        if other < key:
            target[place] = phrase
            return
    target.append(phrase)


def _key(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def _parties(mention: Mention, template: Template, reading: Reading) -> tuple[str, ...]:
    """Who is party to an action: all sides to what was agreed, the speaker's country to what was proposed."""
    if mention.kind != "action":
        return ()
    if mention.has("agreed"):
        return tuple(dict.fromkeys(e.country for e in template.principals() if e.country))
    speakers = _speakers(mention.sentence, reading)
    return tuple(dict.fromkeys(e.country for e in speakers if e.country))
