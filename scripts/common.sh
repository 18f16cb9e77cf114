# Shared by the set-up scripts; to be sourced from the project's root.

VENV=.venv
PY=$VENV/bin/python

say() { printf '%s\n' "== $*" >&2; }
die() { printf '%s\n' "!! $*" >&2; exit 1; }

# The first Python 3.11 or newer that can make a virtual environment, on standard output.
find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    die "no Python 3.11 or newer with its venv module was found. On Debian and Ubuntu: apt-get install python3 python3-venv." \
        "Or name one: make run PYTHON=/path/to/python3"
}

# Make the environment where it is missing or its Python has gone.
make_venv() {
    if [ -x "$PY" ] && "$PY" -c '' 2>/dev/null; then return; fi
    python=$(find_python)
    say "making $VENV with $python ($("$python" --version))"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || die "$python could not make $VENV"
}

# install FILE...: the pinned packages of the files, unless these very files were installed before (then no network).
install() {
    stamp=$VENV/.installed-$(basename "$1" .txt)
    wanted=$(cat "$@" | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
    say "installing $* (the first time takes some minutes)"
    set -- $(printf ' -r %s' "$@")
    "$PY" -m pip install --disable-pip-version-check --progress-bar on "$@" ||
        die "pip could not install the packages; its reason is above. Is there a network, and room on the disk?"
    printf '%s\n' "$wanted" >"$stamp"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# from_debian NAME PACKAGE: install Debian's package, saying so; fails where that may not be done.
from_debian() {
    command -v apt-get >/dev/null || return 1
    as_root true 2>/dev/null || return 1
    say "no $1 was found: installing Debian's (apt-get install $2)"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y --no-install-recommends "$2" >&2 ||
        { as_root apt-get update >&2 && as_root apt-get install -y --no-install-recommends "$2" >&2; }
}
