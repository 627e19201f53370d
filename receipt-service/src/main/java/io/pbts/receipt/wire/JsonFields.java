package io.pbts.receipt.wire;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Hex;
import io.pbts.support.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object. Absent and {@code null} are the same; a value of another type than asked for is refused with
 * 400 and a sentence that names the field. Nothing is converted: {@code "3"} and {@code 3.0} are not 3.
 */
public final class JsonFields {
    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /** The fields of an object; {@code name} says in a refusal what should have been one. */
    public static JsonFields of(@Nullable JsonNode node, String name) {
        if (node == null || !node.isObject()) {
            throw invalid(name + " must be a JSON object");
        }
        return new JsonFields(node);
    }

    public Optional<String> text(String name) {
        return value(name).map(value -> {
            if (!value.isString()) {
                throw invalid(name + " must be a string");
            }
            return value.stringValue();
        });
    }

    public Optional<Long> integer(String name) {
        return value(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw invalid(name + " must be an integer of at most 64 bits");
            }
            return value.longValue();
        });
    }

    public Optional<Boolean> flag(String name) {
        return value(name).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(name + " must be true or false");
            }
            return value.booleanValue();
        });
    }

    /** The elements of an array; none when the field is absent. */
    public List<JsonNode> list(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isArray()) {
                        throw invalid(name + " must be an array");
                    }
                    return List.copyOf(value.values());
                })
                .orElseGet(List::of);
    }

    /** Standard base64 (RFC 4648, 4) in its one canonical spelling: padded, no stray bits. */
    public Optional<Bytes> base64(String name) {
        return text(name).map(text -> {
            byte[] decoded = decodeBase64(name, text);
            if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
                throw invalid(name + " must be padded standard base64");
            }
            return Bytes.wrap(decoded);
        });
    }

    /** Hexadecimal digits, without a prefix. */
    public Optional<Bytes> hex(String name) {
        return text(name).map(text -> {
            try {
                return Hex.decode(text);
            } catch (IllegalArgumentException malformed) {
                throw new Refusal(
                        400,
                        "invalid-field",
                        name + " must be an even number of hexadecimal digits, without 0x",
                        malformed);
            }
        });
    }

    /** Hexadecimal digits as Ethereum's tools write them: {@code 0x} may stand before them. */
    public Optional<Bytes> prefixedHex(String name) {
        return text(name).map(text -> {
            try {
                return Hex.decode(text.startsWith("0x") ? text.substring(2) : text);
            } catch (IllegalArgumentException malformed) {
                throw new Refusal(
                        400, "invalid-field", name + " must be an even number of hexadecimal digits", malformed);
            }
        });
    }

    /** {@code 0x} and 40 digits; mixed case must have the checksum of EIP-55. */
    public Optional<EthereumAddress> address(String name) {
        return text(name).map(text -> {
            try {
                return EthereumAddress.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw new Refusal(400, "invalid-field", name + ": " + malformed.getMessage(), malformed);
            }
        });
    }

    /** Refuses the object when it has another field than these. */
    public JsonFields onlyNamed(Set<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new Refusal(
                        400,
                        "unknown-field",
                        "There is no field %s here".formatted(name.length() <= 64 ? name : name.substring(0, 64)));
            }
        }
        return this;
    }

    public boolean has(String name) {
        return value(name).isPresent();
    }

    /** What must be there. */
    public static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> invalid(name + " is missing"));
    }

    /** Bytes that must be there, in one of these sizes. */
    public static Bytes sized(String name, Optional<Bytes> value, int... sizes) {
        Bytes bytes = required(name, value);
        for (int size : sizes) {
            if (bytes.size() == size) {
                return bytes;
            }
        }
        String wanted = sizes.length == 1 ? String.valueOf(sizes[0]) : sizes[0] + " or " + sizes[1];
        throw invalid("%s must have %s bytes, not %d".formatted(name, wanted, bytes.size()));
    }

    /** What a field of a wrong type or size gets. */
    public static Refusal invalid(String sentence) {
        return new Refusal(400, "invalid-field", sentence);
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private static byte[] decodeBase64(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-field", name + " must be padded standard base64", malformed);
        }
    }
}
