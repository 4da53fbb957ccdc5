# Every target sets up what it needs in .venv by itself; nothing is done again when nothing changed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
TSC := .tools/npm/node_modules/.bin/tsc

# The sample corpus comes with gold and a second annotator's layer; other SOURCES come without.
SAMPLE := corpus/samples
SOURCES ?= $(SAMPLE)/raw
ifeq ($(SOURCES),$(SAMPLE)/raw)
  BUILD := --config $(SAMPLE)/glose.toml
  SECOND = $(CORPUS)/second.jsonl
  GUIDELINES := $(SAMPLE)/GUIDELINES.md
else
  BUILD := $(SOURCES)
endif
CODE = $(shell find corpus annotate evaluate -name '*.py' -o -name '*.toml' -o -name '*.j2')
CORPUS := build/corpus
EVAL := build/eval
# What people annotate is kept outside of build, which `make clean` removes.
STORE ?= annotations.db
PORT ?= 8000
SYSTEMS := rules crf
# Tests that drive a browser or wait for a server leave a core to others: two tests for each.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(2 * len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "auto")')
LAYERS_SCORED = $(SYSTEMS:%=$(EVAL)/%.jsonl) $(SECOND:%=--human %)

.PHONY: help setup corpus annotate eval test check format docs bench lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## .venv with everything that the targets below need

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later was found; install one or call make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "setting up .venv: once, some 1.1 GB, a minute or so" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# uv is some three times quicker than pip; where it cannot be had, pip does the same.
	@test -x .tools/bin/uv || { $(PYTHON) -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv; } || rm -rf .tools
	@if test -x .tools/bin/uv; then \
		.tools/bin/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode constraints.txt && \
		.tools/bin/uv pip install --quiet --python $(BIN)/python --no-deps --editable .; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .; \
	fi
	@$(BIN)/python -m compileall -q corpus/glose annotate/glose evaluate/glose
	@touch $@

corpus: $(READY)  ## documents of the sample (or SOURCES=...) -> build/corpus, validated, with statistics
	@$(MAKE) --no-print-directory $(CORPUS)/corpus.json
	@$(BIN)/glose corpus stats $(CORPUS)

$(CORPUS)/corpus.json: $(READY) $(CODE) $(shell find $(SOURCES) -type f 2>/dev/null) $(wildcard $(SAMPLE)/*.*)
	$(BIN)/glose corpus build $(BUILD) -o $(CORPUS)
	$(BIN)/glose corpus validate $(CORPUS)

annotate: $(READY)  ## the annotation app in the browser, on the corpus (STORE=..., PORT=...)
	@$(MAKE) --no-print-directory $(CORPUS)/corpus.json
	@$(BIN)/glose annotate serve $(CORPUS) --store $(STORE) --port $(PORT) $(GUIDELINES:%=--guidelines %) \
		$(patsubst %,--suggestions %,$(wildcard $(SYSTEMS:%=$(EVAL)/%.jsonl)))

eval: $(READY)  ## corpus, extractors on the test split, scores with intervals, build/eval/report.html
	@$(MAKE) --no-print-directory $(CORPUS)/corpus.json
	@test -f $(CORPUS)/gold.jsonl || { echo "make: $(CORPUS) has no gold.jsonl to score against; annotate it first" >&2; exit 1; }
	@$(MAKE) --no-print-directory $(EVAL)/report.html
	@$(BIN)/glose evaluate score $(CORPUS)/gold.jsonl $(LAYERS_SCORED) --split test
	@echo "the report: $(EVAL)/report.html"

$(EVAL)/%.model: $(CORPUS)/corpus.json
	$(BIN)/glose annotate train $* $(CORPUS) --split train -o $@

$(EVAL)/%.jsonl: $(EVAL)/%.model
	$(BIN)/glose annotate run $*:$< $(CORPUS) --split test -o $@

$(EVAL)/report.html: $(SYSTEMS:%=$(EVAL)/%.jsonl)
	$(BIN)/glose evaluate report $(CORPUS)/gold.jsonl $(LAYERS_SCORED) --split test -p default -p coreference -p times --by agency --by length -o $@

.SECONDARY:

test: $(READY)  ## every test
	@$(BIN)/pytest -q -n $(WORKERS)

check: $(READY)  ## lint, types, layers, documentation tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@if command -v npm >/dev/null; then \
		test -x $(TSC) || npm install --silent --no-audit --no-fund --prefix .tools/npm typescript@5.9.3; \
		$(TSC) --project annotate/web/jsconfig.json; \
	elif test -n "$${CI:-}"; then echo "make: no npm, which checks the types of annotate/web" >&2; exit 1; \
	else echo "make: no npm here, so the types of annotate/web are not checked" >&2; fi
	@$(BIN)/pytest -q tests/test_layers.py tests/test_documentation.py tests/test_house.py

format: $(READY)  ## put the code into the house format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

docs: $(READY)  ## write docs/cli.md and the table of references in docs/metrics.md anew
	@$(BIN)/python docs/generate.py
	@$(BIN)/python -m tests.evaluate.parity.references

bench: $(READY)  ## the benchmarks, against peers, in one run
	@$(BIN)/python benchmarks/throughput.py
	@$(BIN)/python benchmarks/rendering.py
	@$(BIN)/python benchmarks/application.py
	@$(BIN)/python benchmarks/journal.py
	@$(BIN)/python benchmarks/load.py
	@$(BIN)/python -m benchmarks.formats
	@$(BIN)/python -m benchmarks.duplicates
	@$(BIN)/python -m benchmarks.scorers

clean:  ## remove what was built; .venv stays
	rm -rf build

lock:  ## write constraints.txt anew (versions and hashes, no addresses)
	@test -x .tools/bin/uv || { $(PYTHON) -m venv .tools && .tools/bin/pip install --quiet uv; }
	.tools/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --custom-compile-command "make lock" \
		--group dev pyproject.toml -o constraints.txt
