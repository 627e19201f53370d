// Whole reports: the binary form, and the JSON that says the same.
import {
  address, ascii, base, be, bls, blsKey, blsSign, cat, checksum, domainOf, hex, keccak_256, personalSign, pieceV2, receiptBytes, receiver,
  receiverWallet, secp256k1, sender, senderWallet, sha256, suite, v2,
} from './kit.mjs';
import { batchRoot, signStatement, statementOf } from './batch.mjs';
import { certify, sessionBase, signPiece } from './session.mjs';
import { typedSign } from './typed.mjs';

const FORMS = { single: 1, typed: 2, aggregate: 3, batch: 4, session: 5 };
const domain = domainOf(base.chainId);
const named = (key) => (key.publicKey ? bls(key) : address(key));
const written = (party) => (party.kind === 'bls' ? hex(party.bytes) : checksum(party.bytes));

// ---- a report: torrents (info hashes), keys (parties), sessions, groups of receipts
const piece = (index, change = {}) => ({ index, length: base.length, hash: base.piece, time: base.timestamp + index, ...change });
const piecesV2 = (...indexes) => indexes.map((index) => piece(index, { hash: pieceV2 }));
const receiptOf = (report, group, item) => {
  const places = placesOf(report, group);
  return {
    ...base, info: report.torrents[places.torrent], sender: named(report.keys[places.sender]), receiver: named(report.keys[places.receiver]),
    index: item.index, length: item.length, piece: item.hash, timestamp: item.time,
  };
};
const placesOf = (report, group) => (group.form === 'session' ? report.sessions[group.session] : group);
const receiverOf = (report, group) => report.keys[placesOf(report, group).receiver];
const secretOf = (place) => sha256(ascii(`session key ${place}`));
const sessionOf = (report, s, place) => ({
  ...sessionBase, id: sha256(ascii(`session id ${place}`)), key: secp256k1.getPublicKey(secretOf(place), true),
  info: report.torrents[s.torrent], sender: named(report.keys[s.sender]), receiver: report.keys[s.receiver],
});

const SIGN = {
  single: (r, key) => (key.publicKey ? blsSign(receiptBytes(r), key) : personalSign(keccak_256(receiptBytes(r)), key)),
  typed: (r, key) => typedSign(r, key),
  session: (r, _, group) => signPiece(receiptBytes(r), secretOf(group.session)),
};

/** The report with every signature made. */
function signed(report) {
  const groups = report.groups.map((group) => {
    const key = receiverOf(report, group);
    const receipts = group.pieces.map((item) => receiptOf(report, group, item));
    const own = SIGN[group.form];
    return {
      ...group, receipts, signatures: own ? receipts.map((r) => own(r, key, group)) : [],
      ...(group.form === 'batch'
        ? { signature: signStatement(statementOf(named(key), domain, receipts.length, batchRoot(receipts)), key) } : {}),
    };
  });
  const summed = groups.filter((group) => group.form === 'aggregate').flatMap((group) =>
    group.receipts.map((r) => blsSign(receiptBytes(r), receiverOf(report, group))));
  const sessions = report.sessions.map((s, place) => {
    const session = sessionOf(report, s, place);
    return { ...session, places: s, signature: certify(session) };
  });
  return { ...report, groups, sessions, aggregate: summed.length ? suite.aggregateSignatures(summed).toBytes(true) : new Uint8Array(0) };
}

// ---- binary
const table = (items, write) => cat(be(items.length, 2), ...items.map(write));
const sessionBytes = (s) => cat(
  be(s.places.torrent, 2), be(s.places.sender, 2), be(s.places.receiver, 2), s.id, s.key, be(s.from, 8), be(s.to, 8), s.signature);
const itemBytes = (group) => (item, i) => cat(
  be(item.index, 4), be(item.length, 4), item.hash, be(item.time, 8), group.signatures[i] ?? new Uint8Array(0));
