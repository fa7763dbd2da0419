"""One reader's view of a meeting, in one shape for truth and for records.

Truth is flat (a participant has one position, a date is its TIMEX3 value, topics may be plain strings) and carries
what a careful reader could leave out (`optional`) or read otherwise (`date_alt`, `venue_alt`, `kind_alt`,
`status_alt`). A record is nested and certain. The comparison should see no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
Place = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A topic or an action, by its words."""

    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A participant; `offices` are the words that may name an organization."""

    name: str
    positions: tuple[str, ...] = ()
    country: str | None = None
    organization: str | None = None
    offices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One meeting as one reader sees it; the `other_` values count as right too."""

    kind: str | None
    status: str | None
    date: str | None
    date_text: str | None
    venue: Place
    participants: tuple[Person, ...]
    topics: tuple[Fact, ...]
    agreed_actions: tuple[Fact, ...]
    proposed_actions: tuple[Fact, ...]
    optional: bool = False
    other_kinds: tuple[str, ...] = ()
    other_statuses: tuple[str, ...] = ()
    other_dates: tuple[str | None, ...] = ()
    other_venues: tuple[Place, ...] = ()


NOTHING = Reading(None, None, None, None, (None, None), (), (), (), ())


def read_meetings(article: Json) -> tuple[Reading, ...]:
    """The meetings of one article, whether it is a line of truth or a record."""
    return tuple(_reading(meeting) for meeting in article.get("meetings") or ())


def _reading(meeting: Json) -> Reading:
    date, date_text = _date(meeting)
    return Reading(
        kind=meeting.get("kind"),
        status=meeting.get("status"),
        date=date,
        date_text=date_text,
        venue=_place(meeting.get("venue")),
        participants=tuple(_person(person) for person in meeting.get("participants") or ()),
        topics=_facts(meeting, "topics"),
        agreed_actions=_facts(meeting, "agreed_actions"),
        proposed_actions=_facts(meeting, "proposed_actions"),
        optional=bool(meeting.get("optional")),
        other_kinds=tuple(meeting.get("kind_alt") or ()),
        other_statuses=tuple(meeting.get("status_alt") or ()),
        other_dates=tuple(meeting.get("date_alt") or ()),
        other_venues=tuple(_place(venue) for venue in meeting.get("venue_alt") or ()),
    )


def _date(meeting: Json) -> tuple[str | None, str | None]:
    date = meeting.get("date")
    if isinstance(date, Mapping):
        return date.get("timex") or date.get("start"), date.get("text")
    return date, meeting.get("date_text")


def _place(venue: Json | None) -> Place:
    venue = venue or {}
    return venue.get("city"), venue.get("country")


def _person(person: Json) -> Person:
    roles = [*(person.get("roles") or ()), person]
    words = [str(role[key]) for role in roles for key in ("organization", "title") if role.get(key)]
    return Person(
        name=person["name"],
        positions=tuple(role["position"] for role in roles if role.get("position")),
        country=next((role["country"] for role in (person, *roles) if role.get("country")), None),
        organization=person.get("organization"),
        offices=(*words, person["name"]),
        optional=bool(person.get("optional")),
    )


def _facts(meeting: Json, key: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(item) if isinstance(item, str) else Fact(item["text"], bool(item.get("optional")))
        for item in meeting.get(key) or ()
    )
