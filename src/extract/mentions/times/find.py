"""Finds and resolves the time expressions of an article, in order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from extract.annotations import Mention, Sentence
from extract.mentions.times.context import TenseWords, tense_at, tense_words
from extract.mentions.times.islands import ENDS, Draft, Finder
from extract.rulebook.apply import once_a_book
from extract.rulebook.book import Rulebook
from extract.rulebook.view import Match, build_view, select_longest
from extract.values.calendars import calendar_of_year
from extract.values.timex import Timex
from extract.values.timex_dates import Reference
from extract.values.timex_resolve import resolve_time

KIND = "time"
# Fields whose meaning hangs on whether the sentence looks back or ahead.
_OPEN = frozenset({"month", "weekday", "quarter", "half", "season", "day", "holiday"})
_FAR = 4
_FIRST, _LAST = 1000, 9000  # an anchor outside of these years is none
_QUARTER = 3  # months: a quarter, not the year so far
_LATE = 2  # days from writing to publication
# The new moon is seen a day sooner in one country than in the other.
_SIGHTING = timedelta(days=1)
_OTHERS = tuple(prefix for prefix in ENDS.values() if prefix)
FOREIGN, WEEKDAY = "foreign", "weekday"


@dataclass(slots=True)
class Narration:
    """What the text has said so far: its last date, its last business period."""

    anchor: date | None
    narrated: str = ""
    period: str = ""


def find_times(sentences: Sequence[Sentence], book: Rulebook, anchor: date | None) -> list[list[Mention]]:
    """The time expressions of each sentence of an article, with a Timex for a value.

    Without an anchor the article's own day is taken from where it is said ("today, Friday 4 March 2016").

    A mention's features are its type in small letters, `range` for one that spans days from a first to a last,
    `open` for one that stays unresolved, `foreign` for one by another calendar, `clash` where two calendars side by
    side disagree. A range holds the expressions for its ends as the parts `first` and `last`, a day by two calendars
    that which was `read` and that which stands `beside` it.
    """
    finder, words = _finder(book)
    narration = Narration(anchor if anchor and _FIRST <= anchor.year <= _LAST else None)
    return [_find_in(sentence, finder, words, narration) for sentence in sentences]


@once_a_book
def _finder(book: Rulebook) -> tuple[Finder, TenseWords]:
    finder = Finder(book)
    return finder, tense_words(finder.settings)


def _find_in(sentence: Sentence, finder: Finder, words: TenseWords, narration: Narration) -> list[Mention]:
    mentions = []
    for draft in finder.drafts(sentence):
        mentions.extend(_resolve(draft, sentence, words, narration))
    return _join(sentence, mentions, finder) if len(mentions) > 1 else mentions


def _resolve(draft: Draft, sentence: Sentence, words: TenseWords, narration: Narration) -> list[Mention]:
    fields = draft.fields
    if fields.get("unit") == "period" and not narration.period:
        return []  # "the period" of something else than business
    tense, sure = _tense(fields, draft, sentence, words)
    reference = Reference(narration.anchor, narration.narrated, narration.period, tense, sure, words.week_starts)
    timex = resolve_time(fields, reference)
    _remember(fields, timex, narration)
    narration.anchor = _anchor(fields, timex, sentence, narration.anchor)
    whole = _mention(sentence, draft.start, draft.end, draft.rule.id, timex, _kind_of_day(fields, narration.anchor))
    if "first" not in draft.parts or "last" not in draft.parts:
        return [whole]
    return _with_ends(whole, draft, sentence, reference)


def _kind_of_day(fields: Mapping[str, Any], anchor: date | None) -> list[str]:
    """The features that other stages ask for: a weekday without a date, a date by another calendar."""
    features = []
    if "weekday" in fields and not ("shift" in fields or "year" in fields or "month" in fields):
        features.append(WEEKDAY)
    if "calendar" in fields or ("year" in fields and calendar_of_year(int(fields["year"]), anchor)):
        features.append(FOREIGN)
    return features


def _with_ends(whole: Mention, draft: Draft, sentence: Sentence, reference: Reference) -> list[Mention]:
    """A range with its two ends as parts; the days alone where the words are a list of them."""
    fields = draft.fields
    ends = [
        _mention(sentence, *draft.parts[slot], draft.rule.id, resolve_time(_of(prefix, fields), reference))
        for slot, prefix in ENDS.items()
        if slot in draft.parts
    ]
    if fields.get("join") == "list":
        return [ends[0], _follow(*ends)] if "to_weekday" in fields else ends
    if FOREIGN in whole.features and ends[0].value.start and ends[1].value.end:
        timex = replace(whole.value, end=max(ends[0].value.start, ends[1].value.end))
        whole = replace(whole, value=timex, features=(*whole.features, "range"))
    return [replace(whole, parts={"first": (ends[0],), "last": (ends[1],)})]


def _of(prefix: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one end of a range: its own, without the prefix, and those of the whole; a weekday's name is of
    the first alone.
    """
    plain = {name: value for name, value in fields.items() if not name.startswith(_OTHERS)}
    if not prefix:
        return plain
    plain.pop("named", None)
    return plain | {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}


