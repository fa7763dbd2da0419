"""An impact as Markdown, for the description of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from extract.evaluation import FIELDS, Evaluation
from extract.workshop.bench import sentence_of
from extract.workshop.impact import KINDS, Change, Impact

_EXAMPLES = 10
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def format_impact(impact: Impact, base: str) -> str:
    """What a reviewer reads: counts by field and by rule, figures against truth, examples with their sentences."""
    touched = len({change.value.article for change in impact.changes})
    lines = [
        "## What this edit of the rules changes",
        "",
        f"{touched} of {len(impact.articles)} articles change, {len(impact.changes)} values, compared with {base}.",
    ]
    if impact.changes:
        lines += ["", *_table("field", impact), "", *_table("rule", impact)]
    if impact.before and impact.after:
        lines += ["", *_figures(impact.before, impact.after)]
    for kind in KINDS:
        changes = [change for change in impact.changes if change.kind == kind]
        if changes:
            lines += ["", f"### {kind.capitalize()}: {len(changes)}", ""]
            lines += [_example(change, impact) for change in changes[:_EXAMPLES]]
            if len(changes) > _EXAMPLES:
                lines.append(f"- … and {len(changes) - _EXAMPLES} more")
    return "\n".join(lines)


def _table(key: str, impact: Impact) -> Iterator[str]:
    yield f"| {key} | {' | '.join(KINDS)} |"
    yield "|---|" + "--:|" * len(KINDS)
    for name, counts in sorted(impact.count(key).items()):
        yield f"| {name.translate(_SPECIAL)} | {' | '.join(str(counts[kind]) for kind in KINDS)} |"


def _figures(before: Evaluation, after: Evaluation) -> Iterator[str]:
    yield f"Against truth ({after.articles.get('all', 0)} articles), before → after:"
    yield ""
    yield "| field | precision | recall | F1 |"
    yield "|---|--:|--:|--:|"
    old, new = before.scores.get("all", {}), after.scores.get("all", {})
    for field in FIELDS:
        if field in old and field in new:
            cells = [
                _pair(getattr(old[field], name), getattr(new[field], name)) for name in ("precision", "recall", "f1")
            ]
            yield f"| {field.translate(_SPECIAL)} | {' | '.join(cells)} |"
    yield f"| **overall** | | | {_pair(before.overall('all'), after.overall('all'))} |"


def _pair(before: float, after: float) -> str:
    old, new = f"{100 * before:.1f}", f"{100 * after:.1f}"
    return old if old == new else f"{old} → **{new}**"


def _example(change: Change, impact: Impact) -> str:
    value = change.value
    told = value.text.translate(_SPECIAL)
    if change.before and change.after:
        told = f"{change.before.text.translate(_SPECIAL)} → {told}"
    before, words, after = (piece.translate(_SPECIAL) for piece in sentence_of(impact.articles[value.article], value))
    sentence = f"{before}**{words}**{after}".strip()
    rules = ", ".join(f"`{rule}`" for rule in change.rules)
    field, article = value.field.translate(_SPECIAL), value.article.translate(_SPECIAL)
    return f"- {field}: {told}  \n  {sentence}  \n  {rules} in {article}"
