"""Damage articles and run them through readers and pipeline, for as many minutes as asked.

    python benchmarks/fuzz.py ARTICLES.jsonl [--minutes 2] [--seed 1]

Each damaged input must end as a record, or as an error of a known kind. A bug, a dead worker or a time limit is
printed once for each place with its traceback, and kept in out/fuzz/. Exit status 1 where there was any.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random  # noqa: TID251 - the damage is seeded, and nothing of it reaches a record
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extract import load_pipeline
from extract.article import Article
from extract.batch import Pipeline, RunOptions, run
from extract.readers import read_articles

FOLDER = Path("out/fuzz")
FINDINGS = ("bug", "worker-died", "time-limit")
ENDINGS = (".txt", ".json", ".jsonl", ".jsonl.gz", ".html")
# What text processing stumbles over: joiners, marks, direction, presentation forms, digits of other scripts, dashes.
ODD = (
    "\u200d\u200f\u202e\u0640\u064b\u0301\ufdfa\ufb01\u0660\u06f0\u2028\ufeff\U0001f91d\u00a0–—\"'().,;:\n\r\t-#*[]{}\\"
)


def damage(text: str, chance: random.Random) -> str:
    """Cut, repeat, swap and put in, a few times."""
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice((1, 1, 2, 10, 200))
        piece = text[at : at + length]
        text = (
            text[:at]
            + chance.choice(
                (
                    "",
                    piece * 2,
                    piece[::-1],
                    piece.upper(),
                    piece.swapcase(),
                    chance.choice(ODD) * length,
                    piece + chance.choice(ODD),
                )
            )
            + text[at + length :]
        )
    return text


def encode(article: Article, ending: str, chance: random.Random) -> bytes:
    text = damage(article.text, chance)
    fields = {"id": "a", "text": text, "published": chance.choice(("2025-05-12", "0001-01-01", "9999-12-31", None))}
    if ending == ".txt":
        data = text.encode()
    elif ending == ".html":
        data = f"<html><body><article><h1>{text[:60]}</h1><p>{text[60:]}</p></article></body></html>".encode()
    else:
        data = json.dumps(fields, ensure_ascii=chance.random() < 0.5).encode()
    if chance.random() < 0.2:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randint(0, 8)) + data[at + chance.randint(0, 8) :]
    return gzip.compress(data) if ending.endswith(".gz") else data


def round_of(
    articles: Sequence[Article], folder: Path, chance: random.Random, pipeline: Pipeline, known: set[str]
) -> Counter[str]:
    """Run two hundred damaged inputs as one job; the kinds of its errors, and `record`."""
    source = folder / "in"
    source.mkdir()
    for number in range(200):
        ending = chance.choice(ENDINGS)
        (source / f"{number:03}{ending}").write_bytes(encode(chance.choice(articles), ending, chance))
    options = RunOptions((str(source),), folder / "out.jsonl", folder / "errors.jsonl", quiet=True, time_limit=20.0)
    summary = run(options, load=lambda **_: pipeline)
    keep_findings(folder, known)
    return Counter({"record": summary.records, **summary.errors})


def keep_findings(folder: Path, known: set[str]) -> None:
    """Print and keep the first input of every kind of finding, told apart by where it happened."""
    for line in (folder / "errors.jsonl").read_text().splitlines():
        error = json.loads(line)
        places = [row for row in error.get("traceback", "").splitlines() if row.lstrip().startswith("File ")]
        sign = places[-1] if places else error["kind"]
        if error["kind"] in FINDINGS and sign not in known:
            known.add(sign)
            kept = FOLDER / f"{len(known)}-{Path(error['input']).name}"
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(Path(error["input"]).read_bytes())
            sys.stdout.write(f"{kept}: {error['kind']}: {error['message']}\n{error.get('traceback', '')}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = [item for item in read_articles(options.inputs) if isinstance(item, Article)]
    chance, pipeline, seen = random.Random(options.seed), load_pipeline().load_all(), Counter[str]()
    known: set[str] = set()
    ends = time.perf_counter() + 60 * options.minutes
    while time.perf_counter() < ends:
        with tempfile.TemporaryDirectory() as folder:
            seen += round_of(articles, Path(folder), chance, pipeline, known)
    total = seen.total()
    sys.stdout.write(
        f"{total:,} inputs: " + ", ".join(f"{count:,} {kind}" for kind, count in seen.most_common()) + "\n"
    )
    return int(any(seen[kind] for kind in FINDINGS))


if __name__ == "__main__":
    raise SystemExit(main())
