"""Jobs to run in tests: a pipeline that does what the article tells it to, inputs, and jobs that can be killed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from extract.article import Article
from extract.batch import RunOptions, Summary, job, run
from extract.errors import ArticleError
from extract.schema import ArticleInfo, Evidence, Meeting, Record


class FakePipeline:
    """One meeting for every time the text says `met`; `die`, `die once FILE`, `wait`, `bug`, `refuse` do so."""

    def __init__(self, rule_hash: str = "rules-1", seconds: float = 0.0) -> None:
        self.rule_hash = rule_hash
        self.seconds = seconds

    def __call__(self, article: Article) -> Record:
        self._obey(article.text)
        if self.seconds:
            time.sleep(self.seconds)
        found = list(re.finditer("met", article.text))
        return Record(
            article=ArticleInfo(
                id=article.id,
                source=article.source,
                title=article.title,
                language=article.language or "unknown",
                published=article.published,
                sha256=hashlib.sha256(article.text.encode()).hexdigest(),
            ),
            meetings=tuple(_meeting(article.id, number, match) for number, match in enumerate(found, 1)),
        )

    def _obey(self, text: str) -> None:
        once = re.search(r"die once (\S+)", text)
        if once and not Path(once[1]).exists():
            Path(once[1]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("die always"):
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("exit"):
            os._exit(3)
        if text.startswith("wait"):
            time.sleep(60)
        if text.startswith("poison"):
            re.match(r"(a+)+$", "a" * 40 + "b")
        if text.startswith("bug"):
            raise KeyError("a bug, كما هو\nwith a line break")
        if text.startswith("memory"):
            raise MemoryError
        if text.startswith("deep"):
            self._obey(text)
        if text.startswith("refuse"):
            raise ArticleError("refused-by-pipeline", "this article is refused")


def _meeting(id: str, number: int, match: re.Match[str]) -> Meeting:
    evidence = Evidence(start=match.start(), end=match.end(), rule="en.triggers.fake")
    return Meeting(id=f"{id}#{number}", prominence="main", kind="meeting", status="held", evidence=evidence)


def load_fake(rules: Path | None = None, seconds: float = 0.0) -> FakePipeline:
    """A loader such as the batch job takes; the name of the rule folder is the hash of its rules."""
    return FakePipeline(rules.name if rules else "rules-1", seconds)


def write_articles(folder: Path, texts: list[str], name: str = "in.jsonl") -> Path:
    """Write texts as JSONL and give the file; articles are `a0`, `a1` and so on."""
    path = folder / name
    lines = [json.dumps({"id": f"a{at}", "language": "en", "text": text}) for at, text in enumerate(texts)]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def many_texts(number: int) -> list[str]:
    """Articles with no, one and six meetings; one in fifty is a bug, one in forty refused."""
    texts = ["nothing here", "they met", "they met and met again " * 3]
    return ["bug" if at % 50 == 7 else "refuse" if at % 40 == 9 else f"{texts[at % 3]} {at}" for at in range(number)]


def job_options(folder: Path, *inputs: Path | str, **options: Any) -> RunOptions:
    """Options of a quiet job with two workers that writes out.jsonl and errors.jsonl into the folder."""
    given = {"output": folder / "out.jsonl", "errors": folder / "errors.jsonl", "quiet": True, "workers": 2, **options}
    return RunOptions(tuple(map(str, inputs)), **given)


def run_job(folder: Path, *inputs: Path | str, **options: Any) -> Summary:
    """Run a job in this process with the fake pipeline."""
    return run(job_options(folder, *inputs, **options), load=load_fake)


def start_job(
    folder: Path, *inputs: Path | str, seconds: float = 0.0, prepare: Callable[[], object] = int, **options: Any
) -> ForkProcess:
    """Start a job in a process of its own; its exit code is the job's exit status."""
    chosen = job_options(folder, *inputs, **options)

    def go() -> None:
        # Its own group: a signal for the job must not reach the tests.
        os.setpgid(0, 0)
        job._SAVE_SECONDS = 0.02
        prepare()
        os._exit(run(chosen, load=partial(load_fake, seconds=seconds)).exit_status)

    process = multiprocessing.get_context("fork").Process(target=go)
    process.start()
    return process


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text().splitlines()]
