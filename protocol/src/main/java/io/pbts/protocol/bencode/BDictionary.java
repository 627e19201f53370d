package io.pbts.protocol.bencode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys in ascending byte order, each once. A decoded dictionary still knows the bytes it was read from, because an info
 * hash is the hash of bytes and not of meaning.
 */
public final class BDictionary implements BencodeValue {

    /** One key with its value. */
    public record Entry(Bytes key, BencodeValue value) {}

    private final List<Entry> entries;
    private final @Nullable Source source;

    /** Where the values of a decoded dictionary lie in the message: value i is bytes[starts[i], ends[i]). */
    private record Source(Bytes message, List<Range> ranges) {}

    record Range(int start, int end) {}

    private BDictionary(List<Entry> entries, @Nullable Source source) {
        this.entries = entries;
        this.source = source;
    }

    /** A dictionary with the given entries, in whatever order they come. */
    public static BDictionary of(Map<String, ? extends BencodeValue> values) {
        Map<Bytes, BencodeValue> sorted = new TreeMap<>(BDictionary::compareKeys);
        values.forEach((key, value) -> sorted.put(BString.of(key).bytes(), value));
        return ofSorted(sorted);
    }

    /** A dictionary whose keys need not be text. */
    public static BDictionary ofBytes(Map<Bytes, ? extends BencodeValue> values) {
        Map<Bytes, BencodeValue> sorted = new TreeMap<>(BDictionary::compareKeys);
        sorted.putAll(values);
        return ofSorted(sorted);
    }

    private static BDictionary ofSorted(Map<Bytes, BencodeValue> sorted) {
        List<Entry> entries = new ArrayList<>(sorted.size());
        sorted.forEach((key, value) -> entries.add(new Entry(key, value)));
        return new BDictionary(List.copyOf(entries), null);
    }

    /** Entries must ascend; {@code ranges} run beside them. */
    static BDictionary decoded(List<Entry> entries, Bytes message, List<Range> ranges) {
        return new BDictionary(List.copyOf(entries), new Source(message, List.copyOf(ranges)));
    }

    public List<Entry> entries() {
        return entries;
    }

    public Optional<BencodeValue> get(String key) {
        return get(BString.of(key).bytes());
    }

    public Optional<BencodeValue> get(Bytes key) {
        int index = indexOf(key);
        return index < 0 ? Optional.empty() : Optional.of(entries.get(index).value());
    }

    /** The value when it is a string; a value of another type counts as absent. */
    public Optional<Bytes> string(String key) {
        return get(key).flatMap(value -> value instanceof BString(Bytes bytes) ? Optional.of(bytes) : Optional.empty());
    }

    /** The value when it is a string of UTF-8 text. */
    public Optional<String> text(String key) {
        return get(key).flatMap(value -> value instanceof BString string ? string.text() : Optional.empty());
    }

    /** The value when it is an integer. */
    public Optional<Long> integer(String key) {
        return get(key).flatMap(
                        value -> value instanceof BInteger(long number) ? Optional.of(number) : Optional.empty());
    }

    /** The value when it is a list. */
    public Optional<List<BencodeValue>> list(String key) {
        return get(key).flatMap(value -> value instanceof BList(var values) ? Optional.of(values) : Optional.empty());
    }

    /** The value when it is a dictionary. */
    public Optional<BDictionary> dictionary(String key) {
        return get(key).flatMap(value -> value instanceof BDictionary inner ? Optional.of(inner) : Optional.empty());
    }

    /** The bytes a value was decoded from, unchanged; empty for an absent key or a dictionary that was never decoded. */
    public Optional<Bytes> raw(String key) {
        int index = indexOf(BString.of(key).bytes());
        if (index < 0 || source == null) {
            return Optional.empty();
        }
        Range range = source.ranges().get(index);
        return Optional.of(source.message().slice(range.start(), range.end() - range.start()));
    }

    private int indexOf(Bytes key) {
        return Collections.binarySearch(
                entries, new Entry(key, new BInteger(0)), (left, right) -> compareKeys(left.key(), right.key()));
    }

    /** Order of raw bytes, a prefix first. Tuweni's own order puts shorter values first. */
    static int compareKeys(Bytes left, Bytes right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = Byte.compareUnsigned(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BDictionary that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entries);
    }

    @Override
    public String toString() {
        return "BDictionary" + entries;
    }
}
