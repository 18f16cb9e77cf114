#!/bin/sh
# The folder of PostgreSQL's programs (initdb, postgres), on standard output: one that is there, else Debian's.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh

found() {
    for folder in "${DATELINE_POSTGRES:-}" "$(dirname "$(command -v initdb || echo .)")" /usr/lib/postgresql/*/bin \
        /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
            printf '%s\n' "$folder"
            return
        fi
    done
    return 1
}

found && exit
from_debian PostgreSQL postgresql && found && exit
die "no PostgreSQL could be found or installed; name its folder: DATELINE_POSTGRES=/path/to/bin make test"
