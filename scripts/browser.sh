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

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

from_debian() {
    command -v apt-get >/dev/null || return 1
    as_root true 2>/dev/null || return 1
    say "no Chromium was found: installing Debian's (apt-get install chromium)"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y --no-install-recommends chromium >&2 ||
        { as_root apt-get update >&2 && as_root apt-get install -y --no-install-recommends chromium >&2; }
}

from_playwright() {
    say "no Chromium was found and none may be installed by apt-get: fetching Playwright's"
    "$PY" -m playwright install chromium >&2
}

found && exit
from_debian && found && exit
from_playwright && found && exit
die "no Chromium that starts could be found or installed; name one: DATELINE_CHROMIUM=/path/to/chromium make test"
