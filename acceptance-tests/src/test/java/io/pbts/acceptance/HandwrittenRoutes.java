package io.pbts.acceptance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What no description of the API makes: the tracker's queries, and the originals' bodies that go deep. */
final class HandwrittenRoutes {
    static final String KEY = "pXLL6pBNZ0aIB8Ho5QqVDJch2zBxKBIJQ5ONAsNYpi4o91uPfHQsQznGpVKfv08O";
    static final String SIGNATURE = KEY + KEY;
    static final String HASH = "09be306d741df5cc84731d4025ef3267650f7960";
    private static final String RECEIPT = """
            {"receiver_public_key":"%s","sender_pk":"%s","piece_hash":"%s","piece_index":0,"infohash":"%s",\
            "timestamp":1700000000,"signature":"%s","piece_size":16384,"version":2}""".formatted(KEY, KEY, HASH, HASH, SIGNATURE);
    private static final String ABOUT = "?info_hash=%09%be0mt%1d%f5%cc%84s%1d%40%25%ef2ge%0fy%60";
    private static final String PEER = "&peer_id=-AT0001-123456789012&port=6881"
            + "&uploaded=0&downloaded=0&left=0&compact=1&numwant=50&event=started&key=1a2b";
    private static final String QUERY = ABOUT + PEER;
    static final String PASSKEY = "a2".repeat(16);

    private static final List<MutationRoute> EVERYWHERE = List.of(
            route("GET", "/announce" + QUERY, "", 60),
            route("GET", "/" + PASSKEY + "/announce" + QUERY, "", 60),
            route("GET", "/announce/" + PASSKEY + QUERY, "", 30),
            route("GET", "/scrape" + ABOUT, "", 40),
            route("GET", "/" + PASSKEY + "/scrape" + ABOUT, "", 40),
            route("GET", "/scrape/" + PASSKEY + ABOUT, "", 20),
            route("POST", "/register", """
                    {"user_id":"mallory","public_key":"%s","signature":"%s","proof_of_possession":"%s"}""".formatted(KEY, SIGNATURE, SIGNATURE), 60),
            route("POST", "/report", """
                    {"user_id":"alice","public_key":"%s","uploaded_delta":5,"downloaded_delta":0,"receipts":[%s,%s]}""".formatted(KEY, RECEIPT, RECEIPT), 100),
            route("POST", "/verify-receipt", """
                    {"receiver_public_key":"%s","sender_public_key":"%s","piece_hash":"%s","piece_index":0,\
                    "infohash":"%s","timestamp":1700000000,"receipt":"%s"}""".formatted(KEY, KEY, HASH, HASH, SIGNATURE), 60),
            route("POST", "/attest", """
                    {"receiver_private_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI=","sender_public_key":"%s",\
                    "piece_hash":"%s","piece_index":0,"infohash":"%s","timestamp":1700000000}""".formatted(KEY, HASH, HASH), 50),
            route("POST", "/keygen", "", 10),
            route("POST", "/keygen-tee", "", 5),
            route("POST", "/generate-attestation", "{\"payload\":\"x\"}", 10),
            route("POST", "/verify-attestation", "{\"quote\":\"00\",\"expected_payload\":\"x\"}", 10),
            route("GET", "/tee/status", "", 5),
            route("GET", "/config", "", 10),
            route("POST", "/config", "{\"verify_signatures\":true,\"receipt_window\":3600}", 30),
            route("GET", "/stats", "", 10),
            route("GET", "/health", "", 3),
            route("GET", "/user/alice", "", 30),
            route("GET", "/api/v1/instance", "", 10),
            route("GET", "/api/v1/torrents/" + HASH, "", 20),
            route(
                    "POST",
                    "/api/v1/torrents",
                    "d8:announce3:x:/4:infod6:lengthi1e4:name1:a12:piece lengthi1e6:pieces20:"
                            + "aaaaaaaaaaaaaaaaaaaa7:privatei1e6:source4:PBTSee",
                    60),
            route("GET", "/contract/status", "", 10),
            route("GET", "/contract/user/alice", "", 20),
            route("POST", "/contract/init", "{\"referrer_address\":\"0x12\"}", 3),
            route(
                    "POST",
                    "/contract/register",
                    "{\"username\":\"\",\"salt\":\"s\",\"password_hash\":\"0xzz\",\"download_size\":-1,\"upload_size\":0}",
                    10),
            route("POST", "/contract/update", "{\"username\":\"\",\"download_size\":-5,\"upload_size\":1}", 10),
            route("POST", "/contract/migrate", "{\"username\":\"\"}", 5),
            route("GET", "/", "", 3),
            route("GET", "/docs", "", 3),
            route("GET", "/docs/pbts-docs.js", "", 3),
            route("GET", "/assets/status.css", "", 3),
            route("GET", "/favicon.ico", "", 2),
            route("GET", "/v3/api-docs/reputation", "", 3),
            route("GET", "/internal/v1/instance", "", 5),
            route("GET", "/actuator/env", "", 5));

    private HandwrittenRoutes() {}

    /** @param here a {@code passkey} and an {@code info_hash} that exist, so that the tracker does not refuse all for those */
    static List<MutationRoute> all(Map<String, String> here) {
        String passkey = here.get("passkey");
        String torrent = "?info_hash=" + here.get("info_hash").replaceAll("..", "%$0");
        return Stream.concat(
                        EVERYWHERE.stream(),
                        Stream.of(
                                route("GET", "/" + passkey + "/announce" + torrent + PEER, "", 90),
                                route("GET", "/" + passkey + "/scrape" + torrent, "", 40)))
                .toList();
    }

    private static MutationRoute route(String method, String target, String body, int weight) {
        return new MutationRoute("public", method, target, target, MutationRoute.JSON, body, weight);
    }
}
