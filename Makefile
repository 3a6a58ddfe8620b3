# The developers' verbs. To run or test the desk, ./run is enough.
BIN = .venv/bin
PYTHON_FILES = config.py wsgi.py sar workers tests migrations bench

.PHONY: help check fix bad-files bench bench-convert fuzz migrate migration

help: ## Lists these verbs
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

check: ## Everything that must hold before a change goes in, but the tests
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/ruff format --check $(PYTHON_FILES)
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: ## Mends what can be mended by itself
	$(BIN)/ruff check --fix $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

bad-files: ## Converts every file of the bad-input corpus; ./run test takes a sample
	SAR_ALL_BAD_FILES=1 $(BIN)/python -m pytest tests/integration/test_bad_files.py \
		tests/integration/test_reach.py -q -n 2

bench: bench/.venv ## Redaction and bundles beside what people use instead; MORE=--large for 10,000 pages
	$(BIN)/python -m bench $(MORE)

bench/.venv: bench/requirements.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python bench/.venv
	$(BIN)/uv pip install --quiet --system-certs --python bench/.venv/bin/python -r bench/requirements.txt

bench-convert: ## Pages a second from files as they come to pages, by kind and by workers
	$(BIN)/python -m bench.convert

fuzz: ## Redacts spoilt files at random areas for long; SAR_FUZZ_FOLDER=... adds PDFs
	SAR_FUZZ_ROUNDS=$${SAR_FUZZ_ROUNDS:-2000} $(BIN)/python -m pytest tests/integration/test_fuzz.py -q -n 0

migrate: ## Brings the database of this environment to the newest tables
	$(BIN)/sar init --no-demonstration

migration: ## Drafts a revision: make migration NUMBER=0002 MESSAGE="add a column"
	$(BIN)/python -m migrations.draft "$(NUMBER)" "$(MESSAGE)"
