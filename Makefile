# make run    the dashboard on http://127.0.0.1:8501 (PORT=… for another port)
# make test   lint, types, all tests; installs what it needs, also a Chromium when there is none
# make bench  every figure of the README, printed (BENCH=name for one)
# make lint · make format · make compile · make wheel · make clean

PYTHON ?= python3
PORT ?= 8501
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint format compile bench wheel clean

run: $(VENV)/.run
	$(BIN)/contactline serve --port $(PORT)

test: lint $(VENV)/.chromium
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What reads is compiled at installation and read plain once it is changed: this compiles it again.
compile: $(VENV)/.dev
	$(BIN)/python setup.py -q compile

bench: $(VENV)/.bench $(VENV)/.chromium compile
	$(BIN)/python -m benchmarks $(BENCH)

wheel: $(VENV)/.dev
	rm -rf build
	$(BIN)/python -m build --wheel --outdir dist

clean:
	rm -rf $(VENV) build dist *.egg-info geo/_compiled

# Stamps: what is installed is installed again only when pyproject.toml changes.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "contactline needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Call: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[readers]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	@touch $@

$(VENV)/.chromium: $(VENV)/.dev
	bash .ci/chromium $(BIN)/python
	@touch $@
