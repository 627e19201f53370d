// A client made of other people's libraries (noble for BLS and hashes) and of docs/protocol.md: it shares no code with PBTS.
// Reads one JSON command per line and answers with one JSON line.
import { createInterface } from 'node:readline';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

const bls = bls12_381.longSignatures;
const SIGNATURE_TAG = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const POSSESSION_TAG = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const unhex = (text) => Buffer.from(text, 'hex');
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const sign = (message, secret, tag = SIGNATURE_TAG) => bls.sign(bls.hash(message, tag), secret).toBytes();

function uint(value, width) {
  const out = Buffer.alloc(width);
  let rest = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    out[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

function padded(bytes, width) {
  return Buffer.concat([Buffer.alloc(width - bytes.length), bytes]);
}

function bencode(value) {
  if (typeof value === 'number') return Buffer.from(`i${value}e`);
  if (typeof value === 'string') value = Buffer.from(value);
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  const keys = Object.keys(value).sort();
  return Buffer.concat([Buffer.from('d'), ...keys.flatMap((key) => [bencode(key), bencode(value[key])]), Buffer.from('e')]);
}

/** DESIGN D4: the domain binds a receipt to one chain, one settlement contract and one instance. */
function domain({ chain_id, contract, instance_id }) {
  return Buffer.from(keccak_256(Buffer.concat([uint(chain_id, 32), padded(unhex(contract.slice(2)), 32), unhex(instance_id)])));
}

function signedBytesV2(r) {
  const infoHash = unhex(r.infohash);
  return Buffer.concat([
    Buffer.from('PBTS-RECEIPT'),
    uint(2, 1),
    uint(1, 1),
    unhex(r.domain),
    uint(infoHash.length === 20 ? 1 : 2, 1),
    padded(infoHash, 32),
    uint(1, 1),
    Buffer.from(r.sender_pk, 'base64'),
    uint(1, 1),
    Buffer.from(r.receiver_public_key, 'base64'),
    uint(r.piece_index, 4),
    uint(r.piece_size, 4),
    padded(unhex(r.piece_hash), 32),
    uint(r.timestamp, 8),
  ]);
}

function signedBytesLegacy(r) {
  return Buffer.concat([
    unhex(r.infohash),
    Buffer.from(r.sender_pk, 'base64'),
    unhex(r.piece_hash),
    uint(r.piece_index, 4),
    uint(r.timestamp, 8),
  ]);
}

/** r, s and v over the digest of a message of EIP-191, version 0x45. */
function signPersonal(message, secret) {
  const digest = keccak_256(Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`), message]));
  const signed = secp256k1.sign(digest, unhex(secret), { prehash: false, format: 'recovered' });
  return `0x${hex(signed.slice(1))}${(27 + signed[0]).toString(16)}`;
}

const commands = {
  keygen() {
    for (;;) {
      const secret = randomBytes(32);
      secret[0] &= 0x3f; // below the group order
      if (secret.some((byte) => byte !== 0)) {
        return { secret: hex(secret), public_key: base64(bls.getPublicKey(secret).toBytes()) };
      }
    }
  },

  registration({ secret, instance_id, user_id }) {
    const key = unhex(secret);
    const publicKey = bls.getPublicKey(key).toBytes();
    return {
      user_id,
      public_key: base64(publicKey),
      signature: base64(sign(Buffer.from(`register${instance_id}${user_id}`), key)),
      proof_of_possession: base64(sign(publicKey, key, POSSESSION_TAG)),
    };
  },

  /** A private single-file v1 torrent; its file is random bytes so that no two runs share an info hash. */
  torrent({ file, size, piece_length, announce, out }) {
    const content = size ? randomBytes(size) : readFileSync(file);
    if (size) writeFileSync(file, content);
    const pieces = [];
    for (let offset = 0; offset < content.length; offset += piece_length) {
      pieces.push(createHash('sha1').update(content.subarray(offset, offset + piece_length)).digest());
    }
    const info = {
      length: content.length,
      name: file.split('/').pop(),
      'piece length': piece_length,
      pieces: Buffer.concat(pieces),
      private: 1,
      source: 'PBTS',
    };
    writeFileSync(out, bencode({ announce, info }));
    return {
      info_hash: createHash('sha1').update(bencode(info)).digest('hex'),
      pieces: pieces.map(hex),
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  },

  /** The same torrent with another announce URL: the info dictionary's bytes stay as they are. */
  retarget({ torrent, announce, out }) {
    const bytes = readFileSync(torrent);
    const info = bytes.indexOf('4:infod');
    writeFileSync(out, Buffer.concat([Buffer.from('d8:announce'), bencode(announce), bytes.subarray(info)]));
    return {};
  },

  domain: (args) => ({ domain: hex(domain(args)) }),

  /** A wallet: its address is spelled as EIP-55 says. */
  wallet() {
    const secret = secp256k1.utils.randomSecretKey();
    const lower = hex(keccak_256(secp256k1.getPublicKey(secret, false).slice(1)).slice(12));
    const sum = hex(keccak_256(Buffer.from(lower)));
    const address = [...lower].map((digit, i) => (parseInt(sum[i], 16) > 7 ? digit.toUpperCase() : digit)).join('');
    return { secret: hex(secret), address: `0x${address}` };
  },

  /** EIP-191 `personal_sign`: r, s and v in hex; with high_s the other signature that ECDSA allows for the same message. */
  personal_sign({ secret, text, high_s = false }) {
    const message = Buffer.from(text);
    const digest = keccak_256(Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`), message]));
    const signed = secp256k1.sign(digest, unhex(secret), { prehash: false, format: 'recovered' });
    let s = BigInt(`0x${hex(signed.slice(33))}`);
    let v = 27 + signed[0];
    if (high_s) {
      s = secp256k1.Point.Fn.ORDER - s;
      v = v === 27 ? 28 : 27;
    }
    return { signature: `0x${hex(signed.slice(1, 33))}${hex(uint(s, 32))}${v.toString(16)}` };
  },

  /** A receipt v2 between two wallets, signed by its receiver, under the AI-agent variant's names. */
  wallet_receipt({ secret, domain: bound, infohash, sender, receiver, piece_hash, piece_index, piece_size, timestamp }) {
    const infoHash = unhex(infohash);
    const party = (address) => Buffer.concat([uint(2, 1), padded(unhex(address.slice(2)), 48)]);
    const message = Buffer.concat([
      Buffer.from('PBTS-RECEIPT'),
      uint(2, 1),
      uint(2, 1),
      unhex(bound),
      uint(infoHash.length === 20 ? 1 : 2, 1),
      padded(infoHash, 32),
      party(sender),
      party(receiver),
      uint(piece_index, 4),
      uint(piece_size, 4),
      padded(unhex(piece_hash), 32),
      uint(timestamp, 8),
    ]);
    return {
      version: 2,
      infohash,
      sender,
      receiver,
      pieceHash: `0x${piece_hash}`,
      pieceIndex: piece_index,
      pieceSize: piece_size,
      timestamp,
      signature: signPersonal(Buffer.from(keccak_256(message)), secret),
    };
  },

  /** A signature over bytes given in hex. */
  bls_sign: ({ secret, message }) => ({ signature: base64(sign(unhex(message), unhex(secret))) }),

  possession({ secret }) {
    const key = unhex(secret);
    return { signature: base64(sign(bls.getPublicKey(key).toBytes(), key, POSSESSION_TAG)) };
  },

  /** One receipt per piece, signed by its receiver. */
  receipts({ secret, sender_pk, domain: bound, infohash, pieces, first = 0, piece_length, total_length, timestamp, version = 2 }) {
    const key = unhex(secret);
    const receiver = base64(bls.getPublicKey(key).toBytes());
    const receipts = pieces.map((piece_hash, i) => {
      const piece_index = first + i;
      const piece_size = Math.min(piece_length, total_length - piece_index * piece_length);
      const receipt = { receiver_public_key: receiver, sender_pk, piece_hash, piece_index, infohash, timestamp, piece_size };
      if (version === 2) receipt.version = 2;
      const message = version === 2 ? signedBytesV2({ ...receipt, domain: bound }) : signedBytesLegacy(receipt);
      return { ...receipt, signature: base64(sign(message, key)) };
    });
    return { receipts };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { cmd, ...args } = JSON.parse(line);
    console.log(JSON.stringify(commands[cmd](args)));
  } catch (failure) {
    console.log(JSON.stringify({ failure: String(failure) }));
  }
}
