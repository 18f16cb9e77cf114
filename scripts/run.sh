#!/bin/sh
# Set-up, the samples into an empty store, then the app on this machine alone. SAMPLES=yes|no overrides the choice:
# a store that the user named by DATELINE_DB is theirs, and gets no samples unless told.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh
scripts/setup.sh

ADDRESS=${ADDRESS:-127.0.0.1}
PORT=${PORT:-8501}
"$PY" -m scripts.door "$ADDRESS"

if [ -n "${DATELINE_DB:-}" ]; then default=no; else default=yes; fi
if [ "${SAMPLES:-$default}" = yes ]; then "$PY" -m scripts.samples; fi

# With a screen Streamlit opens the browser itself; without one it must not try.
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then headless=false; else headless=true; fi
say "the app: http://$ADDRESS:$PORT (stop it with Ctrl-C)"
exec "$PY" -m streamlit run app.py --server.address "$ADDRESS" --server.port "$PORT" --server.headless "$headless" \
    --browser.gatherUsageStats false