def _follow(first: Mention, last: Mention) -> Mention:
    """The second of two weekdays lies in the week after the first."""
    if not first.value.start or not last.value.start:
        return last
    day = last.value.start + timedelta(7 * -((last.value.start - first.value.start).days // 7))
    return replace(last, value=replace(last.value, value=day.isoformat(), start=day, end=day))


def _tense(fields: Mapping[str, Any], draft: Draft, sentence: Sentence, words: TenseWords) -> tuple[str, bool]:
    """The tense that an expression without a year stands in, and whether that is sure."""
    if "tense" in fields:
        return str(fields["tense"]), True
    weekend = fields.get("unit") == "weekend" and "shift" not in fields
    if "year" in fields or (_OPEN.isdisjoint(fields) and not weekend):
        return "", True
    before, after = _beside(sentence, draft)
    if "month" in fields and "day" not in fields and before in words.deadline:
        return "future", True
    if "weekday" in fields and after in words.possessive:
        return "past", True
    return tense_at(sentence, draft.start, draft.end, words)


def _beside(sentence: Sentence, draft: Draft) -> tuple[str, str]:
    """The words before and after an expression, empty at the ends of the sentence."""
    tokens = sentence.tokens
    before = tokens[draft.start - 1].norm if draft.start else ""
    return before, tokens[draft.end].norm if draft.end < len(tokens) else ""


def _remember(fields: Mapping[str, Any], timex: Timex, narration: Narration) -> None:
    if timex.start and timex.type in ("DATE", "TIME"):
        narration.narrated = timex.value.partition("T")[0]
    if "quarter" in fields and not {"year", "shift"} & fields.keys():
        # A quarter to come is an outlook, an earlier one a comparison; "the latest quarter" is the last that is over.
        ahead = timex.end and narration.anchor and timex.end >= narration.anchor
        before = timex.value < narration.period and "X" not in narration.period
        if not narration.period or not (ahead or before):
            narration.period = timex.value
    elif fields.get("period") == "year" and fields.get("amount") != _QUARTER:
        narration.period = f"{narration.anchor.year:04d}" if narration.anchor else ""


def _anchor(fields: Mapping[str, Any], timex: Timex, sentence: Sentence, anchor: date | None) -> date | None:
    """The article's own day where the text says it: "today, Friday 4 March 2016", a full dateline, and "today, Friday"
    where it came out a day or two later.
    """
    if timex.start is None or timex.start != timex.end:
        return anchor
    if anchor is None and "year" in fields:
        if "said" in fields:
            return timex.start - timedelta(int(fields["said"]))
        return timex.start if sentence.zone == "dateline" else None
    if anchor and "named" in fields and fields.get("unit") == "day" and "shift" in fields:
        day = timex.start - timedelta(int(fields["shift"]))
        return day if 0 < (anchor - day).days <= _LATE else anchor
    return anchor


def _mention(sentence: Sentence, start: int, end: int, rule: str, timex: Timex, more: Iterable[str] = ()) -> Mention:
    features = [timex.type.lower()]
    if timex.start and timex.end and _is_range(timex):
        features.append("range")
    if timex.start is None and timex.type in ("DATE", "TIME"):
        features.append("open")
    if timex.clash:
        features.append("clash")
    features += more
    return Mention(KIND, sentence.index, start, end, rule, tuple(features), timex)


def _is_range(timex: Timex) -> bool:
    """Whether the value names the first day of several."""
    return bool(timex.start and timex.end and timex.start < timex.end and timex.value == timex.start.isoformat())


def _join(sentence: Sentence, mentions: list[Mention], finder: Finder) -> list[Mention]:
    """Two dates that the text joins become one: a range (from Monday to Wednesday), or one day by two calendars."""
    for finds, make in _JOINS.items():
        if not _may_join(sentence, mentions, finds, finder):
            continue
        for match in select_longest(finder.joins[finds].find(build_view(sentence, mentions))):
            ends = [next(iter(match.mentions(slot)), None) for slot in ("first", "last")]
            if ends[0] and ends[1] and (whole := make(sentence, ends[0], ends[1], match)):
                mentions = sorted([*(m for m in mentions if m not in ends), whole], key=lambda m: m.start)
    return mentions


def _may_join(sentence: Sentence, mentions: list[Mention], finds: str, finder: Finder) -> bool:
    """Whether two mentions that stand near one another may be one: a word that joins stands between them."""
    if finds == "same" and not any(FOREIGN in mention.features for mention in mentions):
        return False
    joiners, tokens = finder.joiners[finds], sentence.tokens
    return any(
        a.end == b.start
        or (0 < b.start - a.end < _FAR and any(token.norm in joiners for token in tokens[a.end : b.start]))
        for a, b in pairwise(mentions)
    )


def _range(sentence: Sentence, first: Mention, last: Mention, match: Match) -> Mention | None:
    start, end = first.value.start, last.value.end
    if start is None or end is None or first.parts or last.parts:
        return None
    if end < start and WEEKDAY in last.features:  # "from Friday to Monday": the Monday that follows
        end += timedelta(7 * -((end - start).days // 7))
        last = replace(last, value=replace(last.value, value=end.isoformat(), start=end, end=end))
    if end < start:
        return None
    timex = Timex("DATE", start.isoformat(), None, start, end)
    whole = _mention(sentence, first.start, last.end, match.rule.id, timex)
    return replace(whole, parts={"first": (first,), "last": (last,)})


def _same(sentence: Sentence, first: Mention, last: Mention, match: Match) -> Mention | None:
    """One day by two calendars: the Gregorian reading, and the other where they clash by more than a sighting."""
    foreign = [FOREIGN in mention.features for mention in (first, last)]
    if foreign[0] == foreign[1]:
        return None
    kept, other = (last, first) if foreign[0] else (first, last)
    timex = kept.value
    if not _close(timex, other.value):
        timex = replace(timex, clash=other.value.value)
    whole = _mention(sentence, first.start, match.end, match.rule.id, timex)
    return replace(whole, parts={"read": (kept,), "beside": (other,)})


def _close(one: Timex, other: Timex) -> bool:
    """Whether two readings can be of one time: days within a sighting of the moon, longer times where they overlap."""
    if not (one.start and one.end and other.start and other.end):
        return True
    return one.start <= other.end + _SIGHTING and other.start <= one.end + _SIGHTING


_JOINS = {"same": _same, "range": _range}


def written(mentions: Iterable[Mention]) -> list[Mention]:
    """The expressions as TIMEX3 counts them: of a range its two ends."""
    return [each for m in mentions for each in ((*m.parts["first"], *m.parts["last"]) if "first" in m.parts else (m,))]
