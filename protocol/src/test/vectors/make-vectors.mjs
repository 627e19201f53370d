// Writes ../resources/vectors/*.json. `--check` compares instead and fails on a difference.
// Everything here is computed with @noble and OpenZeppelin's tree, from docs/protocol.md and not from our Java.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { hmac } from '@noble/hashes/hmac.js';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import {
  G1, G2, ORDER, POSSESSION_TAG, address, ascii, base, be, bls, blsKey, blsSign, blsVerifies, cat, checksum, contract, flip,
  hashed, hex, infoV1, instanceId, keccak_256, left, legacyBytes, logPath, logRoot, personalSign, pieceV2, receiptBytes, receiptFields,
  receiver, receiverWallet, row, secp256k1, sender, senderWallet, sha256, suite, unhex, v2, wallet,
} from './kit.mjs';
import { acknowledgements } from './acknowledgement.mjs';
import { aggregateReceipts } from './aggregate.mjs';
import { batchReceipts } from './batch.mjs';
import { epochFiles } from './epoch.mjs';
import { legacyReceipts } from './legacy.mjs';
import { binaryReports } from './reports.mjs';
import { sessionReceipts } from './session.mjs';
import { signIn } from './signin.mjs';
import { typedReceipts } from './typed.mjs';

const FOLDER = new URL('../resources/vectors/', import.meta.url);

// ---- receipts v2
const cases = {
  'first piece': {},
  'last index': { index: 0xffffffff },
  'length one': { index: 7, length: 1 },
  'largest length': { length: 0xffffffff },
  'v2 torrent': { ...v2, index: 12 },
  'v2 torrent, hash with leading zeros': { ...v2, piece: left(pieceV2.slice(16), 32), index: 1 },
  'v1 torrent, info hash with leading zeros': { info: left(infoV1.slice(8), 20) },
  'time zero': { timestamp: 0 },
  'time far away': { timestamp: Number.MAX_SAFE_INTEGER },
  'sender with a wallet': { sender: address(senderWallet) },
  'another chain': { chainId: 11155111 },
  'largest chain id of a long': { chainId: (1n << 63n) - 1n },
};
const receipt = (name, kind, r, signature) => ({
  name, kind, ...receiptFields(r), digest: hex(keccak_256(receiptBytes(r))), signature: hex(signature),
});
const receiptsV2 = Object.entries(cases).flatMap(([name, change]) => {
  const withBls = { ...base, ...change };
  const withWallet = { ...withBls, receiver: address(receiverWallet) };
  return [
    receipt(name, 'v2-bls', withBls, blsSign(receiptBytes(withBls), receiver)),
    receipt(name, 'v2-secp256k1', withWallet, personalSign(keccak_256(receiptBytes(withWallet)), receiverWallet)),
  ];
});

// ---- the originals' receipt over HTTP
const receiptsHttpV1 = Object.entries({
  'SHA-1 piece hash': {},
  'SHA-256 piece hash': { piece: pieceV2 },
  'last index': { index: 0xffffffff },
  'time zero': { timestamp: 0 },
}).map(([name, change]) => {
  const r = { ...base, ...change };
  return {
    name, info_hash: hex(r.info), sender: hex(r.sender.bytes), receiver: hex(r.receiver.bytes), index: r.index,
    piece_hash: hex(r.piece), timestamp: r.timestamp, signed_bytes: hex(legacyBytes(r)),
    signature: hex(blsSign(legacyBytes(r), receiver)),
  };
});

// ---- registration and possession
const registrations = ['alice', 'a', 'A.user_name-of@64.' + 'x'.repeat(46)].map((user) => {
  const message = ascii('register' + hex(instanceId) + user);
  return {
    user_id: user, instance_id: hex(instanceId), public_key: hex(receiver.publicKey), signed_bytes: hex(message),
    signature: hex(blsSign(message, receiver)),
  };
});
const possessions = [1n, 2n, 3n, ORDER - 1n].map((number) => {
  const key = blsKey(number);
  return {
    secret_key: hex(key.secret), public_key: hex(key.publicKey),
    proof_of_possession: hex(blsSign(key.publicKey, key, POSSESSION_TAG)),
  };
});

