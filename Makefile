# Two commands on a bare machine: `make demo` opens the desk, `make test` proves it.
# Each target sets up .venv by itself; Python 3.11 or newer and a package index are all it needs.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# One more than two cores: a screen test waits now and then for its worker thread.
WORKERS ?= 3

# Textual starts 4.5 times slower without byte code, so it is written whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test check soak bench shots

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What is set up, and with which extras; each holds all of the one before it.
READY := .venv/.run
TESTED := .venv/.test
CHECKED := .venv/.dev

# A pip of this year reads the index three times faster than the one that comes with Python 3.11;
# a package may carry a file meant for another Python: that it does not compile is no matter.
define set_up
	@test -n "$(PYTHON)" || { echo "dutydesk needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python" >&2; exit 2; }
	@echo "Setting up .venv (once; a minute or two) …"
	@test -x $(BIN)/python || { $(PYTHON) -m venv .venv && $(PIP) --upgrade pip; }
	@$(PIP) --no-compile -e '.$(1)'
	@$(BIN)/python -m compileall -q -j 0 $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') dutydesk || true
endef
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c .ci/constraints.txt

$(READY): pyproject.toml .ci/constraints.txt
	$(call set_up)
	@touch $@

# What working days are measured against; it asks for an older dateutil, and runs with ours.
MEASURED := @$(PIP) --no-deps holidays

$(TESTED): pyproject.toml .ci/constraints.txt
	$(call set_up,[test])
	$(MEASURED)
	@touch $(READY) $@

$(CHECKED): pyproject.toml .ci/constraints.txt
	$(call set_up,[dev])
	$(MEASURED)
	@touch $(READY) $(TESTED) $@

demo: $(READY) ## the desk on an invented street in mid-shift
	@$(BIN)/dutydesk demo

run: $(READY) ## the desk on your own store
	@$(BIN)/dutydesk

test: $(TESTED) ## all tests but the long runs
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m 'not soak'

check: $(CHECKED) ## format, lint, types, walls, translations, docs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy .ci/*.py
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python .ci/imports.py
	@$(BIN)/python .ci/i18n.py check
	@$(BIN)/python .ci/clauses.py check --strict
	@$(BIN)/python .ci/docs.py check

soak: $(TESTED) ## the long runs, with their full numbers
	@DUTYDESK_TEST_PAINT=1 $(BIN)/python -m pytest -q -n 2 -m soak
	@DUTYDESK_TEST_EXAMPLES=500 $(BIN)/python -m pytest -q -n 2 -m 'not soak' $$(grep -rl --include='*.py' '@given' tests)

bench: $(TESTED) ## name, figure, baseline in the same run, ratio
	@$(BIN)/python -m benchmarks

shots: $(TESTED) ## the pictures in docs
	@$(BIN)/python docs/shots.py
