# Every command a person or a machine needs; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Parallel test processes.
JOBS ?= 2
export HOST PORT
# Compiled modules are kept: without them every start takes seconds longer.
export PYTHONDONTWRITEBYTECODE :=

# Paths stay relative and programs are called as modules, so a folder with spaces works.
BIN := .venv/bin

.PHONY: help install install-dev needs run lan test test-sqlite test-postgres test-postgres-below-pages bench lint types audit fuzz faults \
	format texts lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

install: ## .venv with the pinned run-time requirements; quick when nothing changed
	@$(PYTHON) tools/install.py

install-dev: install ## .venv with the tools for tests and checks as well
	@$(PYTHON) tools/install.py --dev

run: install ## database, demonstration season, server (HOST=, PORT=)
	@exec $(BIN)/python -m tools.run

lan: install ## the same for the office network, with TLS for phones (LAN_ADDRESS=, DOOR_PORT=)
	@HOST= PORT=$(if $(filter file,$(origin PORT)),8443,$(PORT)) exec $(BIN)/python -m tools.lan

needs: ## what tests need beside Python: chromium, poppler, zbar, postgres
	@$(PYTHON) tools/needs.py

test: install-dev needs lint types test-sqlite test-postgres-below-pages ## everything, browser included; on PostgreSQL all that queries and writes

test-sqlite: install-dev needs ## the suite on SQLite, browser tests included
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(ARGS)

test-postgres: install-dev needs ## the tests that touch a database, on a throw-away PostgreSQL server
	@$(BIN)/python -m tools.throwaway_postgres $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(ARGS)

test-postgres-below-pages: install-dev needs ## the same without the tests that go through pages
	@TEST_SCOPE=below_pages $(BIN)/python -m tools.throwaway_postgres $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(ARGS)

bench: install-dev ## every benchmark under benchmarks/, figures as JSON lines
	@$(BIN)/python -m benchmarks

lint: install-dev ## style, import order, formatting
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check --quiet . || { echo "Some files are not formatted: run make format." >&2; exit 1; }

types: install-dev ## mypy, strict for the application
	@$(BIN)/python -m mypy

format: install-dev ## put the files into the agreed form
	@$(BIN)/python -m ruff check --fix-only --quiet .
	@$(BIN)/python -m ruff format --quiet .

texts: install-dev ## bring the catalogues of other languages up to date and compile them
	@$(BIN)/python -m tools.texts

audit: install-dev ## licences of all parts (docs/dependencies.md), known vulnerabilities by pip-audit or ADVISORIES=file
	@$(BIN)/python -m tools.dependencies --audit $(if $(ADVISORIES),--advisories "$(ADVISORIES)")

fuzz: install-dev ## every form and call sent back changed, 10,000 requests a visitor; 2,000 spoilt files a reader; 1,000 examples a property
	@FUZZ_REQUESTS=10000 FUZZ_FILES=2000 $(BIN)/python -m pytest -q -n $(JOBS) tests/fuzz $(ARGS)
	@FUZZ_EXAMPLES=1000 $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m hypothesis $(ARGS)

faults: install-dev needs ## break what can break while people work (ten minutes, root; ARGS="disk clock")
	@$(BIN)/python -m tools.faults $(ARGS)

lock: install-dev ## pin requirements*.in again, with hashes
	@$(BIN)/python -m tools.lock

clean: ## remove caches and .venv; the data in instance/ stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
