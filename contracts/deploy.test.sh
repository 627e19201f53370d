#!/bin/sh
# Runs both deploy scripts against a chain of their own, as the originals' instructions say, in a copy of this folder,
# so that the .env of whoever works here is left alone.
set -eu
cd "$(dirname "$0")"

# The first account of every anvil: worth nothing elsewhere.
key=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80
address=0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
here=$PWD
copy=$(mktemp -d)
anvil=
trap '[ -z "$anvil" ] || kill "$anvil" 2>/dev/null || true; rm -rf "$copy"' EXIT

fail() {
  echo "deploy.test.sh: $1" >&2
  exit 1
}

cast() {
  tools/foundry cast "$@"
}

# $1 is a ledger that $2 owns and that continues $3.
assert_ledger() {
  [ "$(cast call --rpc-url "$rpc" "$1" 'owner()(address)')" = "$2" ] || fail "$1 is not owned by $2"
  [ "$(cast call --rpc-url "$rpc" "$1" 'referrerReputation()(address)')" = "$3" ] || fail "$1 does not continue $3"
}

# stdin is what forge printed; the address printed as $1=0x...
printed() {
  sed -n "s/^ *$1=\(0x[0-9a-fA-F]\{40\}\)$/\1/p" | head -n 1
}

for part in node_modules src script tools foundry.toml; do ln -s "$here/$part" "$copy/$part"; done
cp deploy_factory.sh "$copy"
cd "$copy"

tools/foundry anvil --port 0 --enable-tx-gas-limit >anvil.log 2>&1 &
anvil=$!
port=
for _ in $(seq 300); do
  port=$(sed -n 's/^Listening on 127\.0\.0\.1:\([0-9]*\)$/\1/p' anvil.log)
  [ -z "$port" ] || break
  sleep 0.2
done
[ -n "$port" ] || { cat anvil.log >&2; fail 'anvil does not listen'; }
rpc=http://127.0.0.1:$port

# The tracker's way: RPC, PK0 and A0 in .env, and FACTORY is added to it.
printf 'RPC=%s\nPK0=%s\nA0=%s\n' "$rpc" "$key" "$address" >.env
./deploy_factory.sh >deploy.log 2>&1 || { cat deploy.log >&2; fail 'deploy_factory.sh failed'; }
factory=$(printed FACTORY <.env)
[ "$(cast call --rpc-url "$rpc" "$factory" 'acceptsReferrer(address)(bool)' "$address")" = false ] ||
  fail "no factory answers at $factory"
grep -q "^PK0=$key$" .env || fail '.env lost what was in it'

# A key that is not A0's deploys nothing.
! A0=0x000000000000000000000000000000000000dEaD ./deploy_factory.sh >refused.log 2>&1 || fail 'a foreign A0 was accepted'

# The AI-agent variant's way: PRIVATE_KEY and RPC_URL, here on top of that factory and once more for a successor.
deploy() {
  PRIVATE_KEY=$key RPC_URL=$rpc tools/foundry forge script script/DeployPBTS.s.sol \
    --rpc-url "$rpc" --broadcast >forge.log 2>&1 || { cat forge.log >&2; fail 'DeployPBTS.s.sol failed'; }
  printed REPUTATION <forge.log
}
ledger=$(FACTORY=$factory deploy)
assert_ledger "$ledger" "$address" 0x0000000000000000000000000000000000000000
successor=$(FACTORY=$factory REFERRER=$ledger deploy)
assert_ledger "$successor" "$address" "$ledger"

# And without a factory, which it then deploys itself.
rm .env
alone=$(deploy)
assert_ledger "$alone" "$address" 0x0000000000000000000000000000000000000000
[ "$(printed FACTORY <forge.log)" != "$factory" ] || fail 'the factory was not a new one'
echo "deploy: factory $factory, ledger $ledger, successor $successor"
