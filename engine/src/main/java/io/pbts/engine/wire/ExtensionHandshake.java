package io.pbts.engine.wire;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * Which extension messages a peer understands, and under which numbers (BEP 10). The originals nest their three names in a
 * dictionary where the BEP has numbers ({@code {m: {pbts: {receipt: 1}}}}); such names are read as {@code pbts:receipt}.
 *
 * @param ids by name, each from 1 to 255
 * @param requestQueue how many requests the peer keeps ({@code reqq}), if it said so
 * @param uploadOnly whether it wants nothing (BEP 21)
 * @param entries all that was said
 */
public record ExtensionHandshake(
        Map<String, Integer> ids, Optional<Integer> requestQueue, boolean uploadOnly, BDictionary entries) {

    private static final int MAX_NAMES = 64;
    private static final int MAX_NAME_LENGTH = 64;

    public ExtensionHandshake {
        ids = Map.copyOf(ids);
    }

    /** Empty when the bytes are not a bencoded dictionary: then the peer has no extensions. */
    public static Optional<ExtensionHandshake> decode(Bytes payload) {
        try {
            return BencodeDecoder.decode(payload, BencodeLimits.MESSAGE) instanceof BDictionary entries
                    ? Optional.of(of(entries))
                    : Optional.empty();
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    private static ExtensionHandshake of(BDictionary entries) {
        Map<String, Integer> ids = new HashMap<>();
        entries.dictionary("m").ifPresent(m -> collect(m, "", ids));
        Optional<Integer> queue =
                entries.integer("reqq").filter(n -> n >= 1).map(n -> (int) Math.min(n, Integer.MAX_VALUE));
        boolean uploadOnly =
                entries.integer("upload_only").filter(flag -> flag != 0).isPresent();
        return new ExtensionHandshake(ids, queue, uploadOnly, entries);
    }

    /** Number 0 switches a message off; names beyond the bound are passed over. */
    private static void collect(BDictionary names, String prefix, Map<String, Integer> ids) {
        for (BDictionary.Entry entry : names.entries()) {
            String name = prefix + new BString(entry.key()).text().orElse("");
            if (ids.size() >= MAX_NAMES || name.length() > MAX_NAME_LENGTH) {
                continue;
            }
            if (entry.value() instanceof BInteger(long id) && id >= 1 && id <= 255) {
                ids.put(name, (int) id);
            } else if (entry.value() instanceof BDictionary nested && prefix.isEmpty()) {
                collect(nested, name + ":", ids);
            }
        }
    }

    /**
     * The payload of our own handshake.
     *
     * @param names our messages, numbered from 1 in this order
     * @param entries what else is said: {@code v}, {@code p}, {@code reqq}, {@code upload_only} and whatever an extension
     *     needs
     */
    public static Bytes encode(List<String> names, Map<String, BencodeValue> entries) {
        Map<String, BencodeValue> all = new HashMap<>(entries);
        Map<String, BencodeValue> numbered = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            numbered.put(names.get(i), new BInteger(i + 1L));
        }
        all.put("m", BDictionary.of(numbered));
        return BencodeWriter.encode(BDictionary.of(all));
    }
}
