package io.pbts.announce.signalling;

import io.pbts.announce.signalling.Signal.Description;
import io.pbts.announce.swarm.SwarmCounts;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages that go to WebTorrent clients. */
public final class SignalWriter {
    private static final String ACTION = "action";
    private static final String ANNOUNCE = "announce";
    private static final String INFO_HASH = "info_hash";

    private final JsonMapper mapper = JsonMapper.builder().build();

    /** Counts, and when to announce again. */
    public String announced(
            String infoHash, int complete, int incomplete, int intervalSeconds, @Nullable String warning) {
        ObjectNode message = message(ANNOUNCE).put(INFO_HASH, infoHash);
        message.put("interval", intervalSeconds).put("complete", complete).put("incomplete", incomplete);
        if (warning != null) {
            message.put("warning message", warning);
        }
        return mapper.writeValueAsString(message);
    }

    /**
     * Why something was not done.
     *
     * @param infoHash of the announce that failed, or null when it is not known which it was
     * @param retrySeconds when to ask again, 0 when that would not help
     */
    public String failure(@Nullable String infoHash, String reason, int retrySeconds) {
        ObjectNode message = message(ANNOUNCE).put("failure reason", reason);
        if (infoHash != null) {
            message.put(INFO_HASH, infoHash);
        }
        if (retrySeconds > 0) {
            message.put("interval", retrySeconds);
        }
        return mapper.writeValueAsString(message);
    }

    /** An offer or an answer, on its way to the one it is for. */
    String passedOn(String infoHash, String fromPeerId, String offerId, Description description) {
        ObjectNode message = message(ANNOUNCE).put(INFO_HASH, infoHash).put("peer_id", fromPeerId);
        message.put("offer_id", offerId);
        message.putObject(description.type()).put("type", description.type()).put("sdp", description.sdp());
        return mapper.writeValueAsString(message);
    }

    /** The sizes of swarms, by binary info hash. */
    public String scraped(Map<String, SwarmCounts> swarms) {
        ObjectNode message = message("scrape");
        ObjectNode files = message.putObject("files");
        swarms.forEach((infoHash, counts) -> files.putObject(infoHash)
                .put("complete", counts.complete())
                .put("incomplete", counts.incomplete())
                .put("downloaded", counts.downloaded()));
        return mapper.writeValueAsString(message);
    }

    private ObjectNode message(String action) {
        return mapper.createObjectNode().put(ACTION, action);
    }
}
