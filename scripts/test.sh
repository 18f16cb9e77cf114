#!/bin/sh
# All checks: set-up with a browser, format, lint, types, layers, then the tests: units, browser, accuracy gate.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh
started=$(date +%s)
scripts/setup.sh dev
DATELINE_CHROMIUM=$(scripts/browser.sh)
export DATELINE_CHROMIUM
say "browser: $DATELINE_CHROMIUM ($("$DATELINE_CHROMIUM" --version 2>/dev/null))"
# Without it the tests on PostgreSQL are skipped; CI must not skip them.
if DATELINE_POSTGRES=$(scripts/postgres.sh); then
    export DATELINE_POSTGRES
    say "PostgreSQL: $DATELINE_POSTGRES"
elif [ -n "${CI:-}" ]; then
    die "CI tests the store on PostgreSQL too"
fi

# Every check runs, so that one report tells of all that is wrong.
failed=
check() {
    say "$*"
    "$VENV/bin/$@" || failed="$failed $1"
}
check ruff format --check .
check ruff check .
check mypy
check lint-imports
[ -z "$failed" ] || say "failed so far:$failed; the tests run all the same"
say "tests: units, then the browser's, then the accuracy gate ($(($(date +%s) - started)) s until now)"
"$PY" -m pytest ${PYTEST:-} || failed="$failed pytest"
[ -z "$failed" ] || die "failed:$failed"
