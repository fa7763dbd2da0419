"""Where an article is at home: the city and the country of its dateline, the country of its agency."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.rulebook.book import Rulebook
from extract.text import Layout
from extract.tokens import Tokenize

_WORD = re.compile(r"\w+")
Home = Mapping[str, str | None]


def find_home(text: str, layout: Layout, tokenize: Tokenize, book: Rulebook) -> Home | None:
    """City and country of the dateline."""
    if layout.dateline_place is None:
        return None
    start, end = layout.dateline_place
    norms = [token.norm for token in tokenize(text[start:end], start)]
    for hit in book.lexicon.find(norms):
        if hit.name.kind == "city":
            return {"city": hit.name.value["name"], "country": hit.name.value["country"]}
        if hit.name.kind == "country" and len(norms) == 1:  # a city state, or a capital called by its country's name
            country = str(hit.name.value["country"])
            capital = book.capital(country)
            if capital is not None and norms[0] in {t.norm for t in tokenize(capital, 0)}:
                return {"city": capital, "country": country}
    return None


def home_country(home: Home | None, layout: Layout, book: Rulebook) -> str | None:
    """The country whose officials an article names without it: that of a state's agency, else that of the dateline.

    None where international bodies sit: their officials need no country either.
    """
    agency = _agency_country(layout, book)
    if agency is not None or home is None:
        return agency
    return None if home.get("city") in book.offices.get("seats", ()) else home.get("country")


def _agency_country(layout: Layout, book: Rulebook) -> str | None:
    """The country for which the agency of the dateline reports."""
    agencies = book.settings("layout").get("agencies", {})
    dateline = next((block for block in layout.blocks if block.zone == "dateline"), None)
    if dateline is None or not agencies:
        return None
    words = _WORD.findall(dateline.text.lower())
    return next((agencies[word] for word in words if word in agencies), None)
