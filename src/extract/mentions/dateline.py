"""Where an article is at home: the city and the country of its dateline."""

from __future__ import annotations

from collections.abc import Mapping

from extract.rulebook.book import Rulebook
from extract.text import Layout
from extract.tokens import Tokenize

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


def home_country(home: Home | None, book: Rulebook) -> str | None:
    """The country of the dateline, whose officials need no adjective; none where international bodies sit."""
    return None if home is None or home.get("city") in book.offices.get("seats", ()) else home.get("country")
