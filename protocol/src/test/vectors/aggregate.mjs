// One BLS signature for all receipts of a report that carry none: the sum of what each receiver signed.
import {
  G1, G2, ORDER, address, ascii, base, bls, blsKey, blsSign, demand, hashed, hex, legacyBytes, pieceV2, receiptBytes, receiver, senderWallet, sha256,
  suite, v2,
} from './kit.mjs';
import { bep10Bytes } from './legacy.mjs';

const KINDS = { 'v2-bls': receiptBytes, 'http-v1': legacyBytes, 'bep10-v1': bep10Bytes };
const others = [11n, 12n, 13n, 14n].map(blsKey);

/** A receipt of `key`, of which `kind` says what is signed. */
const member = (key, change = {}, kind = 'v2-bls') => {
  const r = { ...base, receiver: bls(key), ...change };
  const message = KINDS[kind](r);
  return { key, kind, message, signature: blsSign(message, key), proven: true };
};
const pieces = (n, key) => Array.from({ length: n }, (_, index) => member(key, { index }));
const spread = (n) => Array.from({ length: n }, (_, index) => member(others[index % others.length], { index }));
const swap = (items, field, i, j) => items.map((item, at) =>
  at === i ? { ...item, [field]: items[j][field] } : at === j ? { ...item, [field]: items[i][field] } : item);
const replaced = (items, at, change) => items.map((item, i) => (i === at ? { ...item, ...change } : item));
const add = (signature, point) => G2.fromBytes(signature).add(point).toBytes(true);
const off = hashed(ascii('an error term'));

const INFINITY = Uint8Array.from({ length: 96 }, (_, i) => (i === 0 ? 0xc0 : 0));
const sum = (items) => {
  const total = items.reduce((point, item) => point.add(G2.fromBytes(item.signature)), G2.ZERO);
  return total.is0() ? INFINITY : total.toBytes(true);
};
const verifies = (aggregate, items) => aggregate !== INFINITY && suite.verifyBatch(
  aggregate, items.map((item) => ({ message: hashed(item.message), publicKey: item.key.publicKey })));

/** `listed` are the members that a verifier is told of, `summed` those whose signatures are in the sum. */
const aggregated = (name, listed, summed = listed) => {
  const aggregate = sum(summed);
  const verified = verifies(aggregate, listed);
  return {
    name, aggregate_signature: hex(aggregate), aggregate_verifies: verified, accepted: verified && listed.every((item) => item.proven),
    evidence_hash: hex(sha256(aggregate)),
    members: listed.map((item) => ({
      kind: item.kind, receiver: hex(item.key.publicKey), key_proven: item.proven, message: hex(item.message),
    })),
  };
};

function roguePair() {
  const secret = 77n;
  const message = legacyBytes(base);
  const rogue = G1.BASE.multiply(secret).subtract(G1.fromBytes(receiver.publicKey)).toBytes(true);
  const listed = [
    { key: receiver, kind: 'http-v1', message, proven: true },
    { key: { publicKey: rogue }, kind: 'http-v1', message, proven: false },
  ];
  return aggregated('a key made from another one, http-v1', listed, [{ signature: blsSign(message, blsKey(secret)) }]);
}

export function aggregateReceipts() {
  const four = spread(4);
  const good = [
    aggregated('one receipt', pieces(1, receiver)),
    aggregated('one receiver, many receipts', pieces(6, receiver)),
    aggregated('many receivers, one receipt each', four),
    aggregated('many receivers, many receipts', spread(10)),
    aggregated('v2 torrent and a sender with a wallet', [member(others[0], { ...v2, sender: address(senderWallet) }), member(others[1], v2)]),
    aggregated('the same receipt twice', [...pieces(2, receiver), ...pieces(1, receiver)]),
    aggregated('three kinds', [
      member(receiver), member(others[0], {}, 'http-v1'), member(others[1], { piece: pieceV2, epoch: 472222 }, 'bep10-v1'),
    ]),
    aggregated('one http-v1 message of two receivers', [member(others[0], {}, 'http-v1'), member(others[1], {}, 'http-v1')]),
  ];
  // What no verifier of a sum can see: the members were wrong by opposite amounts, the sum is the right one.
  const unseen = [
    aggregated('two errors that cancel', four, replaced(
      replaced(four, 0, { signature: add(four[0].signature, off) }), 2, { signature: add(four[2].signature, off.negate()) })),
    aggregated('two signatures swapped', four, swap(four, 'signature', 1, 3)),
  ];
  const plain = good[2].aggregate_signature;
  demand('errors that cancel leave the sum', unseen.every((item) => item.aggregate_signature === plain));
  const broken = [
    aggregated('one member missing from the sum', four, four.slice(1)),
    aggregated('one member missing from the report', four.slice(1), four),
    aggregated('one message changed', replaced(four, 2, { message: member(others[2], { index: 99 }).message }), four),
    aggregated('the messages of two receivers swapped', swap(four, 'message', 0, 1), four),
    aggregated('one error', four, replaced(four, 0, { signature: add(four[0].signature, off) })),
    aggregated('one signature summed twice', four, [...four, four[0]]),
    aggregated('another receiver', replaced(four, 3, { key: receiver }), four),
    aggregated('opposite keys, a sum of nothing', [5n, ORDER - 5n].map((number) => member(blsKey(number), {}, 'http-v1'))),
    roguePair(),
  ];
  demand('good aggregates', [...good, ...unseen].every((item) => item.accepted));
  demand('broken aggregates', broken.every((item) => !item.accepted));
  demand('the rogue key verifies, and only its proof is missing', broken.at(-1).aggregate_verifies);
  return { cases: [...good, ...unseen, ...broken] };
}
