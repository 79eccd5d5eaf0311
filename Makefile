# Two commands matter: `make demo` opens the product, `make test` proves it.
# Everything lives in .venv in this folder; nothing outside it is changed.
PY := .venv/bin/python
PO := $(wildcard locale/ru/*.po)
MO := locale/ru/LC_MESSAGES/django.mo
WORKERS ?= auto
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo test test-database check format bench bench-postgres kills kills-postgres messages migrations screenshots clean

help:  ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/.product $(MO)  ## Open the product with a living fictional territory on http://127.0.0.1:8000
	@.venv/bin/avgust demo

test: .venv/.developer $(MO)  ## Run all tests (DATABASE_URL chooses another database than SQLite)
	$(PYTEST) $(ARGS)

test-database: .venv/.developer $(MO)  ## Run the tests that touch the database, on DATABASE_URL
	$(PYTEST) src/avgust/web src/avgust/demo tests/permissions $(ARGS)

check: .venv/.developer $(MO)  ## Linters, types, import contracts, migrations, translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports --no-cache
	AVGUST_DEBUG=1 $(PY) -m mypy
	$(PY) dev/messages.py check
	AVGUST_DEBUG=1 .venv/bin/avgust manage makemigrations --check --dry-run
	AVGUST_DEBUG=1 .venv/bin/avgust manage check --fail-level WARNING
	AVGUST_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') AVGUST_HOSTS=avgust.example \
		.venv/bin/avgust manage check --deploy --fail-level WARNING

format: .venv/.developer  ## Format the code and mend what can be mended
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: .venv/.bench $(MO)  ## Measure speed and accuracy beside the peers
	$(PY) -m bench

bench-postgres: .venv/.bench $(MO)  ## Measure the pages on a PostgreSQL made for it
	bash dev/postgres.sh $(PY) -m bench pages control reviews

kills: .venv/.developer $(MO)  ## Kill server and worker hundreds of times in their work (AVGUST_KILLS=300)
	AVGUST_KILLS=$(or $(AVGUST_KILLS),300) $(PY) -m pytest -k killed src/avgust/web --log-cli-level=INFO $(ARGS)

kills-postgres: .venv/.developer $(MO)  ## The same on a PostgreSQL made for it
	bash dev/postgres.sh $(MAKE) kills

messages: .venv/.product  ## Compile translations
	$(PY) dev/messages.py compile

screenshots: .venv/.developer $(MO)  ## Make the pictures of the guides (ARGS=--all: of every page, checked)
	$(PY) dev/screenshots.py $(ARGS)

clean:  ## Remove what was made, the demo's data too
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache $(MO)

$(MO): $(PO) dev/messages.py | .venv/.product
	@$(PY) dev/messages.py compile

.venv/.product: uv.lock dev/setup.sh
	@sh dev/setup.sh product
.venv/.developer: uv.lock dev/setup.sh
	@sh dev/setup.sh developer
.venv/.bench: uv.lock dev/setup.sh
	@sh dev/setup.sh bench
