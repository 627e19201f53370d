package io.pbts.protocol.bencode;

import java.util.List;

/** A list of values. */
public record BList(List<BencodeValue> values) implements BencodeValue {

    public BList {
        values = List.copyOf(values);
    }

    public static BList of(BencodeValue... values) {
        return new BList(List.of(values));
    }
}
