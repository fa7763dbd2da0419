"""`extract rules`: the verbs for those who edit rules."""

from __future__ import annotations

import argparse
import json
import re
import sys

from extract.cli.rules_check import add_check
from extract.cli.rules_measure import add_coverage, add_impact, add_watch
from extract.cli.verb import Verbs, add_rules, add_verb, rule_folders

_MOST_SHOWN = 12


def add_rule_verbs(verbs: Verbs) -> None:
    """Add the verb `rules` with its own verbs."""
    parser = verbs.add_parser(
        "rules",
        help="check, list, show, start and measure rules",
        description="Tools for those who edit rules.",
        epilog="Example:\n  extract rules check rules/en/triggers.yaml",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inner: Verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    add_check(inner)
    _add_list(inner)
    _add_show(inner)
    _add_new(inner)
    add_coverage(inner)
    add_impact(inner)
    add_watch(inner)


# ---- list, show, new -------------------------------------------------------------------------------------------------


def _add_list(verbs: Verbs) -> None:
    parser = add_verb(verbs, "list", "list rules by id, with what each is for", "extract rules list call phone", list_)
    parser.add_argument("words", metavar="WORD", nargs="*", help="only rules that hold all of these words")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    add_rules(parser)


def list_(options: argparse.Namespace) -> int:
    """Print one line a rule; status 1 where no rule holds the words."""
    from extract.workshop.catalog import list_rules

    found = list_rules(rule_folders(options), tuple(options.words))
    if options.json:
        rows = [{"id": p.rule.id, "file": p.file.source.file, "about": p.rule.about} for p in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        width = max((len(placed.rule.id) for placed in found), default=0)
        for placed in found:
            print(f"{placed.rule.id:<{width}}  {placed.rule.about}")
    print(f"{len(found)} rules", file=sys.stderr)
    return 0 if found else 1


def _add_show(verbs: Verbs) -> None:
    parser = add_verb(
        verbs, "show", "show one rule as written, with its word classes", "extract rules show en.triggers.meet", show
    )
    parser.add_argument("id", metavar="ID", help="the rule's id")
    add_rules(parser)


def show(options: argparse.Namespace) -> int:
    """Print the rule, its place, and the classes that it uses."""
    from extract.workshop.catalog import show_rule

    card = show_rule(rule_folders(options), options.id)
    print(card.place, card.text, sep="\n")
    for name, place, entries in card.classes:
        told = ", ".join(entries[:_MOST_SHOWN]) + (f", … {len(entries)} in all" if len(entries) > _MOST_SHOWN else "")
        print(f"\n{{{name}}}  {place}\n  {told}")
    return 0


def _add_new(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "new",
        "start a rule from a sentence, with the words generalized as far as the rules know them",
        'extract rules new "President Ana Ruiz *sat down* with Prime Minister Kofi Mensah."',
        new,
    )
    parser.add_argument("sentence", metavar="SENTENCE", help="the words that tell are *starred*")
    parser.add_argument("--language", metavar="CODE", help="its language (otherwise detected)")
    parser.add_argument("--stage", metavar="FILE", default="triggers", help="the file that the rule is for (triggers)")
    parser.add_argument("--name", metavar="NAME", default="new_rule", help="the last part of the rule's id")
    add_rules(parser)


def new(options: argparse.Namespace) -> int:
    """Print the rule as YAML; say on standard error what it finds in the sentence."""
    from extract.language import likeliest_language
    from extract.pipeline import load_pipeline
    from extract.workshop.stub import start_rule

    if not any(letter.isalnum() for letter in options.sentence):
        print("extract rules new: the sentence holds no word", file=sys.stderr)
        return 2
    pipeline = load_pipeline(rule_folders(options))
    code = options.language or likeliest_language(options.sentence, pipeline.languages)
    if code not in pipeline.languages:
        print(f"extract rules new: no rules for language {code!r}; name one with --language", file=sys.stderr)
        return 2
    stages = sorted({file.stage for file in pipeline.language(code).book.sources.files if file.content.rules})
    if options.stage not in stages:
        print(f"extract rules new: no rules in {options.stage!r}; --stage takes {', '.join(stages)}", file=sys.stderr)
        return 2
    if not re.fullmatch("[a-z0-9_]+", options.name):
        print("extract rules new: --name takes small letters, digits and _", file=sys.stderr)
        return 2
    stub = start_rule(options.sentence, pipeline.language(code), options.stage, options.name)
    print(stub.yaml)
    found = ", ".join(f'"{words}"' for words in stub.found) or "nothing: some word of it is part of a mention"
    print(f"put it under rules: in rules/{code}/{options.stage}.yaml; it finds {found}", file=sys.stderr)
    if stub.plain:
        hint = "for all forms of a word write ~ and its plain form, as in ~meet"
        print(f"taken as they stand: {', '.join(stub.plain)} ({hint})", file=sys.stderr)
    return 0
