"""The meeting record: what the pipeline writes for one article, validated.

The names are the contract that consumers, goldens and the evaluation rely on. A field may be added; none is
renamed or removed without a new number in `SCHEMA`. Every value carries its evidence: a span of the article's
text, in Unicode code points with an exclusive end, and the id of the rule that read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

SCHEMA: Final = "meeting-record/1"

Prominence = Literal["main", "background"]
Kind = Literal["meeting", "call", "visit", "conference", "signing"]
Status = Literal["held", "ongoing", "planned", "postponed", "cancelled"]
VenueMode = Literal["in_person", "virtual", "phone", "hybrid"]
ParticipantType = Literal["person", "organization", "country"]
Involvement = Literal["principal", "attendee"]
Capacity = Literal["host", "guest"]
ActionType = Literal[
    "establish", "sign", "implement", "cooperate", "train", "invest", "visit", "meet", "exchange", "support", "other"
]
ActionStatus = Literal["agreed", "proposed"]
Position = Literal[
    "head_of_state",
    "deputy_head_of_state",
    "royal",
    "head_of_government",
    "deputy_head_of_government",
    "minister",
    "deputy_minister",
    "ambassador",
    "diplomat",
    "speaker",
    "legislator",
    "governor",
    "mayor",
    "party_leader",
    "military_officer",
    "central_bank_governor",
    "agency_head",
    "secretary_general",
    "executive",
    "director",
    "adviser",
    "spokesperson",
    "academic",
    "official",
]

PROMINENCES: tuple[Prominence, ...] = get_args(Prominence)
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
VENUE_MODES: tuple[VenueMode, ...] = get_args(VenueMode)
PARTICIPANT_TYPES: tuple[ParticipantType, ...] = get_args(ParticipantType)
INVOLVEMENTS: tuple[Involvement, ...] = get_args(Involvement)
CAPACITIES: tuple[Capacity, ...] = get_args(Capacity)
ACTION_TYPES: tuple[ActionType, ...] = get_args(ActionType)
ACTION_STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)
POSITIONS: tuple[Position, ...] = get_args(Position)

_UNLISTED_COUNTRIES = frozenset({"XK"})  # Kosovo: in use everywhere, without an ISO entry

_TIMEX = re.compile(
    r"(?:\d{4}|\d{2,3}X{1,2}|\d{2,3}|XXXX)"  # year, decade, century
    r"(?:-(?:\d{2}|XX|W\d{2}|WXX|[QH][1-4X]|SP|SU|FA|WI)(?:-(?:\d{2}|\d|XX|WE))?)?"
    r"(?:T[0-9A-Z:]{2,8})?"
)


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes, and XK; read from pycountry at first use."""
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries) | _UNLISTED_COUNTRIES


def _known_country(code: str) -> str:
    if code not in country_codes():
        raise ValueError(f"unknown country code {code!r}: ISO 3166-1 alpha-2 or XK expected")
    return code


def _well_formed_timex(value: str) -> str:
    if not _TIMEX.fullmatch(value):
        raise ValueError(f"{value!r} is no TIMEX3 date value")
    return value


Text = Annotated[str, Field(min_length=1)]
CountryCode = Annotated[
    str, AfterValidator(_known_country), Field(min_length=2, max_length=2, description="ISO 3166-1 alpha-2, or XK")
]
Timex = Annotated[str, AfterValidator(_well_formed_timex), Field(description="TIMEX3 value of type DATE or TIME")]


