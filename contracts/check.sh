#!/bin/sh
# Everything CI asks of the contracts. Quiet while all is well; ends with forge's counts.
set -eu
cd "$(dirname "$0")"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() {
  "$@" >"$log" 2>&1 || { echo "contracts: '$*' failed" >&2; cat "$log" >&2; exit 1; }
}

forge=node_modules/.bin/forge
step "$forge" fmt --check
# The sources alone first: solc reports 256 warnings at most, and forge-std has more.
step "$forge" build --skip test --skip script
step "$forge" build
step "$forge" lint --deny warnings
step ./artifacts.sh --check
FORGE_SNAPSHOT_CHECK=true step "$forge" test
tail -n 1 "$log"
