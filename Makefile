# Needs Python 3.11+ and make; everything else is set up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test kill-test check format bench bench-statutes bench-cmrc bench-ranking bench-scale bench-peers \
	train train-reader train-refusal folds lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

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

kill-test: $(STAMP) ## kill changes of a library at 200 random moments
	KILLS=200 $(BIN)/python -m pytest -q tests/safety/test_kill.py

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

bench-statutes: $(STAMP) ## measure the library with the 138,856 articles of DATA=folder; takes minutes
	$(BIN)/python -m tests.benchmarks.statutes $(DATA)

bench-cmrc: $(STAMP) ## measure quotations and short answers on held-out passages of DATA=folder; takes minutes
	$(BIN)/python -m tests.evaluation.cmrc $(DATA)
	$(BIN)/python -m tests.evaluation.cmrc $(DATA) --alone

bench-scale: $(STAMP) ## measure speed and memory from 70 to a million passages of DATA=folder; takes an hour
	$(BIN)/python -m tests.benchmarks.scale $(DATA)

bench-peers: $(STAMP) ## measure other systems on the same passages of DATA=folder; they are installed in build/peers
	test -x build/peers/bin/python || $(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet torch==2.13.0
	build/peers/bin/python -m pip install --quiet --requirement tests/benchmarks/peers.txt
	$(BIN)/python -m tests.benchmarks.peers $(DATA) build/peers/bin/python

bench-ranking: $(STAMP) ## learn the weights of ranking from DATA=folder in folds and measure them; needs make folds, takes an hour
	$(BIN)/python -m tests.benchmarks.ranking $(DATA) build/folds build/ranking

train: $(STAMP) ## train the built-in embedding model from DATA=folder
	rm -rf build/base
	$(BIN)/python -m index.training $(DATA) index/model --base build/base

train-reader: $(STAMP) ## learn what chooses sentences and short answers from DATA=folder; takes minutes
	$(BIN)/python -m assistant.reading.training $(DATA)

folds: $(STAMP) ## tune the base of make train once a fold of the legal questions, and measure
	$(BIN)/python -m index.training.folds $(DATA) build/base build/folds

train-refusal: $(STAMP) ## learn the weights of refusal from DATA=folder and the sets to tune on, and print them
	$(BIN)/python -m assistant.refusal_training $(DATA) tests/evaluation

lock: ## pin anew what pyproject.toml asks for
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet torch==2.13.0
	build/lock/bin/python -m pip install --quiet '.[dev]'
	build/lock/bin/python -m pip freeze --exclude pincite | sed 's/+cpu$$//' > requirements.lock

clean: ## delete what the targets made, not the data folder
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
