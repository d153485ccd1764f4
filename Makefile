# Targets that need Python tools depend on a stamp: the first call makes .venv and installs what
# pyproject.toml names, later calls find the stamp newer than pyproject.toml and go straight on.
# $(RUN) is for what a user of sqlwright has, $(DEV) for what is needed to work on it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
OLDEST := .venv-oldest
OLDEST_PYTHON := python3.11
COMPILED := .venv-compiled
SOURCES = $(shell find generator/sqlwright generator/compil* -type f -not -path '*/__pycache__/*')
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# A worker takes whole files, the longest ones first (tests/conftest.py sorts them).
WORKERS ?= -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder
PYTEST := $(BIN)/python -m pytest
PYTEST_ARGS ?=
FUZZ_ARGS ?=
BENCH_ARGS ?=
TESTS ?= tests -m golden $(WORKERS)
BASE ?= main
SCHEMA ?=
TYPES ?=
export QUERY

# Byte code that is kept makes each of the many commands that tests run start three times as fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

.PHONY: help generate test test-fast test-branch test-oldest test-compiled compiled static check \
	format golden fuzz catalog carriers templates constructors contrib-server bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "sqlwright needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml | $(BIN)/pip
	@$(PIP) install --editable .
	@touch $@

$(DEV): pyproject.toml | $(BIN)/pip
	@$(PIP) install --editable '.[dev]'
	@touch $(RUN) $@

generate: $(RUN) ## write generated/ from schema/ and queries/
	@$(BIN)/sqlwright generate

test: $(DEV) ## run all tests
	@$(PYTEST) $(WORKERS) $(PYTEST_ARGS)

test-fast: $(DEV) ## run the tests that take no server and no long time
	@$(PYTEST) -m "not server and not long" $(WORKERS) $(PYTEST_ARGS)

test-branch: $(DEV) ## run the tests of what differs from BASE (main)
	@tests=$$($(BIN)/python -m generator.tools.branch_tests $(BASE)) \
		&& { [ -z "$$tests" ] || $(PYTEST) $$tests $(WORKERS) $(PYTEST_ARGS); }

test-oldest: $(OLDEST)/.installed ## test on the oldest allowed Python and version of every dependency
	@$(OLDEST)/bin/python -m pytest -m "not long" $(WORKERS) $(PYTEST_ARGS)

$(OLDEST)/.installed: pyproject.toml
	@command -v $(OLDEST_PYTHON) >/dev/null || { echo "there is no $(OLDEST_PYTHON)"; exit 1; }
	@echo "setting up $(OLDEST)"
	@$(OLDEST_PYTHON) -m venv --clear $(OLDEST)
	@$(OLDEST_PYTHON) generator/tools/oldest.py > $(OLDEST)/oldest.txt
	@$(OLDEST)/bin/python -m pip --disable-pip-version-check --quiet \
		install --constraint $(OLDEST)/oldest.txt --editable '.[dev]'
	@touch $@

compiled: $(COMPILED)/.installed ## make a wheel in dist/ whose modules mypyc has compiled (minutes)

test-compiled: $(COMPILED)/.installed ## run all tests on it
	@$(COMPILED)/bin/python -m pytest $(WORKERS) $(PYTEST_ARGS)

$(COMPILED)/.installed: pyproject.toml $(SOURCES)
	@echo "setting up $(COMPILED), which takes some ten minutes of compiling"
	@$(PYTHON) -m venv --clear $(COMPILED)
	@rm -f dist/sqlwright-*.whl
	@SQLWRIGHT_COMPILED=1 $(COMPILED)/bin/python -m pip --disable-pip-version-check --quiet \
		wheel --no-deps --wheel-dir dist .
	@$(COMPILED)/bin/python -m pip --disable-pip-version-check --quiet \
		install "$$(ls $(CURDIR)/dist/sqlwright-*.whl)[dev]"
	@$(COMPILED)/bin/python -c 'from sqlwright import pipeline; assert ".py" not in pipeline.__file__'
	@echo "$(CURDIR)/generator" > "$$($(COMPILED)/bin/python -c \
		'import sysconfig; print(sysconfig.get_path("purelib"))')/tools.pth"
	@touch $@

static: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy generated
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/sqlwright check

check: static test ## everything CI runs: lint, types, layers, freshness, tests; changes nothing

format: $(DEV) ## format and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(DEV) ## rewrite the golden files (those of TESTS) from what the code does now; review the diff
	@$(PYTEST) -q --rewrite-golden $(TESTS)

fuzz: $(DEV) ## put in 20,000 inputs made at random; FUZZ_ARGS="--seed 1 --only 7" does one again
	@$(BIN)/python tests/fuzz/fuzz.py --seed $$(date +%s) $(FUZZ_ARGS)

tree: $(DEV) ## print what each stage makes of QUERY: a query's name, or SQL over SCHEMA (schema/)
	@$(BIN)/python -m generator.tools.tree "$$QUERY" $(SCHEMA)

catalog: $(DEV) ## ask the embedded PostgreSQL again for the facts in catalog/data
	$(BIN)/python -m generator.tools.extract_catalog
	$(BIN)/python -m generator.tools.extract_keywords
	$(BIN)/python -m generator.tools.extract_settings
	$(BIN)/python -m generator.tools.extract_access_methods
	$(BIN)/python -m generator.tools.extract_conditions
	$(BIN)/python -m generator.tools.extract_storage_parameters
	$(BIN)/python -m generator.tools.extract_layouts
	$(BIN)/python -m generator.tools.extract_foreign_functions
	$(BIN)/python -m generator.tools.probe_nulls --blank
	$(BIN)/python -m generator.tools.probe_nulls --infinite

carriers: $(DEV) ## try what asyncpg carries (of TYPES), into codegen/data; asks servers, one with contrib
	$(BIN)/python -W ignore -m generator.tools.probe_carriers $(TYPES)

templates: $(DEV) ## make functions of the templates of generated files, in render/compiled
	$(BIN)/python -m generator.tools.compile_templates

constructors: $(DEV) ## write the code that data classes share, sqlwright/constructors.py
	$(BIN)/python -m generator.tools.write_constructors

contrib-server: $(DEV) ## run a PostgreSQL with contrib from the system's packages until Ctrl-C
	@$(BIN)/python -m generator.tools.contrib_server

bench: $(DEV) $(COMPILED)/.installed ## print speed and memory ratios, measured side by side
	@$(PIP) install --editable '.[bench]'
	@$(BIN)/python -W ignore -m benchmarks --compiled $(COMPILED)/bin/python $(BENCH_ARGS)

clean: ## remove the virtual environments and caches
	rm -rf $(VENV) $(OLDEST) $(COMPILED) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
