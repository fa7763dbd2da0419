"""The rule base of one language: every file read, its words, names, settings and compiled rules."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from extract.errors import Problem, RuleError
from extract.rulebook.compile import Compiled, Words, compile_pattern
from extract.rulebook.layers import SHARED, Folder, Layers, RuleFilePath, merge, open_layers
from extract.rulebook.lexicon import Lexicon, Name, build_lexicon
from extract.rulebook.load import Source, read_source
from extract.rulebook.model import Rule, RuleFile
from extract.rulebook.pattern import Node, PatternError, parse_pattern
from extract.rulebook.raw import compile_raw
from extract.rulebook.view import Grammar
from extract.rulebook.vocabulary import rule_words
from extract.values.clitics import build_known

# Language-neutral tables that stages read; names of the world and topics have their own readers.
TABLES = ("offices", "codes", "positions")
# Stages that read something else than the tokens of a sentence.
WITHOUT_TOKENS = ("times",)

Split = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One rule file as read: `stem` is its name without ending, `stage` the part before a hyphen.

    `layer` counts rule folders from the lowest; `numbers` are the places in the source of the rules that count.
    """

    stem: str
    stage: str
    source: Source
    content: RuleFile
    layer: int = 0
    numbers: tuple[int, ...] = ()

    def without(self, ids: frozenset[str]) -> ReadFile:
        """The same file but for some of its rules."""
        kept = [pair for pair in zip(self.content.rules, self.numbers, strict=True) if pair[0].id not in ids]
        if len(kept) == len(self.numbers):
            return self
        content = self.content.model_copy(update={"rules": tuple(rule for rule, _ in kept)})
        return replace(self, content=content, numbers=tuple(number for _, number in kept))


@dataclass(frozen=True)
class RuleSources:
    """All rule files of one language, validated but not compiled."""

    language: str
    files: tuple[ReadFile, ...]
    digest: str
    shared: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, stage: str) -> Mapping[str, Any]:
        """The settings of a stage, merged over its files; a folder adds to those below it."""
        return self._settings.get(stage, {})

    @cached_property
    def _settings(self) -> dict[str, dict[str, Any]]:
        layers: dict[int, dict[str, dict[str, Any]]] = {}
        for file in self.files:
            layers.setdefault(file.layer, {}).setdefault(file.stage, {}).update(file.content.settings)
        merged: dict[str, dict[str, Any]] = {}
        for layer in sorted(layers):
            merged = merge(merged, layers[layer])
        return merged

    @cached_property
    def classes(self) -> dict[str, tuple[str, ...]]:
        """The entries of each word class, over all files."""
        classes: dict[str, tuple[str, ...]] = {}
        for file in self.files:
            for name, entries in file.content.words.items():
                classes[name] = (*classes.get(name, ()), *entries)
        return classes

    @property
    def from_top(self) -> tuple[ReadFile, ...]:
        """The files of the topmost folder first: where two say what a word means, the upper one is right."""
        return tuple(sorted(self.files, key=lambda file: -file.layer))


def read_rules(rules: Folder, language: str) -> RuleSources:
    """Read every file of a language in all rule folders; raises RuleError with all problems of all files."""
    layers = open_layers(rules)
    problems: list[Problem] = []
    files: list[ReadFile] = []
    digest = hashlib.sha256()
    for file in layers.files(language):
        digest.update(file.path.name.encode() + b"\0" + file.path.read_bytes())
        try:
            source = read_source(file.path, file.name)
            content = RuleFile.model_validate(source.value)
        except RuleError as error:
            problems.extend(error.problems)
        except ValidationError as error:
            problems.extend(_schema_problems(source, error))
        else:
            files.append(read_file(file, source, content, range(len(content.rules))))
    if not files and not problems:
        problems.append(Problem(f"rules/{language}", 1, 1, "no-rules", f"no rule files for language {language!r}"))
    if problems:
        raise RuleError(problems)
    return gather_sources(layers, language, files, digest.hexdigest())


