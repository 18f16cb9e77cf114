#!/bin/sh
# Known faults of the packages that the lock file names. Exit status 1: there are some, each is named; 3: nobody could be
# asked, as without a network.
set -u
cd "$(dirname "$0")/.."
. scripts/common.sh
found=$(mktemp)
trap 'rm -f "$found" "$found.said"' EXIT
"$PY" -m pip_audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off \
    --timeout 20 --format json --output "$found" 2>"$found.said"
status=$?
if [ ! -s "$found" ]; then
    tail -n 1 "$found.said" >&2
    say "audit: no list of known faults could be asked"
    exit 3
fi
"$PY" - "$found" <<'END'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    packages = json.load(file)["dependencies"]
faults = [(p["name"], p["version"], v["id"], v["fix_versions"]) for p in packages for v in p.get("vulns", ())]
for name, version, fault, fixed in faults:
    print(f"{name} {version}: {fault}, mended in {', '.join(fixed) or 'no version yet'}")
print(f"{len(packages)} packages asked about, {len(faults)} known faults")
END
exit $status
