// An epoch as a file: every kind of receipt in every form of signature, and all that its root is made of.
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import {
  G2, address, ascii, base, be, bls, blsKey, blsSign, cat, contract, demand, hex, instanceId, keccak_256, legacyBytes, logPath, logRoot, personalSign,
  pieceV2, receiptBytes, receiver, receiverWallet, row, sender, senderWallet, sha256, unhex,
} from './kit.mjs';
import { batchRoot, signStatement, statementOf } from './batch.mjs';
import { bep10Bytes, eip191Bytes } from './legacy.mjs';
import { certificateOf, certify, sessionBase, signPiece } from './session.mjs';
import { typedSign } from './typed.mjs';

// CRC-32C bit by bit, as RFC 3720, B.4 defines it.
const crc32c = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};
demand('the check value of CRC-32C', crc32c(ascii('123456789')) === 0xe3069283);
const record = (type, ...fields) => {
  const body = cat(...fields);
  const covered = cat(be(type, 1), be(body.length, 3), body);
  return cat(covered, be(crc32c(covered), 4));
};

const KINDS = { 'v2-bls': 1, 'v2-secp256k1': 2, 'http-v1': 3, 'bep10-v1': 4, 'eip191-v1': 5 };
const FORMS = { hashes: 0, single: 1, typed: 2, aggregate: 3, batch: 4, session: 5 };
const leavesReceiverOut = (kind) => kind === 'http-v1' || kind === 'bep10-v1';

/** A row: `who` are the keys of the parties, the account's first keys. */
const rowOf = (kind, form, index, signedBytes, evidence, who = {}) => ({
  kind, form, index, signedBytes, evidence, bytes: base.length, sender, receiver, ...who,
});
const withBls = (index, change = {}) => ({ ...base, index, ...change });
const withWallet = (index) => ({ ...base, index, receiver: address(receiverWallet) });

const single = (index) => rowOf('v2-bls', 'single', index, receiptBytes(withBls(index)), blsSign(receiptBytes(withBls(index)), receiver));
const personal = (index) => rowOf('v2-secp256k1', 'single', index, receiptBytes(withWallet(index)),
  personalSign(keccak_256(receiptBytes(withWallet(index))), receiverWallet), { receiver: receiverWallet });
const typed = (index) => rowOf('v2-secp256k1', 'typed', index, receiptBytes(withWallet(index)), typedSign(withWallet(index), receiverWallet),
  { receiver: receiverWallet });
const http = (index) => rowOf('http-v1', 'single', index, legacyBytes(withBls(index)), blsSign(legacyBytes(withBls(index)), receiver));
const bep10 = (index) => {
  const message = bep10Bytes(withBls(index, { piece: pieceV2, epoch: 472222 }));
  return rowOf('bep10-v1', 'single', index, message, blsSign(message, receiver));
};
const variant = (index) => {
  const message = eip191Bytes({
    info: base.info, sender: senderWallet, receiver: receiverWallet, piece: pieceV2, index, length: base.length, timestamp: base.timestamp,
  });
  return rowOf('eip191-v1', 'single', index, message, personalSign(keccak_256(message), receiverWallet),
    { sender: senderWallet, receiver: receiverWallet });
};
const session = (index) => {
  const message = receiptBytes(withBls(index));
  const evidence = cat(signPiece(message, sessionBase.secret), sha256(cat(certificateOf(sessionBase), certify(sessionBase))));
  return rowOf('v2-bls', 'session', index, message, evidence);
};
const merkle = (count, from, key) => {
  const receipts = Array.from({ length: count }, (_, i) => (key.publicKey ? withBls(from + i) : withWallet(from + i)));
  const entries = receipts.map((r) => sha256(receiptBytes(r)));
  const statement = statementOf(key.publicKey ? bls(key) : address(key), entriesDomain(), count, batchRoot(receipts));
  const signature = signStatement(statement, key);
  return receipts.map((r, place) => rowOf(key.publicKey ? 'v2-bls' : 'v2-secp256k1', 'batch', r.index, receiptBytes(r),
    cat(signature, be(count, 4), be(place, 4), ...logPath(place, entries)), { receiver: key }));
};
const entriesDomain = () => receiptBytes(base).slice(14, 46);
/** Two become rows, one does not. */
const other = blsKey(11n);
const aggregated = (from) => {
  const messages = [receiptBytes(withBls(from)), legacyBytes(withBls(from + 1))];
  const member = receiptBytes(withBls(from + 2, { receiver: bls(other) }));
  const sum = [...messages.map((m) => blsSign(m, receiver)), blsSign(member, other)]
    .reduce((point, signature) => point.add(G2.fromBytes(signature)), G2.ZERO).toBytes(true);
  return {
    rows: [rowOf('v2-bls', 'aggregate', from, messages[0], sum), rowOf('http-v1', 'aggregate', from + 1, messages[1], sum)],
    members: [record(4, sha256(sum), other.publicKey, member)],
  };
};

