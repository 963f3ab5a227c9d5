# Every target starts from a bare clone: it makes .venv and installs what it needs.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help demo test test-training check eval bench serve models format clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Variorum needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

.venv/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --editable '.[tables]' --group dev
	@touch $@

demo: .venv/.installed ## read examples/, print the stories, write demo.html
	$(BIN)/variorum read examples --json demo.json --html demo.html
	@echo "Open demo.html in a browser."

test: .venv/.dev ## the tests
	$(BIN)/pytest

test-training: ## the tests of the training scripts, which need torch
	$(MAKE) -C training test PYTHON=$(PYTHON)

check: .venv/.dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: .venv/.dev ## the scores, against the floors (needs DATA)
	$(BIN)/python eval/run.py --data $(DATA)

bench: .venv/.dev ## speed and memory (needs DATA)
	$(BIN)/python benchmarks/run.py --data $(DATA)

serve: demo ## demo.html on http://127.0.0.1:8000/demo.html
	@mkdir -p build/site && cp demo.html build/site/
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site 8000

models: ## train the shipped models anew (needs DATA and over an hour)
	$(MAKE) -C training DATA=$(abspath $(DATA)) PYTHON=$(PYTHON)

format: .venv/.dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what make made
	rm -rf .venv build demo.html demo.json
