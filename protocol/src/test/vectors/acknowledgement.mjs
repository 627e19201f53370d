// What a tracker signs to say that rows are in its ledger: Ed25519 (RFC 8032) over 85 bytes.
import { ed25519 } from '@noble/curves/ed25519.js';
import { ascii, be, cat, demand, flip, hex, instanceId, logRoot, same, sha256, unhex } from './kit.mjs';

const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const seed = sha256(ascii('an acknowledgement key'));
const publicKey = ed25519.getPublicKey(seed);
const rowHash = (sequence) => sha256(ascii(`row ${sequence}`));

/** `reported` are sequence numbers as a report's results have them: in any order, a repeat twice. */
function acknowledgement(name, reported) {
  const rows = [...new Set(reported)].sort((a, b) => a - b);
  const root = logRoot(rows.map(rowHash));
  const bytes = cat(ascii('PBTS-ACK'), be(1, 1), instanceId, be(rows[0], 8), be(rows.length, 4), root);
  demand('an acknowledgement has 85 bytes', bytes.length === 85);
  return {
    name, instance_id: hex(instanceId), results: reported.map((sequence) => ({ sequence, row_hash: hex(rowHash(sequence)) })),
    first: rows[0], count: rows.length, root: hex(root), signed_bytes: hex(bytes), signature: hex(ed25519.sign(bytes, seed)),
  };
}

/** RFC 8032, 7.1, test 2. */
function requireRfc8032() {
  const secret = unhex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  same('RFC 8032 public key', ed25519.getPublicKey(secret), '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  same('RFC 8032 signature', ed25519.sign(Uint8Array.of(0x72), secret), '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da'
    + '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00');
}

function refused(good) {
  const bytes = unhex(good.signed_bytes);
  const signature = unhex(good.signature);
  const s = BigInt('0x' + hex(signature.slice(32).reverse()));
  return Object.entries({
    'another first': [cat(bytes.slice(0, 41), be(good.first + 1, 8), bytes.slice(49)), signature],
    'another count': [cat(bytes.slice(0, 49), be(good.count + 1, 4), bytes.slice(53)), signature],
    'another root': [flip(bytes, 84), signature],
    'another instance': [flip(bytes, 9), signature],
    'signed by another key': [bytes, ed25519.sign(bytes, sha256(ascii('another acknowledgement key')))],
    's not below the order of the group': [bytes, cat(signature.slice(0, 32), be(s + L, 32).reverse())],
    'one byte short': [bytes, signature.slice(0, 63)],
  }).map(([name, [signedBytes, sent]]) => ({ name, signed_bytes: hex(signedBytes), signature: hex(sent) }));
}

export function acknowledgements() {
  requireRfc8032();
  const cases = [
    acknowledgement('one row', [1]),
    acknowledgement('two rows', [41, 42]),
    acknowledgement('three rows with gaps', [7, 100, 1000]),
    acknowledgement('rows in another order and one of them twice', [12, 3, 12, 9, 4]),
    acknowledgement('a whole report', Array.from({ length: 256 }, (_, i) => 5000 + i)),
    acknowledgement('a sequence number far away', [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER]),
  ];
  const broken = refused(cases[2]);
  demand('broken acknowledgements', broken.every((item) => {
    try { return !ed25519.verify(unhex(item.signature), unhex(item.signed_bytes), publicKey, { zip215: false }); } catch { return true; }
  }));
  return { seed: hex(seed), public_key: hex(publicKey), cases, refused: broken };
}
