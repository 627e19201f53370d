// The originals' receipts: over HTTP, in the BEP 10 extension, and the AI-agent variant's by EIP-191.
// GOLDEN holds figures of the same fields that were found before this script and not with it.
import {
  ascii, base, be, blsSign, cat, flip, hex, infoV1, keccak_256, left, legacyBytes, personalDigest, personalSign, pieceV1, pieceV2,
  receiver, receiverWallet, row, same, secp256k1, sender, senderWallet,
} from './kit.mjs';

const GOLDEN = {
  http_sha1: '826556da339db3e22a6291eade072060d8851df4678615187e8874b986e272d34807cf48ad5774b6baf3825d8e5244a117d8b86498f3854834eb086a8691aff85aba239478a93a7b39084c0a9b4fbb24b6c33b82a2d19bbd9859446ca6da4559',
  http_sha256: 'b3b6b8c6346a518cc11078678e6ad7fdc7e121448af80de13c02ff9aa5fa14853df7bb18b015e8e499d3d75ae8dbc869160ef59146171a37a125eac1bd78fd02a80c90381cdc2ebb9e77c0f5d0cd842290ebb876ff6fdceed880803c366f330c',
  bep10: '893240ee82d734a7491795c42ca6dfa7c1b00e56ba498285d1ce743fa014598ee362f085bcd417c721f068538a5266940a12471aa35596f59e05876e3f2acab7c824a285407663358135e451aecb4c570ac4b2fea91be78bcdb3ef30cbafc8fa',
  eip191_hash: 'e2c8fcab9b26e1ed1b02be9246c62ecac590071eecf363fc3d1b6d73ef203f9f',
  eip191_digest: 'cf1d3cbef43a9cd3067a75813c5dd865d736c7b4e79eec85ed5f680c77aad5df',
  eip191: 'c5f89a1aa472c5a8af16b1de41d75c6b5c952c8c14228a2116efa103acbea8be48cd8bb39ab9b8741a1e3a572984eab4e31bb491a1cb050e72ed215e1d0daf091b',
};
const EPOCH = 3600n;
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const fields = (r) => ({
  info_hash: hex(r.info), sender: hex(r.sender.bytes), receiver: hex(r.receiver.bytes), index: r.index, piece_hash: hex(r.piece),
});

// ---- over HTTP
function httpV1() {
  return Object.entries({
    'SHA-1 piece hash': {},
    'SHA-256 piece hash': { piece: pieceV2 },
    'info hash with leading zeros': { info: left(infoV1.slice(8), 20) },
  }).map(([name, change]) => {
    const r = { ...base, ...change };
    const signature = blsSign(legacyBytes(r), receiver);
    return { name, ...fields(r), timestamp: r.timestamp, signed_bytes: hex(legacyBytes(r)), signature: hex(signature) };
  });
}

// ---- in the BEP 10 extension: the last field is an epoch
export const bep10Bytes = (r) => cat(r.info, r.sender.bytes, r.piece, be(r.index, 4), be(r.epoch, 8));
function bep10V1() {
  const last = ((1n << 63n) - 1n - (EPOCH - 1n)) / EPOCH;
  return Object.entries({
    'SHA-256 piece hash': {},
    'SHA-1 piece hash': { piece: pieceV1 },
    'last index': { index: 0xffffffff },
    'first epoch': { epoch: 0n },
    'last epoch whose seconds fit in 63 bits': { epoch: last },
  }).map(([name, change]) => {
    const r = { ...base, piece: pieceV2, epoch: BigInt(base.timestamp) / EPOCH, ...change };
    const signature = blsSign(bep10Bytes(r), receiver);
    return {
      name, ...fields(r), epoch: String(r.epoch), first_second: String(r.epoch * EPOCH), last_second: String(r.epoch * EPOCH + EPOCH - 1n),
      signed_bytes: hex(bep10Bytes(r)), signature: hex(signature),
      report_object: {
        infohash: hex(r.info), sender_pk: base64(r.sender.bytes), receiver_pk: base64(r.receiver.bytes), piece_hash: hex(r.piece),
        piece_index: r.index, t_epoch: Number(r.epoch), signature: base64(signature),
      },
    };
  });
}

