"""Text from articles as a terminal may show it: what would steer the terminal or turn its direction becomes a sign."""

from __future__ import annotations

_C1, _LINES_AND_DIRECTIONS, _ISOLATES = range(0x80, 0xA0), range(0x2028, 0x202F), range(0x2066, 0x206A)
_SIGNS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_SIGNS |= dict.fromkeys((*_C1, *_LINES_AND_DIRECTIONS, *_ISOLATES), "\ufffd")


def show(text: str) -> str:
    """The same text with a sign for each control and direction character, so that places stay; line ends are kept."""
    return text.translate(_SIGNS)
