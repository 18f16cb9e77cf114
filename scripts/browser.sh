#!/bin/sh
# The path of a Chromium that starts, on standard output: one that is there, else Debian's, else Playwright's.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh

starts() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

found() {
    for name in "${DATELINE_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "$(playwrights)"; do
        if starts "$name"; then command -v "$name"; return; fi
    done
    return 1
}

playwrights() {
    "$PY" -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)' 2>/dev/null || true
}

from_playwright() {
    say "no Chromium was found and none may be installed by apt-get: fetching Playwright's"
    "$PY" -m playwright install chromium >&2
}

found && exit
from_debian Chromium chromium && found && exit
from_playwright && found && exit
die "no Chromium that starts could be found or installed; name one: DATELINE_CHROMIUM=/path/to/chromium make test"
