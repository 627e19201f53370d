#!/bin/sh
# Deploys the factory and writes FACTORY=0x... into .env.
#   RPC  where the chain is              (default http://127.0.0.1:8545)
#   PK0  the deployer's private key
#   A0   the deployer's address, optional: the key must be its key
# All three are read from the environment or else from .env; EARLIER_FACTORIES as in script/DeployPBTS.s.sol.
set -eu
cd "$(dirname "$0")"

setting() {
  [ ! -f .env ] || sed -n "s/^$1=//p" .env | tail -n 1
}

fail() {
  echo "deploy_factory.sh: $1" >&2
  exit 1
}

RPC=${RPC:-$(setting RPC)}
RPC=${RPC:-http://127.0.0.1:8545}
PK0=${PK0:-$(setting PK0)}
A0=${A0:-$(setting A0)}
[ -n "$PK0" ] || fail 'PK0, the private key of the deployer, is neither in the environment nor in .env'

out=$(mktemp)
fresh=$(mktemp .env.XXXXXX)
trap 'rm -f "$out" "$fresh"' EXIT

# The key travels by environment: an argument would show in the list of processes.
DEPLOYER=$A0 PRIVATE_KEY=$PK0 tools/foundry forge script script/DeployPBTS.s.sol \
  --sig 'deployFactory()' --rpc-url "$RPC" --broadcast >"$out" 2>&1 || { cat "$out" >&2; fail "no factory was deployed at $RPC"; }
factory=$(sed -n 's/^ *FACTORY=\(0x[0-9a-fA-F]\{40\}\)$/\1/p' "$out" | head -n 1)
[ -n "$factory" ] || { cat "$out" >&2; fail 'forge named no factory'; }

touch .env
{ grep -v '^FACTORY=' .env || true; } >"$fresh"
echo "FACTORY=$factory" >>"$fresh"
mv "$fresh" .env
echo "FACTORY=$factory"
