package io.pbts.protocol.torrent;

import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.List;

/** Names that stay below the folder they are put in (BEP 3 leaves this to the reader). */
final class PathRules {

    private PathRules() {}

    static void requireComponent(String name) throws MetainfoException {
        boolean leaves = name.isEmpty() || name.equals(".") || name.equals("..");
        if (leaves || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new MetainfoException("path: a component is empty, a dot name, or holds a separator");
        }
    }

    static List<String> path(List<BencodeValue> components) throws MetainfoException {
        List<String> path = new ArrayList<>(components.size());
        for (BencodeValue component : components) {
            path.add(component(component));
        }
        if (path.isEmpty()) {
            throw new MetainfoException("path: empty");
        }
        return path;
    }

    private static String component(BencodeValue value) throws MetainfoException {
        if (value instanceof BString string && string.text().isPresent()) {
            requireComponent(string.text().get());
            return string.text().get();
        }
        throw new MetainfoException("path: a component is not UTF-8 text");
    }
}
