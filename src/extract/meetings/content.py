"""What each meeting was about and what came of it: gives topics and actions to the meeting they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from extract.annotations import Mention
from extract.entities import Entity
from extract.meetings.prominence import is_recalled
from extract.meetings.reading import Reading
from extract.meetings.template import Phrase, Template


def fill_content(templates: Sequence[Template], reading: Reading) -> None:
    """Attach the topics and actions of every sentence, body first; spare topics where there are no others."""
    order = sorted(range(len(reading.sentences)), key=lambda i: (reading.sentences[i].zone == "title", i))
    spare: list[tuple[Mention, Template]] = []
    discussed: set[int] = set()
    for number in order if templates else ():
        for mention in [*reading.topics[number], *reading.actions[number]]:
            template = _owner(mention, templates, reading)
            if template is not None and (mention.has("spare") or mention.has("polite")):
                spare.append((mention, template))
            elif template is not None and not _of_deed(mention, reading):
                _attach(mention, template, reading)
                discussed |= {id(template)} if mention.has("talk") else set()
    for mention, template in [(m, t) for m, t in spare if m.has("polite") and id(t) not in discussed]:
        _attach(mention, template, reading)
    for mention, template in [(m, t) for m, t in spare if m.has("spare") and not t.topics and t.kind not in _WIDE]:
        _attach(mention, template, reading)


def _of_deed(mention: Mention, reading: Reading) -> bool:
    """Whether a topic stands in what the sides agreed to do, where the language tells the two apart."""
    if mention.kind != "topic" or not reading.book.settings("topics").get("apart_from_deeds"):
        return False
    agreed = (action for action in reading.actions[mention.sentence] if action.has("agreed"))
    return any(a.start < mention.start and mention.end <= a.end for a in agreed)


def _owner(mention: Mention, templates: Sequence[Template], reading: Reading) -> Template | None:
    """The meeting of the same sentence; else the one that the speakers of the sentence take part in."""
    number = mention.sentence
    here = [t for t in templates if number in t.sentences]
    if reading.sentences[number].zone == "title" and mention.kind == "topic":
        here = here or list(templates[:1])
    if mention.has("signing") or mention.value == "sign":
        here = [t for t in templates if t.kind == "signing" and (t in here or not here)] or here
    if here:
        near = _nearest(reading.span(mention).start, here)
        return _if_acting(mention, near, reading) if mention.has("said") else near
    if _tells_of_another_time(number, reading):
        return None
    return _if_acting(mention, _spoken_of(mention, templates, reading), reading)


def _if_acting(mention: Mention, owner: Template | None, reading: Reading) -> Template | None:
    """The meeting, unless a deed or what somebody stated is of others."""
    free = mention.kind == "topic" and not mention.has("said")
    return owner if owner is None or free or _acts(mention, owner, reading) else None


def _acts(mention: Mention, template: Template, reading: Reading) -> bool:
    """Whether those who act in a sentence are of the meeting: the first before a deed, any before a matter, or all."""
    before = [m for m in _actors(mention.sentence, reading) if m.start < mention.start]
    acting = [m for m in before if m is before[0] or mention.kind == "topic"]
    return not acting or any(_takes_part(m, template, reading) for m in acting)


def _takes_part(actor: Mention, template: Template, reading: Reading) -> bool:
    if actor.kind in ("pronoun", "group"):
        return True
    entity = reading.entities.entity(actor)
    if entity is None or template.has(entity):
        return True
    countries = {e.country for e in template.principals()}
    return entity.kind == "country" and (None in countries or entity.country in countries)


def _nearest(offset: int, here: Sequence[Template]) -> Template:
    """The meeting whose trigger stands nearest before, a visit only where there is no other."""
    before = [t for t in here if t.trigger.start <= offset]
    return max(before or here, key=lambda t: (t.kind != "visit", t.trigger.start))


def _spoken_of(mention: Mention, templates: Sequence[Template], reading: Reading) -> Template | None:
    """The meeting that a sentence without a trigger goes on about.

    Of the meetings whose people the sentence names the one with most of them, else, where it names nobody before it
    says what was talked about, any: the last one told before (of two in one sentence the new one), or where none was
    told yet the first to come; a visit only where there is no other, a conference where nobody acts by name; one that
    the article only recalls, or that is over where the sentence looks ahead, only where there is no other.
    """
    number = mention.sentence
    people, others = _named(number, reading)
    subject = _subject(number, reading)
    if subject is not None and subject.kind == "group":
        people, others = [], []
    speaker = [e for e in people if subject is not None and e is reading.entities.entity(subject)]
    nobody_acts = subject is None or subject.start >= mention.start or not _is_somebody(subject, reading)
    paragraph = reading.sentences[number].paragraph

    def rank(template: Template) -> tuple[int, bool, bool, bool, int, int]:
        told = [s for s in template.sentences if s < number]
        distance = number - max(told) if told else min(template.sentences) - number
        spoken = sum(template.has(e) for e in people)
        wide = template.kind == "visit" or (template.kind in _WIDE and subject is not None)
        goes_on = bool(told) and nobody_acts and (distance == 1 or paragraph == reading.sentences[max(told)].paragraph)
        past = not goes_on and template is not templates[0] and is_recalled(template, reading.anchor)
        past = past or (mention.has("to_come") and template.status == "held")
        return spoken, not wide, not past, bool(told), -distance, template.trigger.start

    fitting = [t for t in templates if any(t.has(e) for e in speaker)]
    fitting = fitting or [t for t in templates if any(t.has(e) for e in people)]
    unnamed = mention.has("talk") and (subject is None or subject.start >= mention.start)
    if not fitting and people and (unnamed or any(m.kind == "group" for m in reading.mentions[number])):
        people = []  # somebody tells what both sides did
    told = mention.has("talk") or _hearsay(number, reading)
    if not fitting and people:
        fitting = list(templates) if told and len(templates) == 1 else []
    elif not fitting and others and not any(t.has(e) for t in templates for e in others):
        return None
    return max(fitting or ([] if people else templates), key=rank, default=None)


def _is_somebody(subject: Mention, reading: Reading) -> bool:
    """Whether a subject is one side or somebody else: no group of both, and no word that is only like a name."""
    return subject.kind == "pronoun" or (subject.kind != "group" and reading.entities.entity(subject) is not None)


_WIDE = ("visit", "conference")  # kinds that other meetings take place within


def _subject(number: int, reading: Reading) -> Mention | None:
    """The first of those whom a sentence names as acting."""
    row = _actors(number, reading)
    return row[0] if row else None


def _actors(number: int, reading: Reading) -> list[Mention]:
    return list(reading.of_kind(number, "person", "office", "pronoun", "group", "country", "organization"))


def _hearsay(number: int, reading: Reading) -> bool:
    """Whether the sentence reports what somebody without part in the meeting says of it."""
    return any(cue.kind == "said_time" for cue in reading.cues[number])


def _named(number: int, reading: Reading) -> tuple[list[Entity], list[Entity]]:
    """The people of a sentence, and the country or body that it opens with."""
    row = reading.of_kind(number, "person", "office", "country", "organization", "pronoun", "group")
    known = [(m, e) for m in row if (e := reading.entities.entity(m)) is not None]
    people = {id(e): e for _, e in known if e.kind == "person"}
    opening = [e for m, e in known if row[0] is m and m.start <= 1 and e.kind in ("country", "organization")]
    return list(people.values()), opening


def _tells_of_another_time(number: int, reading: Reading) -> bool:
    """Whether a sentence opens with a day well before the report: it recalls what was."""
    first = next((m for m in reading.of_kind(number, "time") if m.start <= 1), None)
    end = getattr(first.value, "end", None) if first else None
    return bool(end and reading.anchor and reading.anchor - end > _RECENT)


_RECENT = timedelta(days=10)


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
    shared = max((len(key & _key(known.text)) for known in target), default=0)
    title = reading.sentences[mention.sentence].zone == "title"
    if (mention.has("weak") and shared) or (
        title and (2 * shared >= len(key) or (target and _is_vague(mention, reading)))
    ):
        return
    for place, known in enumerate(target):
        other = _key(known.text)
        if key <= other:
            return
        if other < key:
            target[place] = phrase
            return
    target.append(phrase)


def _is_vague(mention: Mention, reading: Reading) -> bool:
    """Whether a headline says no more of a topic than any report of talks could: "regional developments"."""
    tokens = reading.sentences[mention.sentence].tokens[mention.start : mention.end]
    vague = reading.book.word_set("vague_topic")
    return all(token.norm in vague for token in tokens)


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
