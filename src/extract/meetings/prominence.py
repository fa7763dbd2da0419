"""Which meetings an article reports, and which earlier or later ones it only recalls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extract.meetings.template import Template

_RECENT = 7  # days before publication that still are news
_DAY = len("2025-04-16")


def rank_templates(templates: Sequence[Template], anchor: date | None) -> None:
    """Give rank 1 to background: what is dated well before the report, or by month or year only, after a first meeting.

    The first meeting of an article is its news, whatever its date.
    """
    for template in templates[1:]:
        if is_recalled(template, anchor):
            template.rank = 1


def is_recalled(template: Template, anchor: date | None) -> bool:
    """Whether a meeting is dated well before the report, or by month or year only."""
    if template.when is None:
        return False
    value = template.when.value
    if anchor is not None and value.end is not None:
        return (anchor - value.end).days > _RECENT
    return len(value.value.split("T")[0]) < _DAY and not value.value.startswith("XXXX-W") and template.status == "held"
