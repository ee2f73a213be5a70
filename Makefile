# Kaname (要). A bare `make` prints this help.
PYTHON ?= python3.11
PORT ?= 8000
SOAK_HOURS ?= 4
SOAK_JOBS ?= 1
VENV := .venv
PEERS := .venv-peers
SCANNER := .venv-scan
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
# Else each process that a test starts compiles the package again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check soak scan mutants bench lock release clean

help: ## this help
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/ready ## set everything up, open the office with its demonstration cases, print address and logins (PORT=8000)
	@exec $(BIN)/kaname up --demo --port $(PORT)

test: $(VENV)/ready-dev ## set everything up, check style, types and layers, run all tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/ready-dev ## style, types, import layers
	@$(BIN)/ruff check src tests bench tools
	@$(BIN)/ruff format --check src tests bench tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

soak: $(VENV)/ready-dev ## the long run: figures far above those of `make test`, new seeds each time (SOAK_HOURS=4 SOAK_JOBS=1 SOAK_ONLY=word)
	@$(BIN)/python tools/soak.py --hours $(SOAK_HOURS) --jobs $(SOAK_JOBS) $(SOAK_ONLY)

scan: $(VENV)/ready-dev $(SCANNER)/ready ## a web scanner (Wapiti) at the doors of a demonstration office, ten minutes; `make soak` runs it from then on
	@$(BIN)/python tools/scan.py

mutants: $(VENV)/ready-dev ## small changes of what guards, each of which a test must notice (docs/mutants.md); hours
	@$(BIN)/python tools/mutants.py run

bench: $(VENV)/ready-dev $(PEERS)/ready ## measure the promises of docs/performance.md: peer, floor, ours, in one run
	@failed=; for file in $(filter-out bench/make_%.py bench/table%.py bench/history%.py,$(wildcard bench/*.py)); do \
	  echo "== $$file"; $(BIN)/python $$file || failed="$$failed $$file"; done; \
	$(BIN)/python bench/table.py && $(BIN)/python bench/history.py && \
	if [ -n "$$failed" ]; then echo "failed, their last figures stand:$$failed"; exit 1; fi

release: $(VENV)/ready-dev ## wheel, sources and bill of materials in dist/, signed (KANAME_RELEASE_KEY=file; docs/supply_chain.md)
	@$(BIN)/python tools/release.py build dist

lock: $(VENV)/uv ## renew the locks from requirements*.in
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --python-version 3.11 $$name.in -o $$name.lock || exit 1; done
	@$(BIN)/python tools/supply_chain.py ages

clean: ## remove everything that was built
	rm -rf $(VENV) $(PEERS) $(SCANNER) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info

$(VENV)/uv:
	@bash tools/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(PEERS)/ready: bench/peers/requirements.txt | $(VENV)/uv
	@$(BIN)/uv venv -q --clear --python $(BIN)/python $(PEERS)
	@VIRTUAL_ENV=$(PEERS) $(BIN)/uv pip install -q -r bench/peers/requirements.txt
	@touch $@

$(SCANNER)/ready: tools/scan_requirements.txt | $(VENV)/uv
	@$(BIN)/uv venv -q --clear --python $(BIN)/python $(SCANNER)
	@VIRTUAL_ENV=$(SCANNER) $(BIN)/uv pip install -q -r tools/scan_requirements.txt
	@touch $@

$(VENV)/ready: requirements.lock pyproject.toml | $(VENV)/uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes --compile-bytecode -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock pyproject.toml | $(VENV)/uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes --compile-bytecode -r requirements-dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/ready
