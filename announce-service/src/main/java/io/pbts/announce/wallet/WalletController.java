package io.pbts.announce.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.announce.wallet.WalletActs.Signed;
import io.pbts.announce.wallet.WalletClient.WalletFact;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The variant's {@code POST /announce}, {@code /bind-peer} and {@code /resolve-peer}. A signature is the credential. */
@RestController
@Tag(name = "wallets")
class WalletController {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final long MIB = 1L << 20;
    private static final String FREE_TEXT =
            "Free text can be used again by whoever sees it: it counts in profile local on this machine only";

    private final WalletAnnounces announces;
    private final WalletActs acts;
    private final PeerBindings bindings;
    private final BoundPeers bound;
    private final int trackerPort;

    WalletController(
            WalletAnnounces announces,
            WalletActs acts,
            PeerBindings bindings,
            BoundPeers bound,
            @Value("${pbts.wire.port}") int trackerPort) {
        this.announces = announces;
        this.acts = acts;
        this.bindings = bindings;
        this.bound = bound;
        this.trackerPort = trackerPort;
    }

    /**
     * An announce.
     *
     * @param infohash 40 or 64 hexadecimal digits
     * @param event started, stopped or completed
     * @param message the challenge's, for this info hash and event
     * @param signature of {@code personal_sign}
     */
    record WalletAnnounce(
            @JsonProperty("userAddress") @Nullable String userAddress,
            @Nullable String infohash,
            @Nullable String event,
            @Nullable String message,
            @Nullable String signature) {}

    record WalletPeerView(
            String address,
            @JsonProperty("peerId") @Nullable String peerId) {}

