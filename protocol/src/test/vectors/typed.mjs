// Receipts v2 that a wallet signs field by field: EIP-712.
import {
  address, ascii, base, be, bls, cat, contract, hex, instanceId, keccak_256, left, receiptFields, receiverWallet, secp256k1,
  sender, senderWallet, v2,
} from './kit.mjs';

const DOMAIN_TYPE = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)';
const RECEIPT_TYPE = 'Receipt(uint8 infoHashKind,bytes32 infoHash,bytes sender,address receiver,uint32 pieceIndex,'
  + 'uint32 pieceLength,bytes32 pieceHash,uint64 signedAt)';
const hashOf = (text) => keccak_256(ascii(text));

const domainSeparator = (chainId) => keccak_256(cat(
  hashOf(DOMAIN_TYPE), hashOf('PBTS'), hashOf('2'), be(chainId, 32), left(contract, 32), instanceId));
const structHash = (r) => keccak_256(cat(
  hashOf(RECEIPT_TYPE), be(r.info.length === 20 ? 1 : 2, 32), left(r.info, 32), keccak_256(r.sender.bytes), left(r.receiver.bytes, 32),
  be(r.index, 32), be(r.length, 32), left(r.piece, 32), be(r.timestamp, 32)));
export const typedDigest = (r) => keccak_256(cat(Uint8Array.of(0x19, 0x01), domainSeparator(r.chainId), structHash(r)));
export const typedSign = (r, key) => {
  const signature = secp256k1.sign(typedDigest(r), key.secret, { prehash: false, format: 'recovered' });
  return cat(signature.slice(1), Uint8Array.of(27 + signature[0]));
};

export function typedReceipts() {
  const cases = Object.entries({
    'first piece': {},
    'last index': { index: 0xffffffff },
    'length one': { index: 7, length: 1 },
    'largest length': { length: 0xffffffff },
    'v2 torrent': { ...v2, index: 12 },
    'v2 torrent, sender with a wallet': { ...v2, sender: address(senderWallet), index: 3 },
    'v2 torrent, hash with leading zeros': { ...v2, piece: left(v2.piece.slice(16), 32), index: 1 },
    'v1 torrent, info hash with leading zeros': { info: left(base.info.slice(8), 20) },
    'sender with a wallet': { sender: address(senderWallet) },
    'time zero': { timestamp: 0 },
    'time far away': { timestamp: Number.MAX_SAFE_INTEGER },
    'another chain': { chainId: 11155111 },
    'largest chain id of a long': { chainId: (1n << 63n) - 1n },
  }).map(([name, change]) => {
    const r = { ...base, sender: bls(sender), receiver: address(receiverWallet), ...change };
    return {
      name, kind: 'v2-secp256k1', ...receiptFields(r), domain_separator: hex(domainSeparator(r.chainId)), struct_hash: hex(structHash(r)),
      digest: hex(typedDigest(r)), signature: hex(typedSign(r, receiverWallet)),
    };
  });
  return {
    domain_type: DOMAIN_TYPE, domain_type_hash: hex(hashOf(DOMAIN_TYPE)), receipt_type: RECEIPT_TYPE, receipt_type_hash: hex(hashOf(RECEIPT_TYPE)),
    name_hash: hex(hashOf('PBTS')), version_hash: hex(hashOf('2')), secret_key: hex(receiverWallet.secret), address: receiverWallet.checksummed,
    cases,
  };
}
