# Two commands for a newcomer: `make demo` and `make test`. Everything lives in .venv, from lock files with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# else each of the hundreds of processes that tests start would compile everything anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo demo-once texts pictures test tests test-quick lint format types bench lock sbom image-check clean

install: $(VENV)/.runtime

demo: $(VENV)/.runtime
	$(BIN)/spark-bot demo

demo-once: $(VENV)/.runtime
	$(BIN)/spark-bot demo --once '/imagine prompt:a red fox in snow'

texts: $(VENV)/.runtime
	@$(BIN)/python -m tests.texts

pictures: $(VENV)/.dev
	$(BIN)/python -m tests.pictures

test: lint
	@$(MAKE) --no-print-directory --jobs=2 types tests

# beside mypy, since a tenth of the time its workers wait
tests: $(VENV)/.dev
	$(BIN)/pytest -n 4 --dist worksteal

test-quick: $(VENV)/.dev
	$(BIN)/pytest -q $(QUICK)
# what needs no PostgreSQL, no browser and no bot that runs
QUICK := $(addprefix tests/,domain orders wording interactions features delivery spark/test_*.py) \
  $(addprefix tests/test_,architecture.py docs.py logs.py settings.py)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks --scale $(if $(FULL),full,usual)

lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --group=build --output-file=requirements.lock $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --group=build --group=dev --output-file=requirements-dev.lock $(LOCK)
LOCK := --quiet --universal --python-version=3.11 --generate-hashes --no-emit-index-url --upgrade

# what the image is made of, as CycloneDX
sbom: $(VENV)/.dev
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --validate --output-file sbom.json

# what the image holds, built without an engine, and tried
image-check: $(VENV)/.dev
	@IMAGE_PYTHON=$(IMAGE_PYTHON) $(BIN)/python -m tests.image
IMAGE_PYTHON = $(shell python3.13 -c 'import sys; print(sys.executable)' 2>/dev/null)

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