const groupBytes = (group) => cat(
  be(FORMS[group.form], 1),
  ...(group.form === 'session' ? [be(group.session, 2)] : [be(group.torrent, 2), be(group.sender, 2), be(group.receiver, 2)]),
  be(group.pieces.length, 2), group.signature ?? new Uint8Array(0), ...group.pieces.map(itemBytes(group)));
const binary = (report) => cat(
  ascii('PBTS-REPORT'), be(1, 1),
  table(report.torrents, (info) => cat(be(info.length === 20 ? 1 : 2, 1), info)),
  table(report.keys.map(named), (key) => cat(be(key.number, 1), key.bytes)),
  table(report.sessions, sessionBytes), table(report.groups, groupBytes), report.aggregate);

// ---- JSON: a field that says nothing new is left out
const receiptJson = (r) => ({
  info_hash: hex(r.info), sender: written(r.sender), receiver: written(r.receiver), piece_index: r.index, piece_length: r.length,
  piece_hash: hex(r.piece), signed_at: r.timestamp,
});
const itemJson = (group) => (r, i) => ({
  ...receiptJson(r), ...(group.signatures[i] ? { signature: hex(group.signatures[i]) } : {}),
  ...(group.form === 'typed' || group.form === 'session' ? { form: group.form } : {}),
  ...(group.form === 'session' ? { session: group.session } : {}),
});
const sessionJson = (s) => ({
  info_hash: hex(s.info), sender: written(s.sender), receiver: hex(s.receiver.publicKey), session_id: hex(s.id), session_key: hex(s.key),
  from: s.from, to: s.to, signature: hex(s.signature),
});
const json = (report) => {
  const batches = report.groups.filter((group) => group.form === 'batch');
  return {
    receipts: report.groups.filter((group) => group.form !== 'batch').flatMap((group) => group.receipts.map(itemJson(group))),
    ...(batches.length ? { batches: batches.map((group) => ({ signature: hex(group.signature), receipts: group.receipts.map(receiptJson) })) } : {}),
    ...(report.sessions.length ? { sessions: report.sessions.map(sessionJson) } : {}),
    ...(report.aggregate.length ? { aggregate_signature: hex(report.aggregate) } : {}),
  };
};

// ---- the reports
const plain = { torrents: [base.info], keys: [sender, receiver], sessions: [], groups: [] };
const places = { torrent: 0, sender: 0, receiver: 1 };
const withWallet = { ...plain, keys: [sender, receiverWallet] };
const group = (form, change, ...pieces) => ({ form, ...places, ...change, pieces });
const other = blsKey(11n);
const mixed = {
  torrents: [base.info, v2.info], keys: [sender, receiver, receiverWallet, senderWallet, other],
  sessions: [{ torrent: 0, sender: 0, receiver: 1 }, { torrent: 1, sender: 3, receiver: 4 }],
  groups: [
    group('single', {}, piece(0), piece(1)),
    group('single', { receiver: 2 }, piece(2)),
    group('typed', { torrent: 1, sender: 3, receiver: 2 }, ...piecesV2(0, 1)),
    group('aggregate', { torrent: 1 }, ...piecesV2(2, 3, 4)),
    group('aggregate', { receiver: 4 }, piece(3)),
    { form: 'session', session: 1, pieces: piecesV2(5, 6) },
    { form: 'session', session: 0, pieces: [piece(4)] },
    group('batch', { sender: 3 }, piece(5), piece(6), piece(7)),
    group('batch', { torrent: 1, receiver: 2 }, ...piecesV2(7, 8)),
  ],
};
const reports = {
  'single, BLS': { ...plain, groups: [group('single', {}, piece(0))] },
  'single, wallet': { ...withWallet, groups: [group('single', {}, piece(0), piece(1))] },
  'single, v2 torrent': { ...plain, torrents: [v2.info], groups: [group('single', {}, ...piecesV2(0, 1))] },
  'single, the largest numbers': {
    ...plain, groups: [group('single', {}, piece(0xffffffff, { length: 0xffffffff, time: Number.MAX_SAFE_INTEGER }))],
  },
  'typed': { ...withWallet, groups: [group('typed', {}, piece(0), piece(1))] },
  'aggregate': { ...plain, groups: [group('aggregate', {}, piece(0), piece(1), piece(2))] },
  'batch, BLS': { ...plain, groups: [group('batch', {}, piece(0), piece(1), piece(2))] },
  'batch, wallet': { ...withWallet, groups: [group('batch', {}, piece(0), piece(1), piece(2))] },
  'session': { ...plain, sessions: [places], groups: [{ form: 'session', session: 0, pieces: [piece(0), piece(1)] }] },
  'every form, several torrents and keys': mixed,
};

