#!/bin/sh
# Writes artifacts/<Name>.abi and <Name>.bin from forge's out/, for builds that have no Node.
# With --check it writes nothing and fails when the committed files differ.
set -eu
cd "$(dirname "$0")"

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

tools/foundry forge build --quiet
node - "$fresh" Reputation ReputationFactory <<'JS'
const { readFileSync, writeFileSync } = require('node:fs');
const [folder, ...names] = process.argv.slice(2);
for (const name of names) {
  const { abi, bytecode } = JSON.parse(readFileSync(`out/${name}.sol/${name}.json`, 'utf8'));
  if (!/^0x([0-9a-f]{2})+$/.test(bytecode.object)) throw new Error(`${name}: bytecode is missing or not linked`);
  writeFileSync(`${folder}/${name}.abi`, JSON.stringify(abi) + '\n');
  writeFileSync(`${folder}/${name}.bin`, bytecode.object.slice(2) + '\n');
}
JS

if [ "${1-}" = --check ]; then
  diff -rq "$fresh" artifacts || { echo 'contracts/artifacts is not what the sources build: run npm run artifacts' >&2; exit 1; }
else
  mkdir -p artifacts
  cp "$fresh"/* artifacts/
fi