// ---- by EIP-191
export const eip191Bytes = (r) => cat(
  left(r.info, 32), r.sender.address, r.receiver.address, r.piece, be(r.index, 32), be(r.length, 32), be(r.timestamp, 32));
const eip191Base = { ...base, sender: senderWallet, receiver: receiverWallet, piece: keccak_256(ascii('piece_data')) };
function eip191Case(name, change, sign = (message) => personalSign(message, receiverWallet)) {
  const r = { ...eip191Base, ...change };
  const hash = keccak_256(eip191Bytes(r));
  const signature = sign(hash);
  return {
    name, info_hash: hex(r.info), sender: r.sender.checksummed, receiver: r.receiver.checksummed, piece_hash: hex(r.piece), index: r.index,
    size: r.length, timestamp: r.timestamp, signed_bytes: hex(eip191Bytes(r)), hash: hex(hash), digest: hex(personalDigest(hash)),
    signature: hex(signature),
    report_object: {
      infohash: hex(r.info), sender: r.sender.checksummed, receiver: r.receiver.checksummed, pieceHash: '0x' + hex(r.piece),
      pieceIndex: r.index, pieceSize: r.length, timestamp: r.timestamp, signature: '0x' + hex(signature),
    },
  };
}
function eip191V1() {
  return Object.entries({
    'keccak256 piece hash': {},
    'SHA-256 piece hash': { piece: pieceV2 },
    'last index': { index: 0xffffffff },
    'largest size': { length: 0xffffffff },
    'time zero': { timestamp: 0 },
    'info hash with leading zeros': { info: left(infoV1.slice(8), 20) },
  }).map(([name, change]) => eip191Case(name, change));
}
function eip191Refused() {
  const highS = (signature) => cat(
    signature.slice(0, 32), be(secp256k1.Point.Fn.ORDER - BigInt('0x' + hex(signature.slice(32, 64))), 32), Uint8Array.of(55 - signature[64]));
  const signed = (message) => personalSign(message, receiverWallet);
  return [
    eip191Case('high s', {}, (message) => highS(signed(message))),
    eip191Case('v = 0 or 1', {}, (message) => cat(signed(message).slice(0, 64), Uint8Array.of(signed(message)[64] - 27))),
    eip191Case('one byte short', {}, (message) => signed(message).slice(0, 64)),
    eip191Case('signed by the sender', {}, (message) => personalSign(message, senderWallet)),
    eip191Case('another hash was signed', {}, (message) => signed(flip(message, 0))),
  ];
}

export function legacyReceipts() {
  const http = httpV1();
  const bep10 = bep10V1();
  const eip191 = eip191V1();
  const golden = { http_sha1: http[0].signature, http_sha256: http[1].signature, bep10: bep10[0].signature };
  for (const [name, text] of Object.entries({
    ...golden, eip191_hash: eip191[0].hash, eip191_digest: eip191[0].digest, eip191: eip191[0].signature,
  })) same(name, Buffer.from(text, 'hex'), GOLDEN[name]);
  const rows = [
    [sender, receiver, 4, 'bep10-v1', bep10[0]],
    [senderWallet, receiverWallet, 5, 'eip191-v1', eip191[0]],
  ].map(([from, to, number, kind, signed]) => row({
    sender: from, receiver: to, index: 0, bytes: base.length, kind, number,
    signedBytes: Buffer.from(signed.signed_bytes, 'hex'), evidence: Buffer.from(signed.signature, 'hex'),
  }));
  return { http_v1: http, bep10_v1: bep10, eip191_v1: eip191, eip191_refused: eip191Refused(), rows };
}
