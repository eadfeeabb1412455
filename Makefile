# `make help` lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell $(p) -c \
	'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
CORPUS ?= corpus/sample
OUT ?= outputs
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq
LOCKS := requirements/base.txt requirements/build.txt requirements/pkuseg.txt
FAST := not slow and not benchmark
ALL := not benchmark
MARKS := $(if $(filter true,$(CI)),$(ALL),$(FAST))
PYTEST := $(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: run
run: $(VENV)/.editable ## ingest CORPUS (corpus/sample) into OUT (outputs)
	$(BIN)/zhibiao ingest "$(CORPUS)" --out "$(OUT)"
	@echo "To read and correct them in a browser: $(BIN)/zhibiao review $(OUT) --open"

.PHONY: setup
setup: $(VENV)/.stamp-dev $(VENV)/.editable ## create .venv with everything, the tools for development too

.PHONY: compiled
compiled: compiled-wheel ## install the engine as machine code (minutes; needs a C compiler); run and setup undo it
	@rm -f "$(VENV)/.editable"
	@$(PIP) install --no-deps --force-reinstall build/compiled/*.whl
	@cd / && "$(abspath $(BIN))/zhibiao" --version

.PHONY: compiled-wheel
compiled-wheel: $(VENV)/.stamp
	@command -v $(firstword $(CC)) >/dev/null || { echo "No C compiler found: install gcc or clang, or say make compiled CC=/path/to/it" >&2; exit 1; }
	@echo "Compiling the engine (some minutes) ..."
	@$(PIP) install -r requirements/compiled.txt
	@rm -rf build/compiled
	@$(BIN)/python -m hatchling build -t sdist -d build/compiled >/dev/null
	@CC="$(CC)" HATCH_BUILD_HOOK_ENABLE_MYPYC=true \
		$(PIP) wheel --no-build-isolation --no-deps -w build/compiled build/compiled/*.tar.gz

.PHONY: test
test: lint types ## ruff, mypy and the fast tests (with CI=true the slow ones too)
	$(PYTEST) -m "$(MARKS)"

.PHONY: test-all
test-all: lint types ## ruff, mypy and all tests but the benchmarks
	$(PYTEST) -m "$(ALL)"

.PHONY: test-fast
test-fast: setup ## only the fast tests
	$(PYTEST) -m "$(FAST)"

.PHONY: lint
lint: setup ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: format
format: setup ## bring everything into ruff's format, and mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: setup ## mypy, strict
	$(BIN)/mypy

.PHONY: bench
bench: setup ## measure speed and memory (BENCH=--quick, BENCH="stages night", BENCH=--check; RECORD=1 keeps it)
	$(BIN)/python -m tests.bench $(BENCH) $(if $(RECORD),--record)

.PHONY: bench-compiled
bench-compiled: setup compiled-wheel ## compile the engine, measure it and the Python it is made of (BENCH, RECORD too)
	$(BIN)/python -m tests.bench stages whole compiled $(BENCH) $(if $(RECORD),--record)

.PHONY: docs
docs: setup ## the documentation as a site: docs/_build/html/index.html
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

.PHONY: lock
lock: ## choose new versions for requirements/*.txt within the ranges of pyproject.toml
	@PYTHON="$(PYTHON)" bash requirements/lock.sh

.PHONY: clean
clean: ## remove .venv, caches and builds; outputs stay
	rm -rf $(VENV) build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.stamp: $(LOCKS) pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found: install one, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up $(VENV) (some minutes) ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) install -r requirements/build.txt
	@$(PIP) install --no-build-isolation -r requirements/base.txt
	@$(PIP) install --no-build-isolation --no-cache-dir --no-deps -r requirements/pkuseg.txt || \
		echo "pkuseg was not built, so its tokenizer is missing: install a C++ compiler, then 'make clean setup'" >&2
	@touch $@

$(VENV)/.editable: $(VENV)/.stamp
	@$(PIP) install --no-build-isolation --no-deps --force-reinstall -e .
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp requirements/dev.txt requirements/compiled.txt
	@$(PIP) install -r requirements/dev.txt -r requirements/compiled.txt
	@touch $@
