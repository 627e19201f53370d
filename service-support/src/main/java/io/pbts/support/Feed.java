package io.pbts.support;

import java.util.List;

/**
 * One page of committed changes, oldest first.
 *
 * @param cursor where the next page starts; opaque to whoever reads
 * @param items the changes
 * @param more whether another page is ready now
 */
public record Feed<T>(String cursor, List<T> items, boolean more) {
    public Feed {
        items = List.copyOf(items);
    }
}
