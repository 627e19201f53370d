// One signature of one receiver over the Merkle root of its receipts.
import {
  address, ascii, base, be, bls, blsKey, blsSign, blsVerifies, cat, demand, domainOf, hex, keccak_256, left, logPath, logRoot, party, personalSign,
  receiptBytes, receiver, receiverWallet, senderWallet, sha256, v2,
} from './kit.mjs';

const SIZES = [1, 2, 3, 5, 8, 64];
const entryOf = (r) => sha256(receiptBytes(r));
export const statementOf = (who, domain, count, root) => cat(
  ascii('PBTS-BATCH'), be(1, 1), be(who.number, 1), domain, be(who.number, 1), left(who.bytes, 48), be(count, 4), root);
export const batchRoot = (receipts) => logRoot(receipts.map(entryOf));
export const signStatement = (statement, key) => (key.publicKey ? blsSign(statement, key) : personalSign(keccak_256(statement), key));
const named = (key) => (key.publicKey ? bls(key) : address(key));

const receiptsOf = (key, count, change = {}) => Array.from({ length: count }, (_, i) => (
  { ...base, receiver: named(key), index: i, timestamp: base.timestamp + i, ...change }));

function batch(name, key, receipts, accepted, change = {}) {
  const entries = receipts.map(entryOf);
  const domain = domainOf(base.chainId);
  const root = logRoot(entries);
  const statement = statementOf(named(key), domain, change.count ?? receipts.length, change.root ?? root);
  const signature = change.signature ?? signStatement(statement, change.signer ?? key);
  return {
    name, accepted, receiver: party(named(key)), domain: hex(domain), count: receipts.length, root: hex(root), statement: hex(statement),
    digest: hex(keccak_256(statement)), signature: hex(signature),
    members: receipts.map((r, place) => ({
      domain: hex(domainOf(r.chainId)), info_hash: hex(r.info), sender: party(r.sender), receiver: party(r.receiver), index: r.index,
      length: r.length, piece_hash: hex(r.piece), timestamp: r.timestamp, signed_bytes: hex(receiptBytes(r)), entry: hex(entries[place]),
      ...(accepted ? proofOf(signature, place, entries) : {}),
    })),
  };
}

/** Of a large batch the hash of the evidence alone, which has the path in it. */
function proofOf(signature, place, entries) {
  const path = logPath(place, entries);
  const evidence = cat(signature, be(entries.length, 4), be(place, 4), ...path);
  return { path: path.map(hex), ...(entries.length <= 8 ? { evidence: hex(evidence) } : {}), evidence_hash: hex(sha256(evidence)) };
}

function goodBatches() {
  return [receiver, receiverWallet].flatMap((key) => {
    const who = key.publicKey ? 'BLS' : 'wallet';
    return [
      ...SIZES.map((count) => batch(`${who}, ${count}`, key, receiptsOf(key, count), true)),
      batch(`${who}, two torrents and two senders`, key, [
        ...receiptsOf(key, 2), ...receiptsOf(key, 2, { ...v2, sender: address(senderWallet) })], true),
    ];
  });
}

/** What a tracker must refuse: `statement` and `signature` are what was made, the members what is reported under them. */
function refusedBatches() {
  return [receiver, receiverWallet].flatMap((key) => {
    const who = key.publicKey ? 'BLS' : 'wallet';
    const three = receiptsOf(key, 3);
    const root = batchRoot(three);
    const stranger = key.publicKey ? blsKey(4n) : senderWallet;
    const refused = (name, receipts, change) => batch(`${who}, ${name}`, key, receipts, false, change);
    return [
      refused('another order', [three[1], three[0], three[2]], { root }),
      refused('one member missing', three.slice(0, 2), { root, count: 3 }),
      refused('one member changed', [three[0], { ...three[1], index: 9 }, three[2]], { root }),
      refused('a count too high', three, { count: 4 }),
      refused('a count of zero', three, { count: 0 }),
      refused('signed by another key', three, { signer: stranger }),
      refused('the root alone was signed', three, { signature: signStatement(root, key) }),
      refused('a member of another receiver', [three[0], { ...three[1], receiver: named(stranger) }, three[2]]),
      refused('a member of another domain', [three[0], { ...three[1], chainId: 1 }, three[2]]),
    ];
  });
}

export function batchReceipts() {
  const cases = [...goodBatches(), ...refusedBatches()];
  demand('the statement has 129 bytes', cases.every((item) => item.statement.length === 258));
  const first = cases[0];
  demand('the first batch verifies', blsVerifies(
    Buffer.from(first.signature, 'hex'), Buffer.from(first.statement, 'hex'), receiver.publicKey));
  return { cases };
}
