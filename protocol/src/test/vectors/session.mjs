// Pieces signed by an ephemeral secp256k1 key that the receiver's BLS key certified.
import {
  address, ascii, base, be, bls, blsKey, blsSign, cat, demand, domainOf, flip, hex, keccak_256, left, party, receiptBytes, receiver, secp256k1,
  senderWallet, sha256, v2,
} from './kit.mjs';

const N = secp256k1.Point.Fn.ORDER;
const DAY = 86400;
const sessionSecret = sha256(ascii('a session key'));
const sessionId = sha256(ascii('a session id'));
export const sessionBase = {
  chainId: base.chainId, id: sessionId, info: base.info, sender: base.sender, receiver, secret: sessionSecret,
  key: secp256k1.getPublicKey(sessionSecret, true), from: base.timestamp, to: base.timestamp + 3600,
};
export const certificateOf = (s) => cat(
  ascii('PBTS-SESSION'), be(1, 1), domainOf(s.chainId), s.id, be(s.info.length === 20 ? 1 : 2, 1), left(s.info, 32),
  be(s.sender.number, 1), left(s.sender.bytes, 48), s.receiver.publicKey, s.key, be(s.from, 8), be(s.to, 8));
export const certify = (s) => blsSign(certificateOf(s), s.receiver);
export const signPiece = (message, secret) => secp256k1.sign(sha256(message), secret, { prehash: false, format: 'compact', lowS: true });

const receiptIn = (s, change) => ({
  ...base, chainId: s.chainId, info: s.info, sender: s.sender, receiver: bls(s.receiver), piece: s.info.length === 20 ? base.piece : v2.piece,
  timestamp: s.from, ...change,
});
const evidenceOf = (signature, certificate, certificateSignature) => cat(signature, sha256(cat(certificate, certificateSignature)));

function session(name, change, pieces, spoil = {}) {
  const s = { ...sessionBase, ...change };
  const certificate = spoil.certificate ?? certificateOf(s);
  const certificateSignature = spoil.certificateSignature ?? blsSign(certificate, s.receiver);
  return {
    name, chain_id: String(s.chainId), domain: hex(domainOf(s.chainId)), session_id: hex(s.id), info_hash: hex(s.info), sender: party(s.sender),
    receiver: hex(s.receiver.publicKey), session_secret: hex(s.secret), session_key: hex(s.key), from: s.from, to: s.to,
    certificate: hex(certificate), signature: hex(certificateSignature),
    pieces: pieces.map((piece) => {
      const r = receiptIn(s, piece);
      const message = receiptBytes(r);
      const signature = spoil.sign ? spoil.sign(message, s) : signPiece(message, s.secret);
      const evidence = evidenceOf(signature, certificate, certificateSignature);
      return {
        domain: hex(domainOf(r.chainId)), info_hash: hex(r.info), sender: party(r.sender), receiver: party(r.receiver), index: r.index,
        length: r.length, piece_hash: hex(r.piece), timestamp: r.timestamp, signed_bytes: hex(message), digest: hex(sha256(message)),
        signature: hex(signature), evidence: hex(evidence), evidence_hash: hex(sha256(evidence)),
      };
    }),
  };
}

const three = [{ index: 0 }, { index: 1, timestamp: base.timestamp + 1 }, { index: 2, length: 1, timestamp: base.timestamp + 3600 }];
const withR = (signature, r) => cat(be(r, 32), signature.slice(32));
const withS = (signature, s) => cat(signature.slice(0, 32), be(s, 32));
const scalarS = (signature) => BigInt('0x' + hex(signature.slice(32)));

