"""What patterns match once compiled, which slots they fill, and which ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import build_book, build_marked
from extract.errors import RuleError
from extract.rulebook.compile import compile_pattern
from extract.rulebook.pattern import PatternError, parse_pattern
from extract.rulebook.view import Match, build_view

WORDS = """\
settings: {irregular: {meet: [meets, met], hold: [holds, held]}, regular: [{ending: '$', forms: [s, ed]}]}
words:
  aux: [has, had, "due to"]
  actors: ["<person> (and <person>)*"]
  slotted: ["by who:<person>"]
  fixed: ["after the ..4"]
"""


def find(folder: Path, pattern: str, text: str) -> list[tuple[Match, list[str]]]:
    sentence, mentions, _ = build_marked(text)
    rule = f"  - {{id: xx.things.t, about: A test, pattern: '{pattern.replace(chr(39), chr(39) * 2)}'}}\n"
    book = build_book(folder, inflection=WORDS, things=f"rules:\n{rule}")
    matches = book.grammar("things", "things").find(build_view(sentence, mentions))
    return [(match, [token.text for token in sentence.tokens]) for match in matches]


def found(folder: Path, pattern: str, text: str) -> list[str]:
    return [" ".join(words[match.start : match.end]) for match, words in find(folder, pattern, text)]


MATCHES = {
    "a word in any case": ("met", "They Met", ["Met"]),
    "not a part of a word": ("met", "the metal", []),
    "each occurrence": ("a b", "a b a b", ["a b", "a b"]),
    "a lemma in its forms": ("~meet", "meet meets met meant", ["meet", "meets", "met"]),
    "a lemma with a particle": ("~hold up", "he held up", ["held up"]),
    "a lemma by the rules": ("~start", "it started", ["started"]),
    "the first alternative that fits": ("(b|c)", "a b c", ["b", "c"]),
    "the longest of plain words": ("(due|due to)", "due to", ["due to"]),
    "an option taken": ("[the] talks", "the talks", ["the talks"]),
    "an option left": ("[the] talks", "talks", ["talks"]),
    "many": ("very+ good", "very very good", ["very very good"]),
    "none of many": ("very* good", "good", ["good"]),
    "a gap as short as can be": ("a ..3 b", "a x b b", ["a x b"]),
    "a gap of its length": ("a ..2 b", "a x y b", ["a x y b"]),
    "no longer gap": ("a ..2 b", "a x y z b", []),
    "a gap stops at marks": ("a ..3 b", "a , b", []),
    "a wide gap crosses marks": ("a ...3 b", "a , b", ["a , b"]),
    "a word class": ("{aux} met", "has met", ["has met"]),
    "a phrase of a class": ("{aux} met", "due to met", ["due to met"]),
    "the start": ("^ a", "a a", ["a"]),
    "the end": ("a $", "a a", ["a"]),
    "not before": ("a !(b)", "a b a c", ["a"]),
    "not after": ("!<(b) a", "b a", []),
    "not after, elsewhere": ("!<(b) a", "c a", ["a"]),
    "a mention is one part": ("met <person>", "met [person Ana Ruiz]", ["met Ana Ruiz"]),
    "words inside a mention are not seen": ("Ruiz", "met [person Ana Ruiz]", []),
    "a mention of another kind": ("<city>", "[person Ana]", []),
    "a feature": ("<person.named>", "[person.bare Ana] [person.named Bo]", ["Bo"]),
    "a feature by its whole name": ("<person.name>", "[person.named Bo]", []),
    "two features": ("<person.a.b>", "[person.b.a Ana] [person.a Bo]", ["Ana"]),
    "any actor": ("<actor>", "[person Ana] [country Oman] [time today]", ["Ana", "Oman"]),
    "any place": ("<place>", "[city Rome] [person Ana]", ["Rome"]),
    "a capital": ("<cap>", "a Bc D", ["Bc", "D"]),
    "a number": ("<number>", "a 12", ["12"]),
    "a mark": ("<punct>", "a , b", [","]),
    "a list of actors": ("{actors}", "[person Ana] and [person Bo] left", ["Ana and Bo"]),
    "a sign in quotes": ('"," b', "a , b", [", b"]),
    "a gap guarded by words may repeat": ("a ({fixed} b)", "a after the x b", ["a after the x b"]),
}


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES.values(), ids=MATCHES)
def test_a_pattern_finds(pattern: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, pattern, text) == expected


SLOTS = {
    "a mention": ("<person:a> met", "[person Ana Ruiz] met", {"a": "Ana Ruiz"}),
    "words": ("met what:(a friend)", "met a friend", {"what": "a friend"}),
    "two fillers of one slot": ("a:<person> and a:<person>", "[person Ana] and [person Bo]", {"a": "Ana and Bo"}),
    "a slot in a class": ("met {slotted}", "met by [person Ana]", {"who": "Ana"}),
    "a slot in a slot": ("all:(met who:<person>)", "met [person Ana]", {"all": "met Ana", "who": "Ana"}),
    "an option left out": ("met [with who:<person>]", "met", {}),
}


@pytest.mark.parametrize(("pattern", "text", "slots"), SLOTS.values(), ids=SLOTS)
def test_slots_hold_what_they_name(pattern: str, text: str, slots: dict[str, str], tmp_path: Path) -> None:
    ((match, words),) = find(tmp_path, pattern, text)
    assert {name: " ".join(words[slice(*(match.span(name) or ()))]) for name in match.slots} == slots


def test_a_slot_gives_its_mentions(tmp_path: Path) -> None:
    ((match, _),) = find(tmp_path, "a:{actors} left", "[person Ana] and [person Bo] left")
    assert [mention.start for mention in match.mentions("a")] == [0, 2]


REFUSED = {
    "no such class": ("a {nope}", 3, "dangling-class"),
    "only optional parts": ("[a] [b]", 1, "empty-match"),
    "only a gap": ("..3", 1, "empty-match"),
    "only a negation": ("!(a)", 1, "empty-match"),
    "a gap that repeats": ("(a ..3)+ b", 8, "blow-up"),
    "a repetition that repeats": ("(a+ b)* c", 7, "blow-up"),
    "a repetition through a class": ("({actors})+ c", 11, "blow-up"),
    "a phrase behind": ("!<(a b) c", 1, "look-behind"),
    "a mention behind": ("!<(<person>) c", 1, "look-behind"),
    "too many alternatives": (" | ".join(f"w{n}" for n in range(1_001)), 1, "blow-up"),
}


@pytest.mark.parametrize(("pattern", "column", "code"), REFUSED.values(), ids=REFUSED)
def test_a_pattern_is_refused(pattern: str, column: int, code: str, tmp_path: Path) -> None:
    words = build_book(tmp_path, inflection=WORDS, things="rules: []\n").words
    with pytest.raises(PatternError) as refused:
        compile_pattern(parse_pattern(pattern), words)
    assert (refused.value.column, refused.value.code) == (column, code)


def test_a_rule_book_names_every_refused_pattern_at_its_place(tmp_path: Path) -> None:
    rules = "rules:\n" + "".join(
        f"  - {{id: xx.things.{name}, about: A test, pattern: '{pattern}'}}\n"
        for name, pattern in (("one", "a {nope}"), ("two", "b (c"))
    )
    with pytest.raises(RuleError) as refused:
        build_book(tmp_path, things=rules)
    problems = refused.value.problems
    assert [problem.code for problem in problems] == ["dangling-class", "pattern-syntax"]
    assert problems[0].line + 1 == problems[1].line


def test_a_rule_is_entered_only_where_its_words_are(tmp_path: Path) -> None:
    book = build_book(tmp_path, things="rules:\n  - {id: xx.things.t, about: A test, pattern: '(met|held) <person>'}\n")
    grammar = book.grammar("things", "things")
    views = [build_view(*build_marked(text)[:2]) for text in ("[person Ana] left", "they met", "met [person Ana]")]
    assert [len(grammar.candidates(view.keys)) for view in views] == [0, 0, 1]