// ---- passkeys and the names of accounts on chain
const passkeyHashKey = sha256(ascii('a passkey hash key'));
const passkeys = ['a'.repeat(32), '7'.repeat(32), 'abcdefghijklmnopqrstuvwxyz234567'].map((passkey) => (
  { passkey, hash: hex(hmac(sha256, passkeyHashKey, ascii(passkey))) }));
const chainAccounts = {
  bls: { key: hex(sender.publicKey), account: hex(keccak_256(sender.publicKey)) },
  address: { key: hex(senderWallet.address), account: hex(keccak_256(senderWallet.address)) },
  name: { key: 'alice', account: hex(keccak_256(ascii('pbts:namealice'))) },
};

// ---- batches: which of these signatures verify on their own?
const message = (i) => ascii(`message ${i}`);
const signed = (i, key = blsKey(BigInt(10 + (i % 3)))) => ({ key, message: message(i), signature: blsSign(message(i), key) });
const add = (signature, point) => G2.fromBytes(signature).add(point).toBytes(true);
const someOther = hashed(ascii('an error term'));
const swapped = (items, i, j) => items.map((item, at) =>
  at === i ? { ...item, signature: items[j].signature } : at === j ? { ...item, signature: items[i].signature } : item);
const cancelling = (items, i, j) => items.map((item, at) =>
  at === i ? { ...item, signature: add(item.signature, someOther) }
    : at === j ? { ...item, signature: add(item.signature, someOther.negate()) } : item);
const otherMessage = (items, wrong) => items.map((item, at) =>
  wrong.includes(at) ? { ...item, message: flip(item.message, 0) } : item);
const run = (n) => Array.from({ length: n }, (_, i) => signed(i));
const sameKey = (n) => Array.from({ length: n }, (_, i) => signed(i, receiver));
const batches = Object.entries({
  'one good': run(1),
  'one bad': otherMessage(run(1), [0]),
  'seven good': run(7),
  'same key, all good': sameKey(6),
  'the same item twice': [...run(2), ...run(2)],
  'first bad': otherMessage(run(5), [0]),
  'last bad': otherMessage(run(6), [5]),
  'all bad': otherMessage(run(4), [0, 1, 2, 3]),
  'every other bad': otherMessage(run(7), [0, 2, 4, 6]),
  'two swapped': swapped(run(5), 1, 3),
  'two of one key swapped': swapped(sameKey(4), 0, 1),
  'errors that cancel': cancelling(run(4), 0, 2),
  'errors of one key that cancel': cancelling(sameKey(4), 1, 2),
}).map(([name, items]) => ({
  name,
  aggregate_verifies: suite.verifyBatch(
    suite.aggregateSignatures(items.map((i) => i.signature)),
    items.map((i) => ({ message: hashed(i.message), publicKey: i.key.publicKey }))),
  items: items.map((i) => ({
    public_key: hex(i.key.publicKey), message: hex(i.message), signature: hex(i.signature),
    valid: blsVerifies(i.signature, i.message, i.key.publicKey),
  })),
}));

// ---- a rogue key (PROTOCOL 8.1, row 7): pk_rogue = a G - pk_victim, one signature with a for both
const secretOfRogue = 77n;
const rogueKey = G1.BASE.multiply(secretOfRogue).subtract(G1.fromBytes(receiver.publicKey)).toBytes(true);
const legacyMessage = legacyBytes(base);
const rogue = {
  victim: hex(receiver.publicKey), rogue: hex(rogueKey), secret: hex(be(secretOfRogue, 32)),
  legacy_message: hex(legacyMessage),
  legacy_aggregate: hex(blsSign(legacyMessage, blsKey(secretOfRogue))),
  legacy_aggregate_verifies: suite.verifyBatch(blsSign(legacyMessage, blsKey(secretOfRogue)), [
    { message: hashed(legacyMessage), publicKey: receiver.publicKey },
    { message: hashed(legacyMessage), publicKey: rogueKey },
  ]),
};