function caseOf(name, plan) {
  const report = signed(plan);
  return {
    name, body: hex(binary(report)), report: json(report),
    receipts: report.groups.flatMap((g) => g.receipts.map((r) => ({ form: g.form, form_number: FORMS[g.form], signed_bytes: hex(receiptBytes(r)) }))),
  };
}

// ---- bodies that are no report
function refused() {
  const made = Object.fromEntries(Object.entries(reports).map(([name, plan]) => [name, signed(plan)]));
  const one = made['single, BLS'];
  const good = binary(one);
  const head = 12;
  const set = (bytes, at, value) => bytes.map((b, i) => (i === at ? value : b));
  const change = (report, change) => binary({ ...report, groups: report.groups.map((g) => ({ ...g, ...change })) });
  // head, one torrent (2 + 21), two BLS keys (2 + 98), no session (2), the number of groups (2)
  const firstGroup = head + 23 + 100 + 2 + 2;
  const aggregate = binary(made.aggregate);
  const session = made.session;
  return Object.entries({
    'nothing': new Uint8Array(0),
    'the tag alone': ascii('PBTS-REPORT'),
    'another tag': set(good, 0, 0x51),
    'version 2': set(good, 11, 2),
    'one byte short': good.slice(0, -1),
    'one byte long': cat(good, Uint8Array.of(0)),
    'a number of groups that are not there': set(good, firstGroup - 1, 2),
    'a torrent of kind 0': set(good, head + 2, 0),
    'a torrent of kind 3': set(good, head + 2, 3),
    'a key of kind 0': set(good, head + 23 + 2, 0),
    'a key of kind 3': set(good, head + 23 + 2, 3),
    'a form 0': set(good, firstGroup, 0),
    'a form 6': set(good, firstGroup, 6),
    'a torrent outside the table': change(one, { torrent: 1 }),
    'a sender outside the table': change(one, { sender: 2 }),
    'a receiver outside the table': change(one, { receiver: 0xffff }),
    'a group of no receipt': change(one, { pieces: [] }),
    'a typed receipt of a BLS key': change(one, { form: 'typed', signatures: made.typed.groups[0].signatures }),
    'an aggregate with a wallet': binary({ ...made.aggregate, keys: [sender, receiverWallet] }),
    'an aggregate without its signature': aggregate.slice(0, -96),
    'an aggregate signature without an aggregate': cat(good, aggregate.slice(-96)),
    'a session outside the table': change(session, { session: 1 }),
    'a session of a wallet': binary({ ...session, keys: [sender, receiverWallet] }),
    'a session with a torrent outside the table': binary({
      ...session, sessions: session.sessions.map((s) => ({ ...s, places: { ...s.places, torrent: 1 } })) }),
    'JSON': ascii('{"receipts":[]}'),
  }).map(([name, bytes]) => ({ name, body: hex(bytes) }));
}

export function binaryReports() {
  const cases = Object.entries(reports).map(([name, plan]) => caseOf(name, plan));
  return { chain_id: String(base.chainId), domain: hex(domain), cases, refused: refused() };
}
