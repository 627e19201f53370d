package io.pbts.agent.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;

/** The tracker's registered torrents, as a member sees them. */
public final class Registry {

    private static final int NOT_FOUND = 404;
    private static final String PASSKEY = "X-PBTS-Passkey";
    private static final Pattern INFO_HASH = Pattern.compile("[0-9a-f]{40}");
    private static final String TORRENTS = "/api/v1/torrents";

    /** What is wrong with a torrent that the tracker can put right. */
    private static final Set<String> CORRECTABLE = Set.of("wrong-source", "not-private");

    private final Gateway gateway;
    private final Account account;

    Registry(Gateway gateway, Account account) {
        this.gateway = gateway;
        this.account = account;
    }

    /**
     * What its uploader says about a torrent.
     *
     * @param description up to 10,000 characters
     * @param tags up to 16
     * @param licence an SPDX identifier, or a line of up to 100 characters
     */
    public record Details(Optional<String> description, List<String> tags, Optional<String> licence) {

        public static final Details NONE = new Details(Optional.empty(), List.of(), Optional.empty());

        public Details {
            tags = List.copyOf(tags);
        }

        private String query() {
            StringBuilder query = new StringBuilder();
            description.ifPresent(text -> parameter(query, "description", text));
            tags.forEach(tag -> parameter(query, "tags", tag));
            licence.ifPresent(text -> parameter(query, "licence", text));
            return query.toString();
        }

        private static void parameter(StringBuilder query, String name, String value) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
        }
    }

    /**
     * A registered torrent.
     *
     * @param file as it is registered: where the community wants a mark of its own in it, the same files with that mark, under
     *     another info hash
     * @param infoHash 40 hexadecimal digits
     * @param state pending, approved, rejected or withdrawn; only what is approved is served
     */
    public record Registered(Bytes file, String infoHash, String state, boolean corrected) {}

    /** Registers a torrent; nothing changes when it was registered before. */
    public Registered upload(byte[] torrent, Details details) throws IOException, InterruptedException, Refused {
        try {
            return register(torrent, details, false);
        } catch (Refused no) {
            if (!CORRECTABLE.contains(no.code())) {
                throw no;
            }
        }
        byte[] corrected = gateway.answer(post(TORRENTS + "/corrected", torrent));
        return register(corrected, details, true);
    }

    private Registered register(byte[] torrent, Details details, boolean corrected)
            throws IOException, InterruptedException, Refused {
        JsonNode said = gateway.ask(post(TORRENTS + details.query(), torrent));
        return new Registered(
                Bytes.wrap(Arrays.copyOf(torrent, torrent.length)),
                said.path("info_hash").asString(""),
                said.path("state").asString("approved"),
                corrected);
    }

    private HttpRequest post(String path, byte[] torrent) {
        return gateway.request(path)
                .header("Content-Type", "application/x-bittorrent")
                .header(PASSKEY, account.passkey())
                .POST(BodyPublishers.ofByteArray(torrent))
                .build();
    }

    /** The registered torrent with this info hash, 40 hexadecimal digits; empty when there is none. */
    public Optional<byte[]> torrent(String infoHash) throws IOException, InterruptedException, Refused {
        try {
            return Optional.of(gateway.answer(get(infoHash, "/file")));
        } catch (Refused no) {
            if (no.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw no;
        }
    }

    /** Info hashes of approved torrents with this tag, the newest first; up to 100. */
    public List<String> tagged(String tag) throws IOException, InterruptedException, Refused {
        JsonNode page = gateway.ask(gateway.request(TORRENTS + "?limit=100&tag="
                        + URLEncoder.encode(tag, UTF_8).replace("+", "%20"))
                .header(PASSKEY, account.passkey())
                .GET()
                .build());
        List<String> hashes = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            String hash = item.path("info_hash").asString("");
            if (INFO_HASH.matcher(hash).matches()) {
                hashes.add(hash);
            }
        }
        return hashes;
    }

    /** The magnet link of an approved torrent with this account's announce URLs: it holds the passkey. */
    public String magnet(String infoHash) throws IOException, InterruptedException, Refused {
        return gateway.ask(get(infoHash, "/magnet")).path("magnet").asString("");
    }

    private HttpRequest get(String infoHash, String what) {
        return gateway.request(TORRENTS + "/" + infoHash + what)
                .header(PASSKEY, account.passkey())
                .GET()
                .build();
    }
}