// ---- encodings nobody may accept
const onCurveOnly = (() => {
  const Fp = bls12_381.fields.Fp;
  for (let x = 1n; ; x++) {
    const y2 = Fp.add(Fp.mul(Fp.sqr(x), x), 4n);
    let y;
    try { y = Fp.sqrt(y2); } catch { continue; }
    const point = G1.fromAffine({ x, y });
    if (!point.isTorsionFree()) return flagged(be(x, 48), y > Fp.neg(y));
  }
})();
function flagged(bytes, largest) { bytes[0] |= 0x80 | (largest ? 0x20 : 0); return bytes; }
const onTwistOnly = (() => {
  const Fp2 = bls12_381.fields.Fp2;
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.create({ c0, c1: 0n });
    const y2 = Fp2.add(Fp2.mul(Fp2.sqr(x), x), Fp2.create({ c0: 4n, c1: 4n }));
    try { Fp2.sqrt(y2); } catch { continue; }
    const point = G2.fromAffine({ x, y: Fp2.sqrt(y2) });
    if (!point.isTorsionFree()) return flagged(cat(be(0, 48), be(c0, 48)), false);
  }
})();
const fieldOrder = bls12_381.fields.Fp.ORDER;
const signature = blsSign(message(0), receiver);
const bare = (bytes) => bytes.map((b, i) => (i === 0 ? b & 0x1f : b));
// The same point with p added to its abscissa: a second spelling for who only reduces. Needs an abscissa that leaves room.
const spare = (1n << 381n) - fieldOrder;
const small = (base, abscissa, encode) => {
  for (let point = base; ; point = point.add(base)) {
    if (abscissa(point.toAffine().x) < spare) return encode(point.toBytes(true));
  }
};
const plusOrder = (bytes, at) => {
  const flags = at === 0 ? bytes[0] & 0xe0 : 0;
  const number = BigInt(`0x${hex(bytes.slice(at, at + 48))}`) & ((1n << 381n) - 1n);
  const out = Uint8Array.from(bytes);
  out.set(be(number + fieldOrder, 48), at);
  out[at] |= flags;
  return out;
};
const withBits = (bytes, bits) => bytes.map((b, i) => (i === 0 ? b | bits : b));
const uncompressedKey = G1.fromBytes(receiver.publicKey).toBytes(false);
const uncompressedSignature = G2.fromBytes(signature).toBytes(false);

