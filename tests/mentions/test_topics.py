"""English topics: what a sentence says that talks were about, as the shipped rules read it."""

from __future__ import annotations

import pytest

from builders import shipped
from extract.article import Article

CASES = [
    ("they-discuss", "They discussed border trade.", ["border trade"]),
    ("list", "They discussed trade, energy and water.", ["trade", "energy", "water"]),
    ("pair-inside-a-list", "They discussed law and order, energy and water.", ["law and order", "energy", "water"]),
    ("pair-of-words", "They discussed security and law enforcement.", ["security and law enforcement"]),
    ("and-before-an-article", "They discussed fishing and the new bridge.", ["fishing", "new bridge"]),
    ("as-well-as", "They discussed fishing as well as the price of gas.", ["fishing", "price of gas"]),
    ("places-stay-together", "They discussed rain in Peru, Chile and Bolivia.", ["rain in Peru, Chile and Bolivia"]),
    ("adjectives-stay-together", "They discussed a free, fair and open market.", ["free, fair and open market"]),
    ("values-stay-together", "They stressed peace, security and stability.", ["peace, security and stability"]),
    ("including", "They discussed rural roads, including the bridge at Ayn.", ["rural roads", "bridge at Ayn"]),
    (
        "fields-stay-together",
        "They discussed cooperation in sectors such as fishing, wine making, glass and toys.",
        ["cooperation in sectors such as fishing, wine making, glass and toys"],
    ),
    (
        "spheres",
        "They discussed trade in the dairy, sugar, oil and other sectors.",
        ["trade in the dairy, sugar, oil and other sectors"],
    ),
    (
        "relations-and-cooperation",
        "They discussed ties and cooperation in art, film and song.",
        ["ties", "cooperation in art, film and song"],
    ),
    ("separate-meetings", "They discussed piracy in separate meetings with envoys.", ["piracy"]),
    (
        "comma-as-well-as",
        "They discussed fishing, including nets, as well as the price of gas.",
        ["fishing", "nets", "price of gas"],
    ),
    ("the-topic-of", "The topic of the talks was border trade.", ["border trade"]),
    ("somebody-s-call", "He reiterated Bo Lind's call for a swift vote.", ["swift vote"]),
    ("met-about", "She met Bo Lind and Kofi Mensah about the dam.", ["dam"]),
    ("took-place-on", "Talks took place on fishing and the new bridge.", ["fishing", "new bridge"]),
    ("of-a-nation", "They held talks on Danish fishing rights.", ["Danish fishing rights"]),
    ("considered", "The sides considered the rights of sailors.", ["rights of sailors"]),
    ("empty-heads", "They discussed ways to strengthen cooperation in the field of mining.", ["mining"]),
    ("stated", "He reiterated the importance of safe railways.", ["safe railways"]),
    ("commitment", "They reaffirmed their commitment to free navigation.", ["free navigation"]),
    ("thanked", "She thanked Japan for the rescue boats.", ["rescue boats"]),
    ("passive", "Textiles, sugar and the supply of fruit were raised.", ["Textiles", "sugar", "supply of fruit"]),
    ("passive-after-an-opening", "At the meeting, water rights were discussed.", ["water rights"]),
    ("agenda", "On the agenda are fishing rights and the price of gas.", ["fishing rights", "price of gas"]),
    ("talks-on", "The ministers held talks on Tuesday on piracy.", ["piracy"]),
    ("who-spoke-about-what", "He spoke by phone with Bo Lind about the dam.", ["dam"]),
    ("fronted", "On the border dispute, he said little.", ["border dispute"]),
    ("that-clause", "She noted that the border trade has grown.", ["border trade"]),
    ("ends-at-an-adjunct", "They discussed piracy during a dinner in Oslo.", ["piracy"]),
    ("ends-at-a-time", "They discussed piracy on Monday.", ["piracy"]),
    ("ends-at-the-next-verb", "They discussed piracy and expressed hope.", ["piracy"]),
    ("ends-at-hearsay", "They discussed piracy, the harbour news agency reported.", ["piracy"]),
    ("says-nothing", "They discussed issues of mutual interest.", []),
    ("somebody-is-no-matter", "They discussed it with him.", []),
    ("denied", "They never discussed fish.", []),
    ("not-on-the-agenda", "Water rights will not be raised.", []),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_topics(text: str, expected: list[str]) -> None:
    reading = shipped().analyze(Article("case", text, language="en"), dismiss=False).reading
    assert reading is not None
    assert [reading.words(topic) for topic in reading.topics[0]] == expected


def test_a_topic_is_linked_to_the_taxonomy() -> None:
    reading = shipped().analyze(Article("case", "They discussed human rights.", language="en"), dismiss=False).reading
    assert reading is not None
    assert [topic.value for topic in reading.topics[0]] == ["human-rights"]
