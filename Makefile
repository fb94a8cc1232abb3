# What a person does with Planvakt: make demo, make test, make check, make chaos, make setup, make lock.
PYTHON ?= python3
BIN := .venv/bin
# How many tests run side by side; each process has databases and ports of its own. One more than the machine has
# cores: some wait for a process to be killed, or for Slack to give up.
AT_ONCE ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
PIP := $(BIN)/python -m pip --disable-pip-version-check
# What each process would else work out anew where it may not write, as under systemd: half of its start.
BYTES := $(BIN)/python -m compileall -q bot handlers storage

.PHONY: demo test check setup lock bench bench-nation bench-idle chaos

demo: .venv/run.stamp
	$(BIN)/planvakt demo

setup: .venv/run.stamp
	$(BYTES)

test: .venv/develop.stamp
	$(BYTES)
	$(BIN)/python -m pytest --numprocesses $(AT_ONCE) --dist worksteal $(ARGS)

check: .venv/develop.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py

chaos: .venv/develop.stamp
	$(BIN)/python -m tests.chaos $(ARGS)

bench: .venv/develop.stamp
	$(BIN)/python -m tests.bench

# A nation of a million items on PostgreSQL, its questions and its Monday at 08:00; some minutes.
bench-nation: .venv/develop.stamp
	$(BIN)/python -m tests.bench.questions_in_a_nation $(ARGS)

# Alone on the machine: what the server takes while nobody asks anything.
bench-idle: .venv/develop.stamp
	$(BIN)/python -m tests.bench.idle $(ARGS)

# The stamps make the set-up happen once, and again when what is locked has changed.
.venv/run.stamp: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	touch $@

.venv/develop.stamp: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	touch .venv/run.stamp $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --python-version 3.11 pyproject.toml

lock: .venv/develop.stamp
	$(COMPILE) --group build --output-file requirements.txt --upgrade
	$(COMPILE) --group dev --output-file requirements-dev.txt --constraint requirements.txt --upgrade