    /**
     * Access is granted.
     *
     * @param ratio the gate's, rounded down; null when it has no bound
     * @param uploadBytes in decimal, the initial credit included
     * @param trackerPort where the BitTorrent tracker listens
     * @param warning only to what counts in profile local alone
     */
    record WalletAdmitted(
            String status,
            List<WalletPeerView> peers,
            @JsonProperty("peerCount") int peerCount,
            @Nullable BigDecimal ratio,
            @JsonProperty("uploadBytes") String uploadBytes,
            @JsonProperty("downloadBytes") String downloadBytes,
            @JsonProperty("trackerPort") int trackerPort,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {}

    /**
     * The ratio is too low.
     *
     * @param error as the tracker says it
     * @param bytesOwed what to seed to be admitted again
     */
    record WalletBlocked(
            String status,
            List<WalletPeerView> peers,
            @Nullable BigDecimal ratio,
            @JsonProperty("uploadGB") BigDecimal uploadGib,
            @JsonProperty("downloadGB") BigDecimal downloadGib,
            String message,
            String error,
            @JsonProperty("bytesOwed") long bytesOwed) {}

    @Operation(
            summary = "A wallet enters or leaves a swarm and learns of the other wallets in it",
            description = "The message is that of a challenge with purpose `announce`; it counts once.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WalletAdmitted.class)))
    @ApiResponse(responseCode = "403", content = @Content(schema = @Schema(implementation = WalletBlocked.class)))
    @Allow(Who.ANYONE)
    @PostMapping("/announce")
    ResponseEntity<Object> announce(Caller caller, @RequestBody WalletAnnounce request) {
        WalletSignature.requireAll(
                "userAddress, infohash, event, message, and signature are required",
                request.userAddress(),
                request.infohash(),
                request.event(),
                request.message(),
                request.signature());
        var signature = WalletSignature.read(request.userAddress(), request.message(), request.signature());
        var act = new WalletAct.Announce(
                read("infohash", request.infohash(), InfoHash::fromHex, "40 or 64"), event(request.event()));
        var outcome = announces.announce(act, signature, caller);
        WalletFact wallet = outcome.signed().wallet();
        List<WalletPeerView> peers = outcome.peers().stream()
                .map(peer -> new WalletPeerView(peer.address(), peer.peerId()))
                .toList();
        return wallet.allowed()
                ? ResponseEntity.ok(admitted(outcome.signed(), peers))
                : ResponseEntity.status(403).body(blocked(wallet));
    }

    private WalletAdmitted admitted(Signed signed, List<WalletPeerView> peers) {
        WalletFact wallet = signed.wallet();
        return new WalletAdmitted(
                "allowed",
                peers,
                peers.size(),
                ratio(wallet),
                wallet.uploadBytes(),
                wallet.downloadBytes(),
                trackerPort,
                "Access granted. Happy seeding!",
                signed.freeText() ? FREE_TEXT : null);
    }

    private static WalletBlocked blocked(WalletFact wallet) {
        String shown = wallet.ratio() == null ? "0.00" : wallet.ratio();
        return new WalletBlocked(
                "blocked",
                List.of(),
                ratio(wallet),
                gib(wallet.uploadBytes()),
                gib(wallet.downloadBytes()),
                "Insufficient ratio. You need to upload %d MB more to regain access."
                        .formatted(Math.ceilDiv(wallet.bytesOwed(), MIB)),
                "Insufficient ratio: %s < %s; seed %d more bytes"
                        .formatted(shown, wallet.minRatio(), wallet.bytesOwed()),
                wallet.bytesOwed());
    }

    /** {@code peerId} in 40 hexadecimal digits. */
    record BindPeerRequest(
            @JsonProperty("userAddress") @Nullable String userAddress,
            @JsonProperty("peerId") @Nullable String peerId,
            @Nullable String message,
            @Nullable String signature) {}

    /** {@code expiresAt} in seconds since 1970. */
    record PeerBound(
            boolean success,
            @JsonProperty("peerId") String peerId,
            @JsonProperty("userAddress") String userAddress,
            @JsonProperty("expiresAt") long expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {}

    @Operation(
            summary = "A wallet says that a BitTorrent client, by its peer id, is its own",
            description =
                    "The message is that of a challenge with purpose `bind-peer`; it counts once. Bind a peer id before it"
                            + " announces: another account that announces it at first ends the binding.")
    @Allow(Who.ANYONE)
    @PostMapping("/bind-peer")
    PeerBound bind(Caller caller, @RequestBody BindPeerRequest request) {
        WalletSignature.requireAll(
                "userAddress, peerId, message, and signature are required",
                request.userAddress(),
                request.peerId(),
                request.message(),
                request.signature());
        var signature = WalletSignature.read(request.userAddress(), request.message(), request.signature());
        PeerId peerId = read("peerId", request.peerId(), PeerId::fromHex, "40");
        Signed signed = acts.require(new WalletAct.BindPeer(peerId), signature, caller);
        var binding = bindings.bind(peerId, signature.wallet(), signed.wallet().accountId());
        bound.apply(binding);
        return new PeerBound(
                true,
                peerId.hex(),
                signature.wallet().checksummed(),
                Math.floorDiv(binding.endsAt(), 1000L),
                signed.freeText() ? FREE_TEXT : null);
    }

    record ResolvedPeer(@JsonProperty("ethAddress") String ethAddress) {}

    @Operation(summary = "The wallet to which a peer id is bound. Credit never follows it: receipts name keys")
    @Allow(Who.ANYONE)
    @GetMapping("/resolve-peer")
    ResolvedPeer resolve(@RequestParam(name = "peerId", defaultValue = "") String peerId) {
        return bindings.walletOf(read("peerId", peerId, PeerId::fromHex, "40"))
                .map(EthereumAddress::checksummed)
                .map(ResolvedPeer::new)
                .orElseThrow(() -> new Refusal(404, "unknown-peer", "No Ethereum address bound to this peer_id"));
    }

    private static WalletAct.Event event(@Nullable String word) {
        return WalletAct.Event.ofWireName(String.valueOf(word))
                .orElseThrow(
                        () -> new Refusal(400, "invalid-event", "event must be one of: started, stopped, completed"));
    }

    private static <T> T read(String field, @Nullable String digits, Function<String, T> reader, String number) {
        try {
            return reader.apply(String.valueOf(digits));
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(
                    400, "invalid-field", "%s must be %s hexadecimal digits".formatted(field, number), malformed);
        }
    }

    private static @Nullable BigDecimal ratio(WalletFact wallet) {
        return wallet.ratio() == null ? null : new BigDecimal(wallet.ratio());
    }

    private static BigDecimal gib(String bytes) {
        return new BigDecimal(bytes).divide(GIB, 3, RoundingMode.DOWN);
    }
}