def read_file(file: RuleFilePath, source: Source, content: RuleFile, numbers: Iterable[int]) -> ReadFile:
    """A file that was read and validated."""
    stem = file.path.stem
    return ReadFile(stem, stem.split("-")[0], source, content, file.layer, tuple(numbers))


def gather_sources(layers: Layers, language: str, files: Iterable[ReadFile], digest: str) -> RuleSources:
    """The files of one language without the rules that an upper folder replaces or takes out."""
    kept = list(files)
    for layer in range(1, len(layers.folders)):
        own = [file.content for file in kept if file.layer == layer]
        gone = frozenset(each for file in own for each in (*file.disable, *(rule.id for rule in file.rules)))
        kept = [file.without(gone) if file.layer < layer else file for file in kept]
    told = hashlib.sha256(digest.encode())
    for shared in layers.files(SHARED, "*"):
        told.update(shared.path.name.encode() + b"\0" + shared.path.read_bytes())
    tables = {name: layers.shared(name) for name in TABLES}
    return RuleSources(language, tuple(kept), told.hexdigest(), tables)


def _schema_problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    for each in error.errors():
        line, column = source.where(*each["loc"])
        place = ".".join(str(part) for part in each["loc"])
        yield Problem(source.file, line, column, "schema", f"{place}: {each['msg']}", "see docs/rules.md")


@dataclass(frozen=True)
class Rulebook:
    """The compiled rule base of one language."""

    sources: RuleSources
    words: Words
    lexicon: Lexicon
    grammars: Mapping[tuple[str, str], Grammar] = field(repr=False)
    where: Mapping[str, str] = field(repr=False)

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language."""
        return self.sources.language

    @property
    def offices(self) -> Mapping[str, Any]:
        """What the languages share on offices: tables by name; empty where there are none."""
        tables: Mapping[str, Any] = self.sources.shared.get("offices", {})
        return tables

    def grammar(self, stage: str, finds: str) -> Grammar:
        """The rules of a stage that find one kind of mention; empty where there are none."""
        return self.grammars.get((stage, finds), _NO_RULES)

    def settings(self, stage: str) -> Mapping[str, Any]:
        """The settings of a stage."""
        return self.sources.settings(stage)

    def word_set(self, name: str) -> frozenset[str]:
        """The normal forms of a word class of single words."""
        return self._word_sets.get(name, frozenset())

    @cached_property
    def _word_sets(self) -> dict[str, frozenset[str]]:
        return {file_name: frozenset(words) for file_name, words in _plain_words(self.sources, self.words).items()}

    def capital(self, country: str) -> str | None:
        """The capital of a country, as this language names it."""
        return self._capitals.get(country)

    @cached_property
    def _capitals(self) -> dict[str, str]:
        names = (name for group in self.lexicon.by_first.values() for name in group)
        return {n.value["country"]: n.value["name"] for n in names if n.kind == "city" and n.value.get("capital")}

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """What countries are usually called, by ISO code: by the rules, else by CLDR where it knows the language."""
        from babel import Locale, localedata

        known = dict(Locale.parse(self.language).territories) if localedata.exists(self.language) else {}
        return {**known, **self.settings("people").get("country_names", {})}

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words of the rules and of the language's own lexicon, which are no names."""
        names = {"given", "particle", *self.settings("names").get("name_classes", ())}
        words = set(rule_words(self.sources, self.words.split, self.words.inflect, frozenset(names)))
        listed = {word for name in lexicon_names(self.sources, self.words.split) for word in name.words}
        return frozenset(words | (listed - self.place_words)) - self._single_words("country", "demonym")

    @cached_property
    def plain_words(self) -> frozenset[str] | None:
        """The ordinary words where the script has no capitals to tell names by; None where it has."""
        return self.ordinary_words if self.caseless else None

    @property
    def caseless(self) -> bool:
        """Whether the script has no capitals to tell names by."""
        return bool(self.settings("names").get("caseless"))

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Names of places and bodies that are one word."""
        return self._single_words("country", "demonym", "city", "venue", "body")

    def _single_words(self, *kinds: str) -> frozenset[str]:
        names = (n for group in self.lexicon.by_first.values() for n in group)
        return frozenset(n.words[0] for n in names if n.kind in kinds and len(n.words) == 1)

    @cached_property
    def is_ordinary(self) -> Callable[[str], bool]:
        """Whether a normal form is an ordinary word, no name: one of the rules, or of a shape that no name has."""
        words, places = self.ordinary_words, self.place_words
        known = build_known(words, words, self.settings("tokens").get("endings", {}))
        shape = re.compile("(?:" + ("|".join(self.settings("names").get("ordinary", ())) or "(?!)") + ")$")
        return lambda word: word in words or (word not in places and (known(word) or bool(shape.match(word))))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order of files."""
        return tuple(rule for file in self.sources.files for rule in file.content.rules)


