# Two commands on a fresh machine: make demo, make test. Python 3.11 or later, git and make are all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
# The player of web archives that tests open exported evidence with; only tests use it.
PLAYER := replaywebpage@2.5.3

.PHONY: help demo test page check-page player check bench stress gold train clean

help:
	@echo "make demo    read the bundled dispatches into demo.db and show Tajikistan in 2021; with SERVE=1 then as a web page"
	@echo "make test    run all tests"
	@echo "make check   ruff, strict types, import linter"
	@echo "make page    build the web page that garrison serve shows (needs Node 20 or later with npm)"
	@echo "make check-page  types, lint and unit tests of the web page"
	@echo "make player  fetch ReplayWeb.page, with which tests open exported evidence (needs npm)"
	@echo "make bench   the benchmarks, each beside its reference"
	@echo "make train   train the learned extractor anew (about an hour on two free cores; needs the train extra)"
	@echo "make stress  a million fuzzed inputs, and killing the program two hundred times (takes half an hour)"
	@echo "make gold    accuracy on the annotated passages (needs $(SHARED)/gold)"

$(READY): pyproject.toml hatch_build.py src/garrison/naming/reference/gazetteer.sqlite
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Garrison needs Python 3.11 or later; set PYTHON=python3.12, say."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(READY)
	@test -z "$(SERVE)" || test -f src/garrison/server/page/index.html || ! command -v npm >/dev/null || $(MAKE) -s page
	@$(BIN)/python examples/demo.py $(if $(SERVE),--serve)

test: $(READY)
	$(BIN)/python -m pytest -n auto

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "The page is built with npm, which is not here: install Node 20 or later."; exit 1; }
	npm --prefix web ci --no-audit --no-fund >/dev/null 2>&1 || npm --prefix web install --no-audit --no-fund

page: web/node_modules/.package-lock.json
	npm --prefix web run build

check-page: web/node_modules/.package-lock.json
	npm --prefix web run check

.player/package/sw.js:
	@mkdir -p .player
	cd .player && npm pack --silent $(PLAYER) >/dev/null && tar xzf replaywebpage-*.tgz

player: .player/package/sw.js

check: $(READY)
	$(BIN)/ruff check src tests bench examples tools
	$(BIN)/ruff format --check src tests bench examples tools
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@for file in $(filter-out bench/kills.py bench/fuzz.py bench/gold.py,$(wildcard bench/[a-z]*.py)); do echo "== $$file"; $(BIN)/python $$file || exit 1; done

stress: $(READY)
	$(BIN)/python bench/fuzz.py --inputs 100000
	$(BIN)/python bench/kills.py

gold: $(READY)
	@$(BIN)/python bench/gold.py $(SHARED)/gold

train: $(READY)
	@$(BIN)/python -c "import torch, transformers" 2>/dev/null || { echo "Install the training extra first: see training/README.md"; exit 1; }
	$(BIN)/python training/train.py --shared $(SHARED)

clean:
	rm -rf web/node_modules src/garrison/server/page $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
