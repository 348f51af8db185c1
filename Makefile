# Needs make and Python 3.11 or newer; everything else is made on the first call.
# All paths are relative, so the folder's own path may contain anything.

PYTHON ?= python3
BENCH ?=
ARGS ?=
pip := .venv/bin/python -m pip install --quiet --disable-pip-version-check
# No fixed key stands in any file; a check needs one of the right length.
production := SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	SITE_URL=https://laurel.example ALLOWED_HOSTS=laurel.example DEMO=0 DEBUG=0 \
	DATABASE_URL=postgres://laurel@localhost/laurel REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost

.PHONY: run test check bench format lock clean

run: .venv/.run  ## everything, at http://localhost:8000/ (PORT=8000, DEMO=0 for an empty system)
	@.venv/bin/python -m config.stack --with-parent

test: .venv/.dev  ## the tests (ARGS="tests/awards -x")
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n 3 --dist worksteal $(ARGS)

check: .venv/.dev  ## lint, format, templates, migrations, deployment
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m djlint --quiet --lint templates
	.venv/bin/python -W error manage.py makemigrations --check --dry-run
	@$(production) .venv/bin/python manage.py check --deploy --fail-level WARNING

bench: .venv/.dev  ## the benchmarks, into var/bench.json (BENCH=search for one part)
	@.venv/bin/python -m bench $(BENCH)

format: .venv/.dev
	.venv/bin/python -m ruff check --fix .
	.venv/bin/python -m ruff format .

lock: .venv/.dev  ## pin what pyproject.toml asks for
	.venv/bin/python -m uv pip compile pyproject.toml --python-version 3.11 --universal --quiet \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.txt
	.venv/bin/python -m uv pip compile pyproject.toml --python-version 3.11 --universal --quiet --extra dev \
		--constraint requirements.txt \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements-dev.txt

clean:  ## all that can be made again; the data under var/ stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage htmlcov var/static var/test

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Laurel needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo 'This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv'; exit 1; }
	@echo 'Making .venv'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.made requirements.txt
	@echo 'Installing packages'
	@$(pip) --requirement requirements.txt
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	@echo 'Installing packages for development'
	@$(pip) --requirement requirements-dev.txt
	@touch $@
