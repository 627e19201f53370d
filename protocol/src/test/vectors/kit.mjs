// What every file of vectors is made with: bytes, keys, the parties, receipts and the log tree. Only @noble beneath.
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex as hex, concatBytes as cat, hexToBytes as unhex, utf8ToBytes as ascii } from '@noble/hashes/utils.js';

export { ascii, cat, hex, keccak_256, secp256k1, sha256, unhex };
const SIGNATURE_TAG = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
export const POSSESSION_TAG = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

// ---- bytes
export const be = (value, width) => {
  const out = new Uint8Array(width);
  for (let rest = BigInt(value), i = width - 1; i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};
export const left = (bytes, width) => cat(new Uint8Array(width - bytes.length), bytes);
export const flip = (bytes, at) => bytes.map((b, i) => (i === at ? b ^ 1 : b));

// ---- BLS: public keys in G1, signatures in G2
export const suite = bls12_381.longSignatures;
export const G1 = bls12_381.G1.Point;
export const G2 = bls12_381.G2.Point;
export const ORDER = bls12_381.fields.Fr.ORDER;
export const blsKey = (number) => {
  const secret = be(number, 32);
  return { secret, publicKey: suite.getPublicKey(secret).toBytes(true) };
};
export const hashed = (message, tag = SIGNATURE_TAG) => suite.hash(message, tag);
export const blsSign = (message, key, tag = SIGNATURE_TAG) => suite.sign(hashed(message, tag), key.secret).toBytes(true);
export const blsVerifies = (signature, message, publicKey) => suite.verify(signature, hashed(message), publicKey);

// ---- wallets
export const wallet = (secretHex) => {
  const secret = unhex(secretHex);
  const address = keccak_256(secp256k1.getPublicKey(secret, false).slice(1)).slice(12);
  return { secret, address, checksummed: checksum(address) };
};
export const checksum = (address) => {
  const text = hex(address);
  const hash = hex(keccak_256(ascii(text)));
  return '0x' + [...text].map((c, i) => (parseInt(hash[i], 16) >= 8 ? c.toUpperCase() : c)).join('');
};
export const personalDigest = (message) => keccak_256(cat(ascii('\x19Ethereum Signed Message:\n32'), message));
export const personalSign = (message, key) => {
  const signature = secp256k1.sign(personalDigest(message), key.secret, { prehash: false, format: 'recovered' });
  return cat(signature.slice(1), Uint8Array.of(27 + signature[0]));
};

// ---- the parties
export const receiver = blsKey(2);
export const sender = blsKey(3);
export const receiverWallet = wallet('59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d');
export const senderWallet = wallet('ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
export const bls = (key) => ({ kind: 'bls', number: 1, bytes: key.publicKey });
export const address = (key) => ({ kind: 'address', number: 2, bytes: key.address });

export const instanceId = sha256(ascii('pbts vector instance'));
export const contract = keccak_256(ascii('pbts vector contract')).slice(12);
export const domainOf = (chainId) => keccak_256(cat(be(chainId, 32), left(contract, 32), instanceId));

export const infoV1 = sha1(ascii('test_torrent'));
export const infoV2 = sha256(ascii('test_torrent'));
export const pieceV1 = sha1(ascii('piece_data'));
export const pieceV2 = sha256(ascii('piece_data'));

// ---- receipts
export const v2 = { info: infoV2, piece: pieceV2 };
export const base = {
  chainId: 31337, info: infoV1, sender: bls(sender), receiver: bls(receiver),
  index: 0, length: 262144, piece: pieceV1, timestamp: 1700000000,
};
export const receiptBytes = (r) => cat(
  ascii('PBTS-RECEIPT'), be(2, 1), be(r.receiver.number, 1), domainOf(r.chainId),
  be(r.info.length === 20 ? 1 : 2, 1), left(r.info, 32),
  be(r.sender.number, 1), left(r.sender.bytes, 48), be(r.receiver.number, 1), left(r.receiver.bytes, 48),
  be(r.index, 4), be(r.length, 4), left(r.piece, 32), be(r.timestamp, 8));
export const party = (key) => ({ kind: key.kind, bytes: hex(key.bytes) });
export const receiptFields = (r) => ({
  chain_id: String(r.chainId), contract: hex(contract), instance_id: hex(instanceId),
  domain: hex(domainOf(r.chainId)), info_hash: hex(r.info), sender: party(r.sender), receiver: party(r.receiver),
  index: r.index, length: r.length, piece_hash: hex(r.piece), timestamp: r.timestamp,
  signed_bytes: hex(receiptBytes(r)),
});
export const legacyBytes = (r) => cat(r.info, r.sender.bytes, r.piece, be(r.index, 4), be(r.timestamp, 8));

// ---- rows: parties are BLS keys or wallets, evidence is what is kept beside the row
const accountOf = (key) => keccak_256(key.publicKey ?? key.address);
export const row = ({ sender, receiver, index, bytes, kind, number, signedBytes, evidence }) => {
  const torrentId = sha256(ascii('an info dictionary'));
  const parties = [accountOf(sender), accountOf(receiver)];
  const hashes = [sha256(signedBytes), sha256(evidence)];
  const encoded = cat(ascii('PBTS-ROW\x01'), instanceId, torrentId, ...parties, be(index, 4), be(bytes, 8),
    be(number, 1), ...hashes);
  return {
    instance_id: hex(instanceId), torrent_id: hex(torrentId), sender: hex(parties[0]), receiver: hex(parties[1]),
    index, bytes, kind, signed_bytes_hash: hex(hashes[0]), signature_hash: hex(hashes[1]),
    encoded: hex(encoded), hash: hex(sha256(encoded)),
  };
};

// ---- trees
// RFC 6962, 2.1 and 2.1.1, by its own recursive definition: split at the largest power of two below n.
const split = (n) => 2 ** (Math.ceil(Math.log2(n)) - 1);
export const logRoot = (d) => d.length === 0 ? sha256(new Uint8Array(0))
  : d.length === 1 ? sha256(cat(be(0, 1), d[0]))
    : sha256(cat(be(1, 1), logRoot(d.slice(0, split(d.length))), logRoot(d.slice(split(d.length)))));
export const logPath = (m, d) => {
  if (d.length <= 1) return [];
  const k = split(d.length);
  return m < k ? [...logPath(m, d.slice(0, k)), logRoot(d.slice(k))] : [...logPath(m - k, d.slice(k)), logRoot(d.slice(0, k))];
};

// ---- others' figures, that we must meet
export const same = (what, actual, expected) => {
  if (hex(actual) !== expected) throw new Error(`${what}: ${hex(actual)} instead of ${expected}`);
};
export const demand = (what, truth) => {
  if (!truth) throw new Error(what);
};