_NO_RULES = Grammar(())


def _plain_words(sources: RuleSources, words: Words) -> dict[str, list[str]]:
    plain: dict[str, list[str]] = {}
    for file in sources.files:
        for name, entries in file.content.words.items():
            for entry in entries:
                if entry.startswith("~"):
                    plain.setdefault(name, []).extend("".join(words.split(form)) for form in words.inflect(entry[1:]))
                else:
                    plain.setdefault(name, []).append(" ".join(words.split(entry)))
    return plain


def compile_rules(
    sources: RuleSources,
    split: Split,
    extra_names: tuple[Name, ...] = (),
    problems: list[Problem] | None = None,
    known: Mapping[str, Compiled] | None = None,
) -> Rulebook:
    """Compile the rules of a language; `split` gives the normal forms of the tokens of a text.

    `extra_names` are names from elsewhere (countries, cities). Raises RuleError with every problem found; where a list
    for `problems` is given, they are added to it instead, and what is wrong is left out. `known` are
    patterns by their text that were compiled before with the same words.
    """
    found: list[Problem] = [] if problems is None else problems
    words = gather_words(sources, _classes(sources, found), split)
    grammars, where = _compile_grammars(sources, words, known or {}, found)
    if found and problems is None:
        raise RuleError(found)
    lexicon = build_lexicon((*lexicon_names(sources, split), *extra_names))
    return Rulebook(sources, words, lexicon, grammars, where)


def recompile_rules(book: Rulebook, sources: RuleSources) -> Rulebook:
    """A rule base whose rules alone were edited: patterns that are known stay as they are compiled."""
    rows = [pair for grammar in book.grammars.values() for pair in grammar.rules]
    known = {rule.pattern[each.place]: each for rule, each in rows if each.place < len(rule.pattern)}
    problems: list[Problem] = []
    grammars, where = _compile_grammars(sources, book.words, known, problems)
    if problems:
        raise RuleError(problems)
    return Rulebook(sources, book.words, book.lexicon, grammars, where)


def _compile_grammars(
    sources: RuleSources, words: Words, known: Mapping[str, Compiled], problems: list[Problem]
) -> tuple[dict[tuple[str, str], Grammar], dict[str, str]]:
    """The rules by stage and kind, and where each stands."""
    grammars: dict[tuple[str, str], list[tuple[Rule, Compiled]]] = {}
    where: dict[str, str] = {}
    for file in sources.files:
        for number, rule in zip(file.numbers, file.content.rules, strict=True):
            line, _ = file.source.where("rules", number)
            where[rule.id] = f"{file.source.file}:{line}"
            for place, pattern in enumerate(rule.pattern):
                compiled = known.get(pattern)
                try:
                    if compiled is None:
                        compiled = compile_pattern(parse_pattern(pattern), words, place)
                    elif compiled.place != place:
                        compiled = replace(compiled, place=place)
                except PatternError as error:
                    problems.append(_pattern_problem(error, rule.id, file.source, "rules", number, "pattern", place))
                else:
                    grammars.setdefault((file.stage, rule.finds or file.stage), []).append((rule, compiled))
            raw = list(_compile_raw(rule, number, file, words, problems))
            if raw:
                grammars.setdefault((file.stage, rule.finds or file.stage), []).extend(raw)
    return {key: Grammar(rules) for key, rules in grammars.items()}, where