class _Value(BaseModel):
    # The writer leaves no field out, so that the JSON Schema of what is written requires every one.
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Evidence(_Value):
    """What supports one value: `text[start:end]` was read by `rule`. Code points, end exclusive, never empty."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    rule: Text

    @model_validator(mode="after")
    def _span_is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"empty or negative span {self.start}:{self.end}")
        return self


class MeetingDate(_Value):
    """When a meeting takes place; `start` and `end` are its first and last day, null while unresolved."""

    text: Text
    timex: Timex
    start: date | None = None
    end: date | None = None
    evidence: Evidence

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are given together or not at all")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"start {self.start} lies after end {self.end}")
        return self


class Venue(_Value):
    """Where, or by what means, a meeting takes place."""

    text: Text
    name: Text | None = None
    city: Text | None = None
    country: CountryCode | None = None
    mode: VenueMode | None = None
    evidence: Evidence


class Role(_Value):
    """An office of a participant; `country` is the one that the office serves, not the one it is accredited to."""

    title: Text
    position: Position
    organization: Text | None = None
    country: CountryCode | None = None
    evidence: Evidence


class Participant(_Value):
    """One who took part: a person, or the body or country where the text names no person for that side."""

    name: Text
    type: ParticipantType
    country: CountryCode | None = None
    involvement: Involvement = "principal"
    capacity: Capacity | None = None
    roles: tuple[Role, ...] = ()
    aliases: tuple[Text, ...] = ()
    evidence: Evidence


class Topic(_Value):
    """A subject of the talks: its words, and its id in the taxonomy where it has one."""

    text: Text
    id: Text | None = None
    evidence: Evidence


class Action(_Value):
    """What the sides agreed to do, or one of them proposed; parties are countries."""

    text: Text
    type: ActionType
    status: ActionStatus
    parties: tuple[CountryCode, ...] = ()
    evidence: Evidence


class Codes(_Value):
    """The event's code in the CAMEO and PLOVER ontologies."""

    cameo: Annotated[str, Field(pattern=r"^\d{2,4}$")] | None = None
    plover: Annotated[str, Field(pattern=r"^[A-Z_]+$")] | None = None


class Meeting(_Value):
    """One meeting, call, visit, conference or signing; its evidence is the trigger."""

    id: Text
    prominence: Prominence
    kind: Kind
    status: Status
    date: MeetingDate | None = None
    venue: Venue | None = None
    participants: tuple[Participant, ...] = ()
    topics: tuple[Topic, ...] = ()
    agreed_actions: tuple[Action, ...] = ()
    proposed_actions: tuple[Action, ...] = ()
    codes: Codes = Codes()
    evidence: Evidence

    @model_validator(mode="after")
    def _actions_stand_where_they_belong(self) -> Self:
        if any(action.status != "agreed" for action in self.agreed_actions):
            raise ValueError("an action under agreed_actions is not agreed")
        if any(action.status != "proposed" for action in self.proposed_actions):
            raise ValueError("an action under proposed_actions is not proposed")
        return self


def _absent(value: object) -> bool:
    return value is None


class ArticleInfo(_Value):
    """Which article the record is of; `text` only where it was asked for."""

    id: Text
    source: str | None = None
    title: str | None = None
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3}|unknown)$", description="ISO 639-1, or unknown")]
    published: date | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="of the text, in UTF-8")]
    text: str | None = Field(default=None, exclude_if=_absent)


class Diagnostic(_Value):
    """What the pipeline could not resolve, or refused."""

    code: Text
    message: Text
    evidence: Evidence | None = Field(default=None, exclude_if=_absent)


class Record(_Value):
    """The validated result for one article.

    Spans are checked against the text where it is known: kept in `article.text`, or handed in as
    `Record.model_validate(data, context={"text": text})`. `check_bounds` does the same later.
    """

    # `schema` alone would shadow a method of pydantic's BaseModel.
    schema_: Literal["meeting-record/1"] = Field(default="meeting-record/1", alias="schema")
    article: ArticleInfo
    meetings: tuple[Meeting, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    @model_validator(mode="after")
    def _meetings_in_order(self) -> Self:
        ids = [meeting.id for meeting in self.meetings]
        if len(ids) != len(set(ids)):
            raise ValueError("two meetings have one id")
        prominences = [PROMINENCES.index(meeting.prominence) for meeting in self.meetings]
        if prominences != sorted(prominences):
            raise ValueError("a background meeting stands before a main one")
        return self

    @model_validator(mode="after")
    def _spans_in_bounds(self, info: ValidationInfo) -> Self:
        text = self.article.text if self.article.text is not None else (info.context or {}).get("text")
        if text is not None:
            check_bounds(self, text)
        return self


def find_evidence(value: object, path: str = "") -> Iterator[tuple[str, Evidence]]:
    """Every evidence in a record or part of one, with its path, such as `meetings.0.date.evidence`."""
    if isinstance(value, Evidence):
        yield path, value
    elif isinstance(value, _Value):
        for name in type(value).model_fields:
            yield from find_evidence(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from find_evidence(item, f"{path}.{index}")


def check_bounds(record: Record, text: str) -> None:
    """Raise ValueError where a span ends beyond the text."""
    beyond = [f"{path} {span.start}:{span.end}" for path, span in find_evidence(record) if span.end > len(text)]
    if beyond:
        raise ValueError(f"span beyond the text of {len(text)} code points: {', '.join(beyond)}")