const BATCHES = () => {
  const sum = aggregated(30);
  const pruned = { ...single(40), form: 'hashes' };
  return [
    { number: 7, exhibits: [], rows: [single(0), personal(1), typed(2), http(3), bep10(4), variant(5)] },
    { number: 9, exhibits: [record(3, certificateOf(sessionBase), certify(sessionBase)), ...sum.members],
      rows: [session(10), session(11), ...merkle(3, 20, receiver), ...merkle(2, 24, receiverWallet), ...sum.rows] },
    { number: 8, exhibits: [], rows: [pruned] },
  ];
};

const rowRecord = (r, sequence) => {
  const facts = cat(be(sequence, 8), unhex(r.leaf.torrent_id), unhex(r.leaf.sender), unhex(r.leaf.receiver), be(r.index, 4), be(r.bytes, 8),
    be(KINDS[r.kind], 1), be(FORMS[r.form], 1));
  return r.form === 'hashes'
    ? record(5, facts, sha256(r.signedBytes), sha256(r.evidence))
    : record(5, facts, leavesReceiverOut(r.kind) ? r.receiver.publicKey : new Uint8Array(0), be(r.signedBytes.length, 2), r.signedBytes, r.evidence);
};

/** What rows add to accounts, ascending. */
const sumsOf = (rows) => {
  const sums = new Map();
  const add = (account, up, down) => {
    const before = sums.get(account) ?? { up: 0, down: 0 };
    sums.set(account, { up: before.up + up, down: before.down + down });
  };
  for (const r of rows) {
    add(r.leaf.sender, r.bytes, 0);
    add(r.leaf.receiver, 0, r.bytes);
  }
  return [...sums.entries()].sort(([one], [two]) => (one < two ? -1 : 1));
};

const FIRST_SEQ = 3;
const FIRST_POSITION = 4;

/** @param cut gives which part carries a row, from 0: any cut will do, as long as the parts together are all rows. */
function epochFile(partCount, cut) {
  let sequence = 100;
  const batches = BATCHES().map((batch) => ({ ...batch, rows: batch.rows.map((r) => ({ ...r, leaf: row({ ...r, number: KINDS[r.kind] }) })) }));
  const roots = batches.map((batch) => logRoot(batch.rows.map((r) => unhex(r.leaf.hash))));
  const batchesRoot = logRoot(roots);
  const rows = batches.flatMap((batch) => batch.rows);
  const parts = Array.from({ length: partCount }, (_, number) => {
    const sums = sumsOf(rows.filter((r, at) => cut(at) === number));
    const tree = StandardMerkleTree.of(sums.map(([account, s]) => ['0x' + account, s.up, s.down]), ['bytes32', 'uint256', 'uint256'],
      { sortLeaves: false });
    const sumsRoot = unhex(tree.root.slice(2));
    return {
      seq: FIRST_SEQ + number, root: hex(keccak_256(cat(batchesRoot, sumsRoot))), sums_root: hex(sumsRoot),
      sums: sums.map(([account, s], i) => ({ account, ...s, path: tree.getProof(i).map((h) => h.slice(2)) })),
      records: [record(7, be(FIRST_SEQ + number, 8), be(sums.length, 4), sumsRoot),
        ...sums.map(([account, s]) => record(6, unhex(account), be(s.up, 8), be(s.down, 8)))],
    };
  });
  const header = record(1, ascii('PBTS-EPOCH'), be(1, 1), instanceId, be(base.chainId, 8), contract, be(FIRST_SEQ, 8), be(FIRST_POSITION, 8),
    be(FIRST_POSITION + batches.length - 1, 8), be(rows.length, 8), be(partCount, 4), batchesRoot, keccak_256(ascii('the epoch before')));
  const file = cat(header,
    ...batches.flatMap((batch, at) => [record(2, be(batch.number, 8), be(FIRST_POSITION + at, 8), be(batch.rows.length, 4), roots[at]),
      ...batch.exhibits, ...batch.rows.map((r) => rowRecord(r, sequence++))]),
    ...parts.flatMap((part) => part.records));
  return {
    receipts: rows.length, batches_root: hex(batchesRoot), parts: parts.map(({ records, ...part }) => part), file: hex(file), sha256: hex(sha256(file)),
  };
}

/** In one settlement; and in two, where the first one carries the rows of the first batch and most accounts are in both. */
export function epochFiles() {
  return { whole: epochFile(1, () => 0), in_parts: epochFile(2, (at) => (at < 6 ? 0 : 1)) };
}