/** The piece's signature is what is wrong. */
function refusedPieces() {
  const spoiled = (name, reason, spoil) => ({
    reason, ...session(name, {}, [{ index: 0 }], { sign: (message, s) => spoil(signPiece(message, s.secret), message, s) }),
  });
  const other = (change) => receiptBytes(receiptIn(sessionBase, change));
  return [
    spoiled('high s', 'HIGH_S', (signature) => withS(signature, N - scalarS(signature))),
    spoiled('the signature of another piece', 'OTHER', (_, __, s) => signPiece(other({ index: 1 }), s.secret)),
    spoiled('one bit of s', 'OTHER', (signature) => flip(signature, 63)),
    spoiled('another session key', 'OTHER', (_, message) => signPiece(message, sha256(ascii('another session key')))),
    spoiled('keccak256 instead of SHA-256', 'OTHER', (_, message, s) => secp256k1.sign(keccak_256(message), s.secret, { prehash: false })),
    spoiled('the bytes hashed twice', 'OTHER', (_, message, s) => signPiece(sha256(message), s.secret)),
    spoiled('r and s exchanged', 'OTHER', (signature) => cat(signature.slice(32), signature.slice(0, 32))),
    spoiled('r zero', 'RANGE', (signature) => withR(signature, 0n)),
    spoiled('r = n', 'RANGE', (signature) => withR(signature, N)),
    spoiled('s zero', 'RANGE', (signature) => withS(signature, 0n)),
    spoiled('s = n', 'RANGE', (signature) => withS(signature, N)),
    spoiled('s = n/2 rounded up', 'HIGH_S', (signature) => withS(signature, (N + 1n) / 2n)),
    spoiled('63 bytes', 'SIZE', (signature) => signature.slice(0, 63)),
    spoiled('65 bytes, with a v', 'SIZE', (signature) => cat(signature, Uint8Array.of(27))),
  ];
}

/** The signatures are good, but the receipt is not what the certificate allows. */
function refusedReceipts() {
  const outside = (name, piece) => ({ reason: 'OUTSIDE', ...session(name, {}, [piece]) });
  return [
    outside('a second before', { timestamp: sessionBase.from - 1 }),
    outside('a second after', { timestamp: sessionBase.to + 1 }),
    outside('another info hash', { info: flip(base.info, 0) }),
    outside('another kind of info hash', v2),
    outside('another sender', { sender: bls(blsKey(4n)) }),
    outside('another kind of sender', { sender: address(senderWallet) }),
    outside('another receiver', { receiver: bls(blsKey(4n)) }),
    outside('another domain', { chainId: 1 }),
  ];
}

function refusedCertificates() {
  const bad = (name, change, spoil) => ({ reason: 'CERTIFICATE', ...session(name, change, [{ index: 0 }], spoil) });
  const good = certificateOf(sessionBase);
  const uncertified = cat(Uint8Array.of(0x02), be(5n, 32));
  return [
    bad('from after to', { to: sessionBase.from - 1 }),
    bad('a second more than a day', { to: sessionBase.from + DAY + 1 }),
    bad('a certificate of another key', {}, { certificateSignature: blsSign(good, blsKey(4n)) }),
    bad('one bit of the certificate', {}, { certificateSignature: blsSign(flip(good, 50), receiver) }),
    bad('another version', {}, { certificate: good.map((b, i) => (i === 12 ? 2 : b)) }),
    bad('a session key that is no point', { key: uncertified }),
    bad('a session key with an unknown prefix', { key: cat(Uint8Array.of(0x04), sessionBase.key.slice(1)) }),
    bad('a session key of zeros', { key: new Uint8Array(33) }),
  ];
}

export function sessionReceipts() {
  const cases = [
    session('an hour', {}, three),
    session('one second', { to: sessionBase.from }, [{ index: 0 }]),
    session('a whole day', { to: sessionBase.from + DAY }, [{ index: 0 }, { index: 0xffffffff, timestamp: sessionBase.from + DAY }]),
    session('v2 torrent', { info: v2.info }, three),
    session('sender with a wallet', { sender: address(senderWallet) }, three),
    session('another chain', { chainId: 11155111 }, [{ index: 0 }]),
    session('from time zero', { from: 0, to: DAY }, [{ index: 0 }]),
  ];
  demand('a certificate has 256 bytes', cases.every((item) => item.certificate.length === 512));
  demand('an x that is on no curve', (() => {
    try { secp256k1.Point.fromBytes(cat(Uint8Array.of(0x02), be(5n, 32))); return false; } catch { return true; }
  })());
  return { cases, refused: [...refusedPieces(), ...refusedReceipts(), ...refusedCertificates()] };
}
