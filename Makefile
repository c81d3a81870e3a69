# One virtual environment, made once; the stamp follows the lock and pyproject.
PYTHON ?= python3
VENV   := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed

# One BLAS thread, from the start, so that the same inputs give the same bytes.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

.PHONY: report test check bench conformance calibration lock clean

report: $(STAMP)
	$(BIN)/violence-stats report --to reports

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# Every published number that we reproduce, beside ours; reads the files that tests/README.md says where to obtain.
conformance: $(STAMP)
	$(BIN)/python -m tests.conformance

# Simulates how often the printed intervals miss; seeded, resumable, under 40 minutes on two cores.
calibration: $(STAMP)
	$(BIN)/python -m violence_stats.questions.comparison_calibration
	$(BIN)/python -m violence_stats.robustness.calibration

# Needs uv on the path; the lock names no index and serves every platform and Python from 3.11.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra dask --upgrade pyproject.toml -o requirements.lock

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "open('$(STAMP)', 'w').close()"

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"
