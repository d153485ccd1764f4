# Every target that needs Python tools depends on $(STAMP): the first call makes .venv and installs
# what pyproject.toml names; later calls find the stamp newer than pyproject.toml and go straight on.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST_ARGS ?=

.DEFAULT_GOAL := help

.PHONY: help generate test static check format golden catalog contrib-server bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "sqlwright needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

generate: $(STAMP) ## write generated/ from schema/ and queries/
	@$(BIN)/sqlwright generate

test: $(STAMP) ## run all tests
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

static: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy generated
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/sqlwright check

check: static test ## everything CI runs: lint, types, layers, freshness, tests; changes nothing

format: $(STAMP) ## format and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP) ## rewrite the golden files from what the code does now; review the diff
	$(BIN)/python -m pytest -q tests --rewrite-golden

catalog: $(STAMP) ## extract PostgreSQL's catalogs into catalog/data
	$(BIN)/python -m generator.tools.extract_catalog
	$(BIN)/python -m generator.tools.extract_keywords
	$(BIN)/python -m generator.tools.extract_settings

contrib-server: $(STAMP) ## run a PostgreSQL with contrib from the system's packages until Ctrl-C
	@$(BIN)/python -m generator.tools.contrib_server

bench: $(STAMP) ## print speed and memory ratios, measured side by side
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@$(BIN)/python -W ignore -m benchmarks

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
