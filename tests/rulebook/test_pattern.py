"""The pattern language as text: what it parses to, and where it refuses."""

from __future__ import annotations

import pytest

from extract.rulebook.pattern import (
    MOST_REPEATS,
    Choice,
    Edge,
    Gap,
    Lemma,
    MentionOf,
    Node,
    PatternError,
    Repeat,
    Sequence,
    Slot,
    Unless,
    Word,
    WordClass,
    parse_pattern,
    walk,
)

TREES: dict[str, tuple[str, Node]] = {
    "a word": ("met", Word("met")),
    "words in a row": ("met with", Sequence((Word("met"), Word("with")))),
    "a sign in quotes": ('"("', Word("(")),
    "a word with an apostrophe": ("'s", Word("'s")),
    "a lemma": ("~meet", Lemma("meet")),
    "alternatives": ("a | b", Choice((Word("a"), Word("b")))),
    "a group": ("(a | b) c", Sequence((Choice((Word("a"), Word("b"))), Word("c")))),
    "an optional part": ("[a] b", Sequence((Repeat(Word("a"), 0, 1), Word("b")))),
    "one or more": ("a+", Repeat(Word("a"), 1, MOST_REPEATS)),
    "any number": ("(a)* b", Sequence((Repeat(Word("a"), 0, MOST_REPEATS), Word("b")))),
    "a gap of words": ("a ..3 b", Sequence((Word("a"), Gap(3, False), Word("b")))),
    "a gap over marks": ("a ...12 b", Sequence((Word("a"), Gap(12, True), Word("b")))),
    "a word class": ("{aux}", WordClass("aux")),
    "a mention": ("<person>", MentionOf("person")),
    "a mention with features": ("<person.named.bare>", MentionOf("person", ("named", "bare"))),
    "a mention in a slot": ("<person:host>", Slot("host", MentionOf("person"))),
    "a slot of a group": ("host:(a | b)", Slot("host", Choice((Word("a"), Word("b"))))),
    "a slot of a class": ("a:{actors}", Slot("a", WordClass("actors"))),
    "a slot of a lemma": ("span:~meet", Slot("span", Lemma("meet"))),
    "a repeated part in a slot": ("a:(b)+", Slot("a", Repeat(Word("b"), 1, MOST_REPEATS))),
    "not followed by": ("a !(b)", Sequence((Word("a"), Unless(Word("b"))))),
    "not preceded by": ("!<(b) a", Sequence((Unless(Word("b"), behind=True), Word("a")))),
    "the edges": ("^ a $", Sequence((Edge("^"), Word("a"), Edge("$")))),
    "Arabic words": ("التقى مع", Sequence((Word("التقى"), Word("مع")))),
    "a colon is a word": ("a : b", Sequence((Word("a"), Word(":"), Word("b")))),
}


@pytest.mark.parametrize(("text", "tree"), TREES.values(), ids=TREES)
def test_a_pattern_parses_to_its_tree(text: str, tree: Node) -> None:
    assert parse_pattern(text) == tree


REFUSED = {
    "nothing": ("", 1),
    "an open group": ("a (b", 5),
    "an open option": ("a [b c", 7),
    "a closing bracket too many": ("a) b", 2),
    "an empty group": ("a () b", 4),
    "an empty alternative": ("a | | b", 5),
    "an alternative that ends": ("(a |)", 5),
    "a gap without a number": ("a .. b {", 8),
    "a class without a name": ("a {} b", 3),
    "a class in capitals": ("a {Aux} b", 3),
    "a kind of two words": ("a <per son>", 3),
    "a lemma without a word": ("a ~ b", 3),
    "a quotation without end": ('a "b', 3),
    "a repetition of nothing": ("+ a", 1),
    "a repetition twice": ("a+* b", 3),
    "a negation without group": ("a !b", 3),
}


@pytest.mark.parametrize(("text", "column"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_column(text: str, column: int) -> None:
    with pytest.raises(PatternError) as refused:
        parse_pattern(text)
    assert refused.value.column == column
    assert refused.value.code == "pattern-syntax"
    assert refused.value.cure


def test_parts_remember_their_column() -> None:
    at = {node.at for node in walk(parse_pattern("a {b} ..3 <c>")) if isinstance(node, WordClass | Gap | MentionOf)}
    assert at == {3, 7, 11}
