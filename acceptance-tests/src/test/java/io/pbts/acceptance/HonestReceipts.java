package io.pbts.acceptance;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/** Receipts and registrations as fast as an attack needs company: signed here, where the independent client takes 50 ms. */
record HonestReceipts(
        Member sender,
        Member receiver,
        BlsSecretKey receiverKey,
        Dataset data,
        ReceiptDomain domain,
        InstanceId instance) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static HonestReceipts of(Http gateway, Member sender, Member receiver, Dataset data) {
        var facts = gateway.get("/api/v1/instance").expect(200).json();
        String domain = facts.path("domain").asString();
        return new HonestReceipts(
                sender,
                receiver,
                BlsSecretKey.fromBytes(Bytes.fromHexString(receiver.secret())),
                data,
                ReceiptDomain.fromHex(domain.startsWith("0x") ? domain.substring(2) : domain),
                InstanceId.fromHex(facts.path("instance_id").asString()));
    }

    String passkey() {
        return sender.passkey();
    }

    /** The receipt for one piece. */
    Map<String, Object> receipt(int piece) {
        long time = Report.now();
        var signed = new ReceiptV2(
                domain,
                InfoHash.fromHex(data.infoHash()),
                key(sender),
                key(receiver),
                new PieceIndex(piece),
                new PieceLength(data.pieceLength()),
                PieceHash.fromHex(data.pieces().get(piece)),
                time);
        Map<String, Object> receipt = new HashMap<>();
        receipt.put("version", 2);
        receipt.put("domain", domain.hex());
        receipt.put("sender_pk", sender.publicKey());
        receipt.put("receiver_public_key", receiver.publicKey());
        receipt.put("piece_hash", data.pieces().get(piece));
        receipt.put("piece_index", piece);
        receipt.put("piece_size", data.pieceLength());
        receipt.put("infohash", data.infoHash());
        receipt.put("timestamp", time);
        receipt.put(
                "signature", base64(Bls.sign(receiverKey, signed.signedBytes()).bytes()));
        return receipt;
    }

    /** The same with the signature of another piece: well-formed, and costs as much to check as a good one. */
    Map<String, Object> badReceipt(int piece) {
        Map<String, Object> bad = receipt(piece);
        bad.put("signature", receipt((piece + 1) % data.pieces().size()).get("signature"));
        return bad;
    }

    Http.Answer report(Http gateway, int piece) {
        return report(gateway, List.of(receipt(piece)));
    }

    Http.Answer report(Http gateway, List<Map<String, Object>> receipts) {
        return gateway.post(
                "/report",
                Map.of("Content-Type", "application/json", "X-PBTS-Passkey", sender.passkey()),
                Stack.JSON.writeValueAsBytes(
                        Map.of("user_id", sender.userId(), "receipts", new ArrayList<>(receipts))));
    }

    /** Registers somebody new with keys of his own. */
    Http.Answer register(Http gateway, String userId) {
        BlsSecretKey key = BlsSecretKey.random(RANDOM);
        var message = new RegistrationMessage(instance, new UserId(userId)).signedBytes();
        return gateway.postJson(
                "/register",
                Map.of(
                        "user_id", userId,
                        "public_key", base64(key.publicKey().bytes()),
                        "signature", base64(Bls.sign(key, message).bytes()),
                        "proof_of_possession", base64(Bls.provePossession(key).bytes())));
    }

    private static AccountKey key(Member member) {
        return BlsPublicKey.of(Bytes.wrap(Base64.getDecoder().decode(member.publicKey())))
                .accountKey();
    }

    private static String base64(Bytes bytes) {
        return bytes.toBase64String();
    }
}