const malformed = {
  keys: {
    'outside the subgroup': onCurveOnly,
    'infinity': cat(Uint8Array.of(0xc0), new Uint8Array(47)),
    'infinity with a sign': cat(Uint8Array.of(0xe0), new Uint8Array(47)),
    'infinity, not compressed': cat(Uint8Array.of(0x40), new Uint8Array(47)),
    'infinity, 96 bytes': cat(Uint8Array.of(0x40), new Uint8Array(95)),
    'infinity with an abscissa': withBits(receiver.publicKey, 0x40),
    'infinity with a last byte': cat(Uint8Array.of(0xc0), new Uint8Array(46), Uint8Array.of(1)),
    'uncompressed, 96 bytes': uncompressedKey,
    'uncompressed, 96 bytes, compression flag set': withBits(uncompressedKey, 0x80),
    'uncompressed, 96 bytes, sign flag set': withBits(uncompressedKey, 0x20),
    'compressed, padded to 96 bytes': cat(receiver.publicKey, new Uint8Array(48)),
    'compression flag missing': bare(receiver.publicKey),
    'all zeros': new Uint8Array(48),
    'abscissa not below the field order': flagged(be(fieldOrder + 1n, 48), false),
    'abscissa the field order': flagged(be(fieldOrder, 48), false),
    'abscissa of a point plus the field order': small(G1.BASE, (x) => x, (bytes) => plusOrder(bytes, 0)),
    'abscissa of ones': cat(Uint8Array.of(0x9f), new Uint8Array(47).fill(0xff)),
    'abscissa of no point': flagged(be(1n, 48), false),
    'one byte short': receiver.publicKey.slice(0, 47),
    'one byte long': cat(receiver.publicKey, Uint8Array.of(0)),
    'a byte before': cat(Uint8Array.of(0), receiver.publicKey),
    'flags alone': receiver.publicKey.slice(0, 1),
    'a signature': signature,
    'nothing': new Uint8Array(0),
  },
  signatures: {
    'outside the subgroup': onTwistOnly,
    'infinity': cat(Uint8Array.of(0xc0), new Uint8Array(95)),
    'infinity with a sign': cat(Uint8Array.of(0xe0), new Uint8Array(95)),
    'infinity, not compressed': cat(Uint8Array.of(0x40), new Uint8Array(95)),
    'infinity, 192 bytes': cat(Uint8Array.of(0x40), new Uint8Array(191)),
    'infinity with an abscissa': withBits(signature, 0x40),
    'infinity with a last byte': cat(Uint8Array.of(0xc0), new Uint8Array(94), Uint8Array.of(1)),
    'uncompressed, 192 bytes': uncompressedSignature,
    'uncompressed, 192 bytes, compression flag set': withBits(uncompressedSignature, 0x80),
    'uncompressed, 192 bytes, sign flag set': withBits(uncompressedSignature, 0x20),
    'compressed, padded to 192 bytes': cat(signature, new Uint8Array(96)),
    'compression flag missing': bare(signature),
    'all zeros': new Uint8Array(96),
    'abscissa not below the field order': cat(flagged(be(fieldOrder, 48), false), be(0, 48)),
    'abscissa of a point, field order added to c1': small(G2.BASE, (x) => x.c1, (bytes) => plusOrder(bytes, 0)),
    'abscissa of a point, field order added to c0': plusOrder(signature, 48),
    'abscissa of no point': cat(flagged(be(0, 48), false), be(1, 48)),
    'abscissa of ones': cat(Uint8Array.of(0x9f), new Uint8Array(95).fill(0xff)),
    'flag in the second half': cat(signature.slice(0, 48), withBits(signature.slice(48), 0x80)),
    'halves swapped': cat(signature.slice(48), signature.slice(0, 48)),
    'one byte short': signature.slice(0, 95),
    'one byte long': cat(signature, Uint8Array.of(0)),
    'a byte before': cat(Uint8Array.of(0), signature),
    'flags alone': signature.slice(0, 1),
    'a key': receiver.publicKey,
    'nothing': new Uint8Array(0),
  },
};
const entries = (object) => Object.entries(object).map(([name, bytes]) => ({ name, bytes: hex(bytes) }));

// ---- rows of the ledger and the trees above them
const rows = [
  { index: 0, bytes: 262144, kind: 'v2-bls', number: 1, signed: receiptsV2[0] },
  { index: 0xffffffff, bytes: 1, kind: 'v2-secp256k1', number: 2, signed: receiptsV2[1] },
  { index: 3, bytes: Number.MAX_SAFE_INTEGER, kind: 'http-v1', number: 3, signed: receiptsHttpV1[0] },
].map((r) => row({
  ...r, sender, receiver: receiverWallet, signedBytes: unhex(r.signed.signed_bytes), evidence: unhex(r.signed.signature),
}));

const entry = (i) => sha256(ascii(`entry ${i}`));
const logTrees = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13].map((n) => {
  const d = Array.from({ length: n }, (_, i) => entry(i));
  return { entries: d.map(hex), root: hex(logRoot(d)), paths: d.map((_, i) => logPath(i, d).map(hex)) };
});

