"""Memory of one process that reads very many articles with a large gazetteer.

    python benchmarks/memory.py ARTICLES.jsonl.gz [--articles 1000000] [--names 50000] [--new-words 2] [--seed 1]

The articles are made of those given, by a seeded generator in a process of its own: some sentences are left out, some
words of each article occur in no other, and now and then a name of the gazetteer is mentioned. The gazetteer are
made-up names of bodies, added to a copy of the shipped rules. Printed are articles, articles a second, and resident
memory in MB; the last line has the largest. Ctrl-C ends the run with what it has.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random  # noqa: TID251 - the articles are seeded, and are no part of the program
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

from extract import load_pipeline
from extract.article import Article
from extract.batch import RunOptions, run
from extract.pipeline import Pipeline
from extract.readers import read_articles
from extract.rulebook.location import default_rules
from extract.schema import Record

_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])|\n+")


def make_word(chance: random.Random) -> str:
    """A word that hardly occurs twice."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(3, 5)))


def make_names(number: int, chance: random.Random) -> list[str]:
    kinds = ("Agency", "Institute", "Council", "Fund", "Authority")
    return [f"{make_word(chance).title()} {make_word(chance).title()} {chance.choice(kinds)}" for _ in range(number)]


def write_rules(folder: Path, names: Sequence[str]) -> Path:
    """The shipped rules with a gazetteer."""
    rules = folder / "rules"
    shutil.copytree(default_rules(), rules)
    rows = (f"    - {{names: [{name}], id: b{at}, name: {name}, type: agency}}\n" for at, name in enumerate(names))
    text = "".join(("about: Made-up bodies.\nlexicon:\n  body:\n", *rows))
    (rules / "en" / "gazetteer.yaml").write_text(text, encoding="utf-8")
    return rules


def make_articles(
    sources: Sequence[Article], number: int, names: Sequence[str], new_words: int, chance: random.Random
) -> Iterator[str]:
    """Lines of JSON."""
    pool = [_SENTENCE_END.split(article.text) for article in sources]
    for at in range(number):
        # Whole articles, so that as many of them as in a crawl tell of a meeting.
        sentences = [each for each in chance.choice(pool) if chance.random() < 0.9] or ["Nothing."]
        for _ in range(new_words):
            place = chance.randrange(len(sentences))
            sentences[place] = f"{sentences[place].rstrip('.')} near {make_word(chance).title()}."
        if at % 5 == 0:
            sentences.append(f"The head of {chance.choice(names)} spoke.")
        yield json.dumps({"id": str(at), "language": "en", "text": " ".join(sentences)})


@dataclass
class Watched:
    """A pipeline that says from time to time how far it is, and how much memory there is in use."""

    pipeline: Pipeline
    every: int
    done: int = 0
    begun: float = field(default_factory=time.perf_counter)

    @property
    def rule_hash(self) -> str:
        return self.pipeline.rule_hash

    def __call__(self, article: Article) -> Record:
        self.done += 1
        if self.done % self.every == 0:
            rate = self.done / (time.perf_counter() - self.begun)
            sys.stdout.write(f"{self.done:>9,} articles  {rate:6.0f}/s  {resident():5.0f} MB\n")
            sys.stdout.flush()
        return self.pipeline(article)


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=50_000)
    parser.add_argument("--new-words", type=int, default=2)
    parser.add_argument("--every", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    names = make_names(options.names, chance)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules = write_rules(folder, names)
        os.mkfifo(folder / "articles")
        generator = multiprocessing.get_context("fork").Process(
            target=feed, args=(folder / "articles", options, names, chance), daemon=True
        )
        generator.start()
        # As every start but the first: the rules are compiled, which takes more memory than to use them.
        compiling = multiprocessing.get_context("fork").Process(target=load_pipeline(rules).load_all)
        compiling.start()
        compiling.join()
        watched = Watched(load_pipeline(rules).load_all(), options.every)
        sys.stdout.write(f"{'rules loaded':>18}  {'':8}  {resident():5.0f} MB\n")
        job = RunOptions((str(folder / "articles"),), Path(os.devnull), folder / "errors", workers=0, quiet=True)
        with suppress(KeyboardInterrupt):
            run(job, load=lambda **_: watched)
        os.kill(generator.pid or 0, SIGKILL)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    sys.stdout.write(f"{watched.done:,} articles, {options.names:,} names: at most {largest:.0f} MB\n")


def feed(fifo: Path, options: argparse.Namespace, names: Sequence[str], chance: random.Random) -> None:
    sources = [item for item in read_articles(options.inputs) if isinstance(item, Article)]
    with suppress(BrokenPipeError, KeyboardInterrupt), fifo.open("w", encoding="utf-8") as lines:
        for line in make_articles(sources, options.articles, names, options.new_words, chance):
            lines.write(f"{line}\n")


if __name__ == "__main__":
    main()
