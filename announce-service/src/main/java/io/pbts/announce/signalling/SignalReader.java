package io.pbts.announce.signalling;

import io.pbts.announce.signalling.Signal.Description;
import io.pbts.announce.signalling.Signal.Offer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the messages of WebTorrent clients strictly and within bounds. Fields that it does not know are ignored. */
public final class SignalReader {
    /** Characters of a message; ten offers of a browser have about 20,000. */
    public static final int MAX_MESSAGE = 128 * 1024;

    private static final int MAX_OFFERS = 50;
    private static final int MAX_HASHES = 64;
    private static final int MAX_DESCRIPTION = 16 * 1024;
    private static final int MAX_OFFER_ID = 64;
    private static final int MAX_BINARY = 64;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(MAX_DESCRIPTION)
                            .maxNumberLength(24)
                            .maxNameLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /** Throws for a message that is none. */
    public Signal read(String json) throws MalformedSignal {
        try {
            JsonNode message = mapper.readTree(json);
            return switch (text(message, "action", MAX_BINARY)) {
                case "announce" -> message.hasNonNull("answer") ? answer(message) : announce(message);
                case "scrape" -> scrape(message);
                default -> throw new MalformedSignal("Unknown action");
            };
        } catch (JacksonException e) {
            throw new MalformedSignal("Not a JSON message");
        }
    }

    private static Signal announce(JsonNode message) throws MalformedSignal {
        return new Signal.Announce(
                text(message, "info_hash", MAX_BINARY),
                text(message, "peer_id", MAX_BINARY),
                Math.max(0, number(message, "uploaded")),
                Math.max(0, number(message, "downloaded")),
                number(message, "left"),
                message.path("event").asString(""),
                number(message, "numwant"),
                offers(message.path("offers")));
    }

    private static List<Offer> offers(JsonNode listed) throws MalformedSignal {
        if (listed.size() > MAX_OFFERS) {
            throw new MalformedSignal("Too many offers");
        }
        List<Offer> offers = new ArrayList<>();
        for (JsonNode each : listed) {
            offers.add(new Offer(text(each, "offer_id", MAX_OFFER_ID), description(each.path("offer"), "offer")));
        }
        return offers;
    }

    private static Signal answer(JsonNode message) throws MalformedSignal {
        return new Signal.Answer(
                text(message, "info_hash", MAX_BINARY),
                text(message, "offer_id", MAX_OFFER_ID),
                description(message.path("answer"), "answer"));
    }

    private static Signal scrape(JsonNode message) throws MalformedSignal {
        JsonNode hashes = message.path("info_hash");
        List<String> wanted = new ArrayList<>();
        if (hashes.isArray()) {
            for (JsonNode hash : hashes) {
                wanted.add(hash.asString(""));
            }
        } else if (!hashes.isMissingNode() && !hashes.isNull()) {
            wanted.add(text(message, "info_hash", MAX_BINARY));
        }
        if (wanted.size() > MAX_HASHES) {
            throw new MalformedSignal("At most 64 info hashes");
        }
        return new Signal.Scrape(wanted);
    }

    private static Description description(JsonNode node, String type) throws MalformedSignal {
        if (!type.equals(node.path("type").asString(""))) {
            throw new MalformedSignal("Invalid " + type);
        }
        return new Description(type, text(node, "sdp", MAX_DESCRIPTION));
    }

    private static String text(JsonNode node, String name, int most) throws MalformedSignal {
        JsonNode value = node.path(name);
        if (!value.isString() || value.asString().length() > most) {
            throw new MalformedSignal("Invalid " + name);
        }
        return value.asString();
    }

    /** Numbers come as such, or as null from a client that counts to infinity. */
    private static long number(JsonNode node, String name) throws MalformedSignal {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return -1;
        }
        if (!value.isNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new MalformedSignal("Invalid " + name);
        }
        return value.asLong();
    }
}
