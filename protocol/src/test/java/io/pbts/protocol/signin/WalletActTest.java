package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import io.pbts.protocol.signin.WalletAct.Event;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PeerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

/** Clients are written from {@code docs/protocol.md}, so its example of an act is tested like code. */
class WalletActTest {
    private static final InstanceId INSTANCE =
            InstanceId.fromHex("af16e03a01594405226eda615f041f56c863ac24bae8e1e4cacfe010dcdd3aa3");
    private static final SignInSite SITE = new SignInSite(new AbsoluteUri("https://tracker.example"), 31_337, INSTANCE);
    private static final Secp256k1SecretKey KEY = Secp256k1SecretKey.fromBytes(
            Bytes32.wrap(Hex.decode("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d")));
    private static final LoginNonce NONCE =
            LoginNonce.parse("fabae3fc380b09d0e767101245def075").orElseThrow();
    private static final Instant ISSUED = Instant.parse("2023-11-14T22:13:20Z");
    private static final InfoHash HASH = InfoHash.fromHex("09be306d741df5cc84731d4025ef3267650f7960");
    private static final WalletAct STARTED = new WalletAct.Announce(HASH, Event.STARTED);

    private static String documented() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "protocol.md"));
        int start = document.indexOf("\n## Acts of wallets\n");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }

    private static SiweMessage challenge(WalletAct act) {
        return SITE.challenge(act, KEY.address(), NONCE, ISSUED, ISSUED.plusSeconds(300));
    }

    private static SignInVerdict verdict(WalletAct act, SiweMessage message, Bytes signature) {
        return SITE.expects(act, KEY.address(), NONCE).verify(message, signature, ISSUED);
    }

    @Test
    void theDocumentsExampleIsWhatIsAskedForAndItsSignatureCounts() throws IOException {
        String document = documented();
        String text = challenge(STARTED).text();
        assertThat(document).contains(text);
        List<String> lines = document.substring(document.indexOf("\nsignature\n") + 11)
                .lines()
                .toList();
        String digits = lines.stream().limit(3).collect(Collectors.joining());

        assertThat(verdict(STARTED, SiweMessage.parse(text), Hex.decode(digits)))
                .isEqualTo(new SignInVerdict.Accepted());
    }

    @Test
    void theDocumentHasEveryStatement() throws IOException {
        InstanceId zero = new InstanceId(Bytes32.ZERO);
        PeerId peer = PeerId.fromHex("2d".repeat(20));
        String bind = new WalletAct.BindPeer(peer)
                .statement(zero)
                .replace(zero.hex(), "<instance id>")
                .replace(peer.hex(), "<peer id>");
        String announce = STARTED.statement(zero)
                .replace(zero.hex(), "<instance id>")
                .replace(HASH.hex(), "<info hash>")
                .replace("started", "<event>");
        assertThat(documented()).contains("| `bind-peer` | `" + bind + "` |", "| `announce` | `" + announce + "` |");
    }

    @Test
    void aSignatureForOneActIsNoneForAnother() {
        SiweMessage started = challenge(STARTED);
        Bytes signature = KEY.sign(PersonalMessage.of(started.text()));
        var wrong = new SignInVerdict.Refused(Refusal.WRONG_PURPOSE);

        assertThat(verdict(STARTED, started, signature)).isEqualTo(new SignInVerdict.Accepted());
        assertThat(verdict(new WalletAct.Announce(HASH, Event.STOPPED), started, signature))
                .isEqualTo(wrong);
        assertThat(verdict(
                        new WalletAct.Announce(InfoHash.fromHex("ab".repeat(20)), Event.STARTED), started, signature))
                .isEqualTo(wrong);
        assertThat(verdict(new WalletAct.BindPeer(PeerId.fromHex(HASH.hex())), started, signature))
                .isEqualTo(wrong);
        SignInSite other = new SignInSite(SITE.publicUrl(), SITE.chainId(), new InstanceId(Bytes32.ZERO));
        assertThat(other.expects(STARTED, KEY.address(), NONCE).verify(started, signature, ISSUED))
                .isEqualTo(wrong);
    }
}
