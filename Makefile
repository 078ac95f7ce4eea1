# knockon. Two commands do everything on a machine with Python, git and make:
#
#   make brief   makes .venv, answers the example report here and writes brief.html
#   make test    runs the whole suite
#
# `make check` is what CI runs. ARGS reaches the tool: make test ARGS="tests/unit -k interval"

PYTHON  ?= python3
EXAMPLE := examples/2025-11-11-moscow.bg.txt
ARGS    ?=
CORES   ?= 2

VENV    := .venv
PY      := $(VENV)/bin/python
LOCKED  := $(VENV)/.locked
READY   := $(VENV)/.ready
PIP     := $(PY) -m pip --disable-pip-version-check --no-input install -qq

# Some checkouts have no evals or benchmarks folder yet; lint what is there.
CODE    := $(wildcard conftest.py src tests evals benchmarks docs)

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help venv brief test oracle lint format types layers wheel check bench evals report names lock lock-oracle clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

venv: $(READY) ## .venv with everything pinned by hash, and knockon itself, editable

brief: $(READY) ## the example report answered in the terminal, and as brief.html
	@$(VENV)/bin/knockon brief $(EXAMPLE) --html brief.html

test: $(READY) ## the whole suite: needs nothing outside the checkout
	$(PY) -m pytest --numprocesses $(CORES) --dist worksteal $(ARGS)

oracle: $(READY) ## followthemoney beside the suite; one of its parts is compiled (Debian: libicu-dev, pkg-config, g++)
	@$(PIP) --require-hashes --requirement constraints-oracle.txt

lint: $(READY) ## ruff: rules and format
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)

format: $(READY) ## mend what ruff can mend
	$(PY) -m ruff check --fix --exit-zero $(CODE)
	$(PY) -m ruff format $(CODE)

types: $(READY) ## mypy --strict on the source
	$(PY) -m mypy

layers: $(READY) ## import-linter: who may import whom
	$(VENV)/bin/lint-imports

wheel: $(READY) ## build the wheel and use it from a clean environment, elsewhere
	PYTHON=$(PY) bash tests/smoke_wheel.sh $(EXAMPLE)

check: lint types layers test wheel ## all of them: what CI runs

bench: $(READY) ## benchmarks beside their baselines, in one run
	$(PY) -m benchmarks $(ARGS)

evals: $(READY) ## quality per task and language, against the pinned floors
	$(PY) -m evals $(ARGS)

report: $(READY) ## docs/report.md anew: every sentence of the example, its claims, and where each is answered
	$(VENV)/bin/knockon brief $(EXAMPLE) --map --full > .report.part && mv .report.part docs/report.md

names: $(READY) ## pin the public names anew, after changing them on purpose
	$(PY) tests/contracts/test_public_names.py

# uv resolves for every supported Python at once; it stays out of .venv because nothing else needs it.
lock: ## resolve pyproject.toml anew into constraints.txt
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	sed '/^[^#]/,$$d' constraints.txt > build/lock/head.txt
	build/lock/bin/uv pip compile pyproject.toml --extra dev --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file build/lock/body.txt
	cat build/lock/head.txt build/lock/body.txt > constraints.txt

lock-oracle: ## resolve the oracle extra into constraints-oracle.txt, keeping what constraints.txt pins; after make lock
	cp constraints.txt build/lock/oracle.txt
	build/lock/bin/uv pip compile pyproject.toml --extra dev --extra oracle --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file build/lock/oracle.txt
	{ sed -n 1p constraints-oracle.txt; cat build/lock/oracle.txt; } > build/lock/whole.txt && mv build/lock/whole.txt constraints-oracle.txt

clean: ## remove all that make made
	rm -rf $(VENV) build dist brief.html .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

$(LOCKED): constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "knockon needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@echo "making $(VENV): once, and again when constraints.txt changes"
	@$(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }
	@$(PIP) --require-hashes --requirement constraints.txt
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
