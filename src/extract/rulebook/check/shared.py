"""The shared files: their schema, ids that lead nowhere, names that mean two things or are listed twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import pycountry
from pydantic import ValidationError

from extract.errors import Problem, RuleError
from extract.rulebook.check.shared_model import MODELS
from extract.rulebook.layers import SHARED, Layers, RuleFilePath
from extract.rulebook.load import Path_, Source, read_source
from extract.rulebook.world import GENERATED, KOSOVO
from extract.values.normal import normal_form

_CURES = {"missing": "add it", "extra_forbidden": "take it out, or spell it as the other entries do"}


@dataclass(frozen=True)
class SharedFiles:
    """The shared files that could be read: each with its source, and all folders together by name of file."""

    layers: Layers
    sources: tuple[tuple[RuleFilePath, Source], ...]
    merged: Mapping[str, Any] = field(default_factory=dict)

    def of(self, stem: str) -> Iterator[Source]:
        """The sources of one name, of every folder."""
        return (source for file, source in self.sources if file.path.stem == stem)


def lint_shared(layers: Layers) -> Iterator[Problem]:
    """Every fault in the shared files; a file that is not sound is left out of what compares several."""
    sound: list[tuple[RuleFilePath, Source]] = []
    for file in layers.files(SHARED):
        try:
            source = read_source(file.path, file.name)
        except RuleError as error:
            yield from error.problems
            continue
        found = list(_lint_schema(file, source))
        yield from found
        yield from _lint_normal(source)
        if not found:
            sound.append((file, source))
    stems = {file.path.stem for file, _ in sound}
    if stems >= {file.path.stem for file in layers.files(SHARED)}:
        files = SharedFiles(layers, tuple(sound), {stem: layers.shared(stem) for stem in stems})
        yield from _lint_ids(files)
        yield from _lint_names(files)
    yield from _lint_rows(layers)


def _lint_schema(file: RuleFilePath, source: Source) -> Iterator[Problem]:
    model = MODELS.get(file.path.stem)
    if model is None:
        return  # told where folders are looked at
    try:
        model.model_validate(source.value)
    except ValidationError as error:
        for each in error.errors():
            loc = tuple(part for part in each["loc"] if part != "[key]")
            if file.layer and each["type"] == "missing":
                continue  # an upper folder says only what is new
            line, column = source.where(*loc)
            message = f"{'.'.join(map(str, loc)) or 'file'}: {each['msg']}"
            cure = _CURES.get(each["type"], "see the other entries of the file")
            yield Problem(source.file, line, column, "schema", message, cure)


def _lint_normal(source: Source) -> Iterator[Problem]:
    for path, text in _texts(source.value, ()):
        if unicodedata.normalize("NFKC", text) != text:
            line, column = source.text_at(*path)
            place = next(i for i, char in enumerate(text) if unicodedata.normalize("NFKC", char) != char)
            message = f"U+{ord(text[place]):04X} in {text!r} is a compatibility form"
            cure = f"write {unicodedata.normalize('NFKC', text)!r}"
            yield Problem(source.file, line, column + place, "not-nfkc", message, cure)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield from _texts(below, (*path, key))


# ---- ids ----


def _lint_ids(files: SharedFiles) -> Iterator[Problem]:
    merged = files.merged
    for stem in ("bodies", "topics", "positions"):
        for source in files.of(stem):
            yield from _lint_twice(source, stem)
    refer = _Referring(files)
    yield from refer.check("topics", "area", merged.get("topics", {}).get("areas", ()), _each("topics", "area"))
    yield from refer.check("bodies", "kind", merged.get("bodies", {}).get("kinds", ()), _each("bodies", "kind"))
    yield from refer.check("venues", "city", _city_ids(merged.get("cities", {})), _each("venues", "city"))
    codes = {country.alpha_2 for country in pycountry.countries} | {KOSOVO}
    for stem in ("venues", "bodies"):
        yield from refer.check(stem, "country", codes, _each(stem, "country"))
    yield from refer.check("countries", "country", codes, lambda value: _keys(value, "countries"))
    for group in ("capitals", "cities", "regions"):
        yield from refer.check("cities", "country", codes, lambda value, group=group: _keys(value, group))  # type: ignore[misc]
    positions = [each["id"] for each in merged.get("positions", {}).get("positions", ())]
    yield from refer.check("offices", "position", positions, _office_positions)


def _lint_twice(source: Source, group: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for number, entry in enumerate(source.value.get(group, ())):
        line, column = source.where(group, number)
        if entry["id"] in lines:
            message = f"the id {entry['id']} stands at line {lines[entry['id']]} too"
            yield Problem(source.file, line, column, "duplicate-id", message, "merge the two")
        lines.setdefault(entry["id"], line)


Places = Iterator[tuple[Path_, str]]


@dataclass(frozen=True, slots=True)
class _Referring:
    """Looks up what shared files refer to."""

    files: SharedFiles

    def check(self, stem: str, what: str, known: Any, places: Callable[[Any], Places]) -> Iterator[Problem]:
        """A problem for each place in the files of a name that refers to nothing known."""
        ids = set(known)
        for source in self.files.of(stem):
            for path, name in places(source.value):
                if name not in ids:
                    near = get_close_matches(name, sorted(ids), 1)
                    cure = f"did you mean {near[0]}?" if near else f"add the {what}, or name one that is listed"
                    message = f"there is no {what} {name!r}"
                    yield Problem(source.file, *source.text_at(*path), "dangling-id", message, cure)


def _each(group: str, key: str) -> Callable[[Any], Places]:
    def places(value: Any) -> Places:
        for number, entry in enumerate(value.get(group, ())):
            if entry.get(key) is not None:
                yield (group, number, key), entry[key]

    return places


def _keys(value: Any, group: str) -> Places:
    return (((group, key), key) for key in value.get(group, ()))


def _city_ids(cities: Mapping[str, Any]) -> Iterator[str]:
    yield from (entry["en"][0] for entry in cities.get("capitals", {}).values() if entry.get("en"))
    for group in ("cities", "regions"):
        for entries in cities.get(group, {}).values():
            yield from (entry["en"][0] for entry in entries if entry.get("en"))


def _office_positions(value: Any) -> Places:
    for key, position in value.get("demote", {}).items():
        yield ("demote", key), key
        yield ("demote", key), position
    for key, position in value.get("affiliation", {}).items():
        yield ("affiliation", key), position
    yield from _keys(value, "no_office")


# ---- names ----


def _lint_names(files: SharedFiles) -> Iterator[Problem]:
    """A name of two entries of one kind, or twice in one entry; an upper folder may say otherwise than those below."""
    for stem, named in (("topics", _topic_names), ("bodies", _body_names), ("venues", _venue_names)):
        for source in files.of(stem):
            yield from _lint_surface(source, named(source.value))
    for source in files.of("countries"):
        for group in ("names", "demonyms"):
            yield from _lint_surface(source, _country_names(source.value, group))
    for source in files.of("cities"):
        yield from _lint_surface(source, _city_names(source.value))


Named = Iterator[tuple[Path_, str, str, str]]  # where, language, name, what has it


def _lint_surface(source: Source, named: Named) -> Iterator[Problem]:
    known: dict[tuple[str, str], tuple[str, int]] = {}
    written: set[tuple[str, str, str]] = set()
    for path, language, name, owner in named:
        line, column = source.text_at(*path)
        other, first = known.setdefault((language, normal_form(name)), (owner, line))
        if other != owner:
            message, cure = f"{name!r} belongs to {other} already, at line {first}", "leave it with one of the two"
            yield Problem(source.file, line, column, "two-meanings", message, cure)
        elif (language, name, owner) in written:
            message = f"{name!r} is listed twice for {owner}"
            yield Problem(source.file, line, column, "listed-twice", message, "take one out")
        written.add((language, name, owner))


def _by_language(names: Mapping[str, Any], path: Path_, owner: str) -> Named:
    for language, listed in names.items():
        for place, name in enumerate([listed] if isinstance(listed, str) else listed):
            yield (*path, language, place), language, name, owner


def _topic_names(value: Any) -> Named:
    for number, topic in enumerate(value.get("topics", ())):
        yield from _by_language(topic["names"], ("topics", number, "names"), f"the topic {topic['id']}")


def _body_names(value: Any) -> Named:
    for number, body in enumerate(value.get("bodies", ())):
        yield from _by_language(body["names"], ("bodies", number, "names"), f"the body {body['id']}")


def _venue_names(value: Any) -> Named:
    for number, venue in enumerate(value.get("venues", ())):
        owner = f"entry {number + 1} of the list"
        yield from _by_language(venue["names"], ("venues", number, "names"), owner)


def _country_names(value: Any, group: str) -> Named:
    for code, country in value.get("countries", {}).items():
        yield from _by_language(country.get(group, {}), ("countries", code, group), code)


def _city_names(value: Any) -> Named:
    for code, names in value.get("capitals", {}).items():
        yield from _by_language(names, ("capitals", code), f"the capital of {code}")
    for group in ("cities", "regions"):
        for code, entries in value.get(group, {}).items():
            for number, names in enumerate(entries):
                path = (group, code, number)
                yield from _by_language(names, path, f"{(names.get('en') or ['?'])[0]} ({code})")


def _lint_rows(layers: Layers) -> Iterator[Problem]:
    """Rows of the generated file that are not what its builder writes."""
    for file in layers.files(SHARED, GENERATED):
        for number, line in enumerate(file.path.read_text(encoding="utf-8").splitlines(), 1):
            fields = line.split("\t")
            if len(fields) != 4 or not fields[2].isdigit() or len(fields[1]) != 2:
                cure = "write it anew: python -m extract.rulebook.world --build"
                yield Problem(file.name, number, 1, "schema", "a row is name, country, population, other names", cure)
