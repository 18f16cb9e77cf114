#!/bin/sh
# setup.sh [dev]: the environment, its pinned packages and the name index; quick and without network once done.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh

make_venv
install requirements.txt
if [ "${1:-}" = dev ]; then install requirements-dev.txt; fi
say "name index"
"$PY" cli.py gazetteer build