const sumsTrees = [1, 2, 3, 5, 8, 11].map((n) => {
  const sums = Array.from({ length: n }, (_, i) => ({ account: hex(keccak_256(entry(i))), up: 1000 * i, down: i === 0 ? Number.MAX_SAFE_INTEGER : 7 * i }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  const tree = StandardMerkleTree.of(sums.map((s) => ['0x' + s.account, s.up, s.down]), ['bytes32', 'uint256', 'uint256'], { sortLeaves: false });
  return { root: tree.root.slice(2), sums: sums.map((s, i) => ({ ...s, path: tree.getProof(i).map((h) => h.slice(2)) })) };
});
const epochs = [
  [logTrees[0].root, '00'.repeat(32)],
  [logTrees[5].root, sumsTrees[3].root],
].map(([batches_root, sums_root]) => ({ batches_root, sums_root, root: hex(keccak_256(cat(unhex(batches_root), unhex(sums_root)))) }));

// ---- wallets: spellings of one signature
const N = secp256k1.Point.Fn.ORDER;
const digest = keccak_256(ascii('a message of thirty-two bytes'));
const good = personalSign(digest, receiverWallet);
const s = BigInt('0x' + hex(good.slice(32, 64)));
const withV = (v) => cat(good.slice(0, 64), Uint8Array.of(v));
const withR = (r) => cat(be(r, 32), good.slice(32));
const withS = (x) => cat(good.slice(0, 32), be(x, 32), good.slice(64));
const wallets = {
  message: hex(digest), address: receiverWallet.checksummed, secret_key: hex(receiverWallet.secret), signature: hex(good),
  rejected: Object.entries({
    'high s': [cat(good.slice(0, 32), be(N - s, 32), Uint8Array.of(55 - good[64])), 'HIGH_S'],
    'high s, v unchanged': [withS(N - s), 'HIGH_S'],
    's zero': [withS(0n), 'RANGE'], 's = n': [withS(N), 'RANGE'], 's of all ones': [withS((1n << 256n) - 1n), 'RANGE'],
    'r zero': [withR(0n), 'RANGE'], 'r = n': [withR(N), 'RANGE'], 'r of no point': [withR(5n), 'NO_KEY'],
    'v = 0': [withV(0), 'RECOVERY_ID'], 'v = 1': [withV(1), 'RECOVERY_ID'], 'v = 26': [withV(26), 'RECOVERY_ID'],
    'v = 29': [withV(29), 'RECOVERY_ID'], 'v = 31': [withV(31), 'RECOVERY_ID'], 'v = 255': [withV(255), 'RECOVERY_ID'],
    'one byte short': [good.slice(0, 64), 'SIZE'], 'one byte long': [cat(good, Uint8Array.of(0)), 'SIZE'], 'nothing': [new Uint8Array(0), 'SIZE'],
  }).map(([name, [bytes, reason]]) => ({ name, signature: hex(bytes), reason })),
  checksums: [senderWallet, receiverWallet, { checksummed: checksum(contract) }].map((w) => w.checksummed),
};

// ---- out
const files = {
  'receipts-v2.json': { cases: receiptsV2 },
  'receipts-http-v1.json': { cases: receiptsHttpV1 },
  'accounts.json': { registrations, possessions, passkey_hash_key: hex(passkeyHashKey), passkeys, chain_accounts: chainAccounts },
  'bls-batches.json': { cases: batches, rogue_key: rogue },
  'bls-malformed.json': { keys: entries(malformed.keys), signatures: entries(malformed.signatures) },
  'ledger.json': { rows, log_trees: logTrees, sums_trees: sumsTrees, epochs },
  'wallets.json': wallets,
  'receipts-typed.json': typedReceipts(),
  'receipts-legacy.json': legacyReceipts(),
  'receipts-aggregate.json': aggregateReceipts(),
  'receipts-batch.json': batchReceipts(),
  'receipts-session.json': sessionReceipts(),
  'acknowledgements.json': acknowledgements(),
  'reports-binary.json': binaryReports(),
  'epochs.json': epochFiles(),
  'signin.json': signIn({ be, blsKey, blsSign, wallet, instanceId }),
};
mkdirSync(FOLDER, { recursive: true });
for (const [name, content] of Object.entries(files)) {
  const text = JSON.stringify(content, null, 1) + '\n';
  const file = new URL(name, FOLDER);
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) throw new Error(`${name} differs from what is committed`);
  } else {
    writeFileSync(file, text);
  }
  console.log(name, text.length);
}
