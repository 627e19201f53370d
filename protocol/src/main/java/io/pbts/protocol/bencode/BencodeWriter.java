package io.pbts.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.protocol.bencode.BDictionary.Entry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.tuweni.bytes.Bytes;

/** Writes values in their one canonical spelling (BEP 3). Iterative, like the decoder. */
public final class BencodeWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Iterator<?>> open = new ArrayDeque<>();

    private BencodeWriter() {}

    public static Bytes encode(BencodeValue value) {
        return Bytes.wrap(encodeToArray(value));
    }

    public static byte[] encodeToArray(BencodeValue value) {
        BencodeWriter writer = new BencodeWriter();
        writer.write(value);
        return writer.out.toByteArray();
    }

    /** A dictionary, its keys sorted whatever the order of the map. */
    public static byte[] encodeToArray(Map<String, ? extends BencodeValue> dictionary) {
        return encodeToArray(BDictionary.of(dictionary));
    }

    private void write(BencodeValue root) {
        begin(root);
        while (!open.isEmpty()) {
            Iterator<?> rest = open.element();
            if (!rest.hasNext()) {
                open.pop();
                out.write('e');
            } else {
                item(Objects.requireNonNull(rest.next()));
            }
        }
    }

    private void item(Object item) {
        switch (item) {
            case Entry(Bytes key, BencodeValue value) -> {
                string(key);
                begin(value);
            }
            case BencodeValue value -> begin(value);
            default -> throw new IllegalStateException("neither entry nor value: " + item.getClass());
        }
    }

    private void begin(BencodeValue value) {
        switch (value) {
            case BString(Bytes bytes) -> string(bytes);
            case BInteger(long number) -> ascii("i" + number + "e");
            case BList(var values) -> {
                out.write('l');
                open.push(values.iterator());
            }
            case BDictionary dictionary -> {
                out.write('d');
                open.push(dictionary.entries().iterator());
            }
        }
    }

    private void string(Bytes bytes) {
        ascii(bytes.size() + ":");
        out.writeBytes(bytes.toArrayUnsafe());
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