def _compile_raw(
    rule: Rule, number: int, file: ReadFile, words: Words, problems: list[Problem]
) -> Iterator[tuple[Rule, Compiled]]:
    """The token patterns of a rule, numbered after its patterns."""
    for place, elements in enumerate(rule.token_pattern):
        try:
            if file.stage in WITHOUT_TOKENS:
                raise PatternError(f"the stage {file.stage} has no tokens", 1, "token-pattern", "write a pattern")
            yield rule, compile_raw(elements, words.split, len(rule.pattern) + place)
        except PatternError as error:
            line, column = raw_at(file.source, number, place, error.column - 1)
            problems.append(Problem(file.source.file, line, column, error.code, f"{rule.id}: {error}", error.cure))


def raw_at(source: Source, number: int, place: int, element: int) -> tuple[int, int]:
    """Line and column of an element of a token pattern; a rule with one may list its elements at once."""
    path = ("rules", number, "token_pattern", place, element)
    return source.where(*(path if path in source.marks else (*path[:3], element)))


def _pattern_problem(error: PatternError, name: str, source: Source, *path: str | int) -> Problem:
    line, column = source.text_at(*path)
    return Problem(source.file, line, column + error.column - 1, error.code, f"{name}: {error}", error.cure)


def _classes(sources: RuleSources, problems: list[Problem]) -> dict[str, tuple[Node, ...]]:
    classes: dict[str, tuple[Node, ...]] = {}
    for file in sources.files:
        for name, entries in file.content.words.items():
            for place, entry in enumerate(entries):
                try:
                    classes[name] = (*classes.get(name, ()), parse_pattern(entry))
                except PatternError as error:
                    problems.append(_pattern_problem(error, name, file.source, "words", name, place))
    return classes


def lexicon_names(sources: RuleSources, split: Split) -> Iterator[Name]:
    """Every name of the lexicon; `~name` stands for all its forms."""
    inflect = inflector(sources.settings("inflection"))

    def forms(name: str) -> tuple[str, ...]:
        return inflect(name[1:]) if name.startswith("~") else (name,)

    for file in sources.from_top:
        for kind, entries in file.content.lexicon.items():
            for entry in entries:
                value = entry.model_dump(exclude={"names", "plurals"}, exclude_none=True)
                source = f"{sources.language}.{file.stem}.{kind}"
                for name in (form for each in entry.names for form in forms(each)):
                    yield Name(kind, split(name), value, source)
                for name in (form for each in entry.plurals for form in forms(each)):
                    yield Name(kind, split(name), value | {"plural": True}, source)


def gather_words(sources: RuleSources, classes: Mapping[str, tuple[Node, ...]], split: Split) -> Words:
    """What the patterns of a rule base refer to."""
    listed = sources.settings("tokens").get("frequent", [])
    frequent = frozenset(norm for word in listed for norm in split(word))
    return Words(classes, inflector(sources.settings("inflection")), split, frequent)


def inflector(settings: Mapping[str, Any]) -> Callable[[str], tuple[str, ...]]:
    """Forms of a lemma: those listed under `irregular`, else what the first fitting `regular` line makes."""
    irregular: Mapping[str, list[str]] = settings.get("irregular", {})
    regular = [(re.compile(line["ending"]), line["forms"]) for line in settings.get("regular", [])]

    def inflect(lemma: str) -> tuple[str, ...]:
        if lemma in irregular:
            return (lemma, *irregular[lemma])
        head, blank, tail = lemma.partition(" ")
        for ending, forms in regular:
            if ending.search(head):
                return tuple(dict.fromkeys(ending.sub(form, head) + blank + tail for form in ["\\g<0>", *forms]))
        return (lemma,)

    return inflect
