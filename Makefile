# Every target sets up what it needs in .venv by itself; nothing is done again when nothing changed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
SOURCES ?= corpus/samples/raw

.PHONY: help setup corpus annotate eval test check format docs bench lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## .venv with everything that the targets below need

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later was found; install one or call make PYTHON=/path/to/python" >&2; exit 1; }
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

lock:  ## write constraints.txt anew (versions and hashes, no addresses)
	@test -x .tools/bin/uv || { $(PYTHON) -m venv .tools && .tools/bin/pip install --quiet uv; }
	.tools/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --custom-compile-command "make lock" \
		--group dev pyproject.toml -o constraints.txt
