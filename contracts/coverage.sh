#!/bin/sh
# Fails when the unit tests reach less than 95 % of the lines of any file in src. Gas is measured with the optimizer
# that coverage turns off, and invariants reach lines by chance: neither counts here.
set -eu
cd "$(dirname "$0")"

least=95
report=$(mktemp)
trap 'rm -f "$report"' EXIT

tools/foundry forge coverage --report lcov --report-file "$report" \
  --no-match-coverage '^(test|script)/' --no-match-contract 'GasTest|Invariants'

awk -F: -v least="$least" '
  $1 == "SF" { file = $2; files++ }
  $1 == "LF" { lines = $2; all += $2 }
  $1 == "LH" { reached += $2; if (100 * $2 < least * lines) { print file ": " $2 " of " lines " lines"; short = 1 } }
  END {
    if (!files) { print "coverage.sh: forge reported no file"; exit 1 }
    printf "coverage: %d of %d lines in src (%.2f %%)\n", reached, all, 100 * reached / all
    exit short
  }' "$report"
