# `make run` sets everything up and runs the daemon on config/; `make test` sets everything up and runs all checks.
PYTHON ?= python3
BIN = .venv/bin
LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

.PHONY: run test lint types unit bench fuzz rig audit lock format

run: .venv/.run
	$(BIN)/monitor run --config config

test: lint types unit

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet
	$(BIN)/lint-imports --no-cache

types: .venv/.dev
	$(BIN)/mypy

unit: .venv/.dev
	$(BIN)/pytest -n auto

bench: .venv/.dev
	$(BIN)/python -m tests.bench

fuzz: .venv/.dev
	$(BIN)/pytest -m slow -n auto

# Two ledgers around the real daemon, which is killed twenty times: what was lost, doubled, late.
rig: .venv/.dev
	$(BIN)/python -m tests.rig --kills 20 --feeds 50 --items 500

format: .venv/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Wants a network: known vulnerabilities in what the locks pin.
audit: .venv/.dev
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip

# Wants uv and a network. The two locks agree: the first is resolved within the second.
lock:
	$(LOCK) --group dev --output-file requirements-dev.lock
	$(LOCK) --group build --constraint requirements-dev.lock --no-annotate --output-file requirements.lock

.venv/.run: requirements.lock pyproject.toml | .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ .venv/.run

.venv:
	$(PYTHON) -m venv .venv
