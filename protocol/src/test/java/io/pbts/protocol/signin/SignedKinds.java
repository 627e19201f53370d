package io.pbts.protocol.signin;

import static java.util.Map.entry;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.Acknowledgement;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.Eip191Receipt;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.Map;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** The signed bytes of everything that is signed but logins, all made of the same material. */
final class SignedKinds {
    /** Those whose keccak256 a wallet signs by {@code personal_sign}. */
    static final Set<String> BY_WALLETS = Set.of("v2 of a wallet", "eip191-v1", "batch of a wallet");

    private static final AccountKey.Bls BLS =
            BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(2))).publicKey().accountKey();
    private static final AccountKey.Wallet WALLET = new AccountKey.Wallet(
            Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(9))).address());

    private SignedKinds() {}

    static Map<String, Bytes> of(Bytes info, Bytes piece, Bytes32 domain, long number, String user) {
        InfoHash infoHash = new InfoHash(info);
        PieceHash narrow = new PieceHash(piece);
        PieceHash wide = new PieceHash(Bytes.concatenate(piece, info.slice(0, 12)));
        PieceIndex index = new PieceIndex(number & PieceIndex.MAX);
        InstanceId instance = new InstanceId(domain);
        long epoch = number % (Bep10Receipt.MAX_EPOCH + 1);
        return Map.ofEntries(
                entry("v2", v2(info, piece, domain, number, BLS).signedBytes()),
                entry("v2 of a wallet", v2(info, piece, domain, number, WALLET).signedBytes()),
                entry("http-v1", new LegacyHttpReceipt(infoHash, BLS, BLS, index, narrow, number).signedBytes()),
                entry("http-v1, SHA-256", new LegacyHttpReceipt(infoHash, BLS, BLS, index, wide, number).signedBytes()),
                entry("bep10-v1", new Bep10Receipt(infoHash, BLS, BLS, index, wide, epoch).signedBytes()),
                entry("bep10-v1, SHA-1", new Bep10Receipt(infoHash, BLS, BLS, index, narrow, epoch).signedBytes()),
                entry("eip191-v1", eip191V1(infoHash, piece, domain, number).signedBytes()),
                entry("batch", batch(domain, BLS, number).signedBytes()),
                entry("batch of a wallet", batch(domain, WALLET, number).signedBytes()),
                entry("session", session(infoHash, domain, number).signedBytes()),
                entry("acknowledgement", new Acknowledgement(instance, number, count(number), domain).signedBytes()),
                entry("registration", new RegistrationMessage(instance, new UserId(user)).signedBytes()));
    }

    private static ReceiptV2 v2(Bytes info, Bytes piece, Bytes32 domain, long number, AccountKey receiver) {
        return new ReceiptV2(
                new ReceiptDomain(domain),
                new InfoHash(info),
                BLS,
                receiver,
                new PieceIndex(number & PieceIndex.MAX),
                new PieceLength(1 + (number & 0xffff)),
                new PieceHash(piece),
                number);
    }

    private static Eip191Receipt eip191V1(InfoHash info, Bytes piece, Bytes32 domain, long number) {
        return new Eip191Receipt(
                info,
                new AccountKey.Wallet(new EthereumAddress(piece)),
                WALLET,
                new PieceIndex(number & PieceIndex.MAX),
                new PieceLength(1 + (number & 0xffff)),
                new PieceHash(domain),
                number);
    }

    private static BatchStatement batch(Bytes32 domain, AccountKey receiver, long number) {
        return new BatchStatement(new ReceiptDomain(domain), receiver, count(number), domain);
    }

    private static SessionCertificate session(InfoHash info, Bytes32 domain, long number) {
        Bytes key = Bytes.concatenate(Bytes.of(2), domain);
        return new SessionCertificate(new ReceiptDomain(domain), domain, info, BLS, BLS, key, number, number);
    }

    private static int count(long number) {
        return 1 + (int) (number & 0xffff);
    }
}
