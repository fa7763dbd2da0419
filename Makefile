# `make run` and `make test` are all that a bare machine with Python and make needs: they set up .venv themselves.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test check lint types layers rules fuzz golden format clean

run: $(STAMP)
	$(BIN)/extract run corpus/ -o out/meetings.jsonl
	$(BIN)/extract table out/meetings.jsonl

test: $(STAMP)
	$(BIN)/python -m pytest -q -n auto

check: lint types layers rules test

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

rules: $(STAMP)
	$(BIN)/extract rules check

# Damaged articles through readers and pipeline; MINUTES=60 for a long run.
MINUTES ?= 2
fuzz: $(STAMP)
	$(BIN)/python benchmarks/fuzz.py corpus/ --minutes $(MINUTES)

# Writes what is printed today into golden/, README.md and docs/; read the diff before you commit it.
golden: $(STAMP)
	-$(BIN)/python -m pytest -q tests/test_golden.py tests/test_readme.py tests/test_architecture_page.py tests/explain/test_documentation.py --regen-all
	git --no-pager diff --stat -- golden README.md docs

format: $(STAMP)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,parquet,warc]'
	@touch $@
