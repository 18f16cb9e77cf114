# run: the app.  test: every check.  lint: format, lint, types, layers.  bench: how fast it is here.
# audit: known faults of the packages, asked where there is a network.
# lock: every package with its hashes, after a change of requirements.txt (needs uv).
.PHONY: run test bench lint audit lock setup

run:
	@sh scripts/run.sh

test:
	@sh scripts/test.sh

lint: setup
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

bench: setup
	@.venv/bin/python -m scripts.bench
	@.venv/bin/python -m bench.extract
	@.venv/bin/python -m bench.places
	@.venv/bin/python -m bench.merge --incidents 3000 --batch 500
	@.venv/bin/python -m bench.desk
	@.venv/bin/python -m bench.users

audit: setup
	@sh scripts/audit.sh

setup:
	@sh scripts/setup.sh dev

lock:
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
	    --no-emit-find-links requirements.txt -o requirements.lock
