"""Bodies: whose they are, and which are of no one country."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import compose_article
from extract.entities import country_of
from extract.entities.roles import is_international


@pytest.mark.parametrize(
    ("text", "country", "international"),
    [
        pytest.param("The National Assembly of Serbia held talks.", "RS", False, id="country-behind"),
        pytest.param("The Federation of Saudi Chambers held talks.", "SA", False, id="country-inside"),
        pytest.param("The Pan American Grain Organization held talks.", None, True, id="no-owner-inside"),
        pytest.param("The African Seed Alliance held talks.", None, True, id="continent"),
        pytest.param("The International Department held talks.", None, False, id="a-department"),
        pytest.param("The ECOWAS Commission held talks.", None, True, id="of-a-known-body"),
    ],
)
def test_owner(text: str, country: str | None, international: bool) -> None:
    reading = shipped().analyze(compose_article("a", text, language="en"), False).reading
    assert reading is not None
    body = next(m for m in reading.mentions[0] if m.kind == "organization")
    assert (country_of(body), is_international(body)) == (country, international)
