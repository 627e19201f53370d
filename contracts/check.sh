#!/bin/sh
# Everything CI asks of the contracts. Quiet while all is well; ends with forge's counts.
set -eu
cd "$(dirname "$0")"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() {
  "$@" >"$log" 2>&1 || { echo "contracts: '$*' failed" >&2; cat "$log" >&2; exit 1; }
}

step tools/foundry forge fmt --check
# The sources alone first: solc reports 256 warnings at most, and forge-std has more.
step tools/foundry forge build --skip test --skip script
step tools/foundry forge build
step tools/foundry forge lint --deny warnings
step ./artifacts.sh --check
step ./deploy.test.sh
step ./coverage.sh
FORGE_SNAPSHOT_CHECK=true step tools/foundry forge test
tail -n 1 "$log"
