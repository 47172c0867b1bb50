# Needs Python 3.11+ and make; everything else is set up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test check format bench train lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(STAMP) ## make .venv with the pinned dependencies

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

run: $(STAMP) ## index the bundled report where the data folder is empty, and open the chat
	$(BIN)/pincite serve

test: $(STAMP) ## run the whole test suite, browser tests included
	$(BIN)/python tests/ui/install_chromium.py
	$(BIN)/python -m pytest

check: $(STAMP) ## lint, format, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(STAMP) ## format and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure quality and speed on the bundled report
	$(BIN)/python -m tests.benchmarks

train: $(STAMP) ## train the built-in embedding model from DATA=folder
	$(BIN)/python -m index.training $(DATA) index/model

lock: ## pin anew what pyproject.toml asks for
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet torch==2.13.0
	build/lock/bin/python -m pip install --quiet '.[dev]'
	build/lock/bin/python -m pip freeze --exclude pincite | sed 's/+cpu$$//' > requirements.lock

clean: ## delete what the targets made, not the data folder
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
