# The two commands are `make demo` and `make test`; `make` alone lists the rest.

SHELL := /bin/sh
PYTHON ?= python3
# Worker processes of the test run.
WORKERS ?= logical

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard kloss_intranet/translations/*/LC_MESSAGES/*.po))
HOOK := kloss_intranet/translations/build_hook.py
EDITOR := static/built/editor.js
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

# A virtual environment does not survive being moved, so the place it was made in is part of its stamp.
ifneq ($(shell cat $(DONE)/venv 2>/dev/null),$(CURDIR))
$(shell rm -rf $(DONE))
endif

# step(name, command): a headline, the command, and the name again when it fails.
headline = printf '\n── %s\n' '$(1)'
step = @$(headline); $(2) || { printf '\nStopped at: %s\n' '$(1)' >&2; exit 1; }
# The tests have a closing line of their own, and it stands last.
tests = @$(headline); $(BIN)/python -m pytest -n $(WORKERS) $(2) $(ARGS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint unit browser bench bench-briefing format catalogues editor editor-if-npm lock upgrade clean chromium
.NOTPARALLEL:

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(DONE)/app $(DONE)/package $(CATALOGUES) editor-if-npm ## Install and serve the intranet with its history (PORT, KLOSS_INSTANCE)
	@exec $(BIN)/kloss-intranet demo

test: lint chromium $(DONE)/node $(EDITOR) $(CATALOGUES) ## Check everything, as the build server does
	$(call tests,pytest)

lint: $(DONE)/test $(DONE)/package ## Style, types, contracts, templates, dependencies, dead code
	$(call step,ruff check,$(BIN)/ruff check --quiet .)
	$(call step,ruff format,$(BIN)/ruff format --check --quiet .)
	$(call step,mypy,$(BIN)/python -m mypy --strict kloss_intranet)
	$(call step,lint-imports,$(BIN)/lint-imports --no-logo)
	$(call step,djlint,$(BIN)/djlint --lint --quiet templates)
	$(call step,deptry,$(BIN)/deptry kloss_intranet)
	$(call step,vulture,$(BIN)/vulture)

unit: $(DONE)/test $(DONE)/package $(DONE)/node $(CATALOGUES) ## The tests that need no browser (ARGS="-k word")
	$(call tests,pytest without a browser,-m "not browser")

browser: $(DONE)/test $(DONE)/package $(DONE)/node $(EDITOR) $(CATALOGUES) chromium ## The tests in a real browser
	$(call tests,pytest in a browser,-m browser)

bench: $(DONE)/test $(DONE)/package $(CATALOGUES) ## Speed beside a bare Flask application, as ratios
	@exec $(BIN)/python -m tests.bench $(ARGS)

bench-briefing: $(DONE)/test $(DONE)/package $(CATALOGUES) ## How long a printed briefing takes
	@exec $(BIN)/python -m tests.bench.briefing $(ARGS)

format: $(DONE)/test ## Put the code into the common form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: $(DONE)/test ## Write requirements/*.txt and package-lock.json anew, keeping versions that still fit
	@$(LOCK) pyproject.toml requirements/app.in -o requirements/app.txt
	@$(LOCK) pyproject.toml requirements/app.in requirements/test.in -c requirements/app.txt -o requirements/test.txt
	@npm install --package-lock-only

upgrade: ## As lock, taking the newest versions that fit
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

clean: ## Remove everything made here except instance/
	@rm -rf $(VENV) node_modules static/built dist build htmlcov test-results .coverage .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache $(CATALOGUES)
	@find kloss_intranet tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ── What the commands rest on ────────────────────────────────────────────────────────────────────

$(DONE)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; name it with PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; \
	} || { echo "Python's venv module is missing; install the package python3-venv." >&2; exit 1; }
	@echo "Making $(VENV)"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) && mkdir -p $(DONE)
	@printf '%s' '$(CURDIR)' > $@

$(DONE)/app: requirements/app.txt | $(DONE)/venv
	@echo "Installing the application's packages"
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(DONE)/test: requirements/test.txt | $(DONE)/venv
	@echo "Installing the packages of the checks"
	@$(PIP) install --require-hashes -r $<
	@touch $@ $(DONE)/app

$(DONE)/package: pyproject.toml $(DONE)/app
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/node: package-lock.json package.json .npmrc | $(DONE)/venv
	@command -v npm >/dev/null || { echo "npm is missing; the HTML checker comes from there (package nodejs, npm)." >&2; exit 1; }
	@echo "Installing the editor's parts and the HTML checker"
	@npm ci --silent
	@touch $@ $(DONE)/npm

$(DONE)/npm: package-lock.json package.json .npmrc | $(DONE)/venv
	@echo "Installing the editor's parts"
	@npm ci --omit=dev --silent
	@touch $@

editor: $(EDITOR) ## Build the rich editor

$(EDITOR): $(wildcard static/editor/*.js) $(DONE)/npm
	@npm run --silent build

# Without npm, or when it fails, members write in the plain text box.
editor-if-npm:
	@{ command -v npm >/dev/null && $(MAKE) --no-print-directory editor; } || \
		echo "The rich editor is not built, for npm is missing or failed: texts are written in the plain text box."

catalogues: $(DONE)/app $(CATALOGUES) ## Compile the translations

%.mo: %.po $(HOOK) | $(DONE)/app
	@$(BIN)/python $(HOOK)

chromium: $(DONE)/test
	@$(BIN)/python -m tests.tooling.chromium
