# Everything here needs only make and python3 ≥ 3.11; pip's own settings say where packages come from.
#
#   make run      the dashboard on http://127.0.0.1:8050, figures rebuilt if they changed
#   make test     the tests, with what they need
#   make setup    the environment only        make check   format, lint, types, imports, English
#   make build    the warehouse, published    make bench   the measurements
#   make lock     resolve the locks again     make clean   remove environment, data and caches
#   make fonts    cut the fonts again, after a change of their letters
#   make pictures store what each kind of page looks like, which the tests compare with
#   make assessment  look for faults of access and write what the statement says of them
#   make wheel    dist/*.whl, to install elsewhere      make licences   of all packages; dist/sbom.cdx.json
#   make audit    known faults of the packages, from a database in the network

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONUTF8 := 1
unexport PYTHONDONTWRITEBYTECODE # else every process compiles all of pandas again

.PHONY: run build setup setup-dev driver browser test check format fonts pictures assessment bench wheel \
  licences audit lock clean
.DELETE_ON_ERROR:

# Serve what is published even if the refresh fails.
run: setup
	@$(BIN)/python -m etl refresh --again --publish || test -s data/current
	@exec $(BIN)/python -m dashboard serve

build: setup
	$(BIN)/python -m etl refresh --publish

setup: $(VENV)/run.stamp
setup-dev: $(VENV)/dev.stamp

test: setup-dev browser
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: setup-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/project

format: setup-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

fonts: setup-dev
	$(BIN)/python tools/fonts.py

pictures: setup-dev browser
	$(BIN)/python -m pytest -q --renew-pictures tests/browser/test_page_pictures.py

assessment: setup-dev browser
	$(BIN)/python -m pytest -q --renew-assessment tests/browser/test_every_width.py

bench: setup-dev browser
	$(BIN)/python -m bench $(ARGS)

# Playwright brings a node of its own, which loads libatomic1; a minimal Debian does not have it.
driver: setup-dev
	@if $(BIN)/python -m playwright --version >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y libatomic1; fi; \
	why=$$($(BIN)/python -m playwright --version 2>&1) || { \
	  echo "make: Playwright does not start; as root: apt-get install libatomic1 ($$why)" >&2; \
	  exit 1; }

# Debian's chromium where apt can bring it (Ubuntu's is only a pointer to a snap), else Playwright's.
browser: driver
	@if chromium --version >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium \
	    && chromium --version && exit 0; \
	  $(BIN)/playwright install --with-deps chromium; \
	else $(BIN)/playwright install chromium; fi

# --no-deps: the lock is complete, and hashes exclude anything else.
$(VENV)/run.stamp: requirements.lock $(VENV)/bin/pip
	@echo "Installing what requirements.lock names, once: about half a minute…"
	@$(PIP) install --quiet --require-hashes --no-deps --prefer-binary -r $<
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests need, once…"
	@$(PIP) install --quiet --require-hashes --no-deps --prefer-binary -r $<
	@touch $@

# Debian and Ubuntu ship python3 without ensurepip: python3-venv brings it.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "make: $(PYTHON) is older than 3.11; try make PYTHON=python3.12 …" >&2; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y python3-venv; \
	  else \
	    echo "make: $(PYTHON) has no venv; as root: apt-get install python3-venv" >&2; exit 1; \
	  fi; fi
	$(PYTHON) -m venv --clear $(VENV)

# Without a network: setuptools is in the lock.
wheel: setup
	rm -rf build
	$(PIP) wheel --quiet --no-deps --no-build-isolation --no-index -w dist .
	rm -rf build

licences: setup
	@mkdir -p dist
	@$(BIN)/python -m tools.licences --sbom dist/sbom.cdx.json
	@$(BIN)/python -m tools.licences

# Asks a database of known faults, over the network, about every package of the lock. --strict: without
# it, a database that cannot be reached would count as one that knows no fault.
audit: $(VENV)/bin/pip
	@test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv --clear build/audit \
	  && build/audit/bin/pip --disable-pip-version-check install --quiet pip-audit; }
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock $(ARGS)

lock: # by whoever has uv; the locks name no download address
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra build -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra build --extra dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) data build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
