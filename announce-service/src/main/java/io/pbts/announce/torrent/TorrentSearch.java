package io.pbts.announce.torrent;

import io.pbts.support.Feed;
import io.pbts.support.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds registered torrents by words, tags, licence, state and owner. */
class TorrentSearch {
    private static final int MOST_WORDS = 16;
    private static final int MOST_TEXT = 200;
    private static final int MOST_PER_PAGE = 100;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern CURSOR = Pattern.compile("[1-9]\\d{0,17}");

    private final TorrentRows torrents;

    TorrentSearch(TorrentRows torrents) {
        this.torrents = torrents;
    }

    /**
     * What is looked for; all of it must hold.
     *
     * @param text words, each the beginning of one in name, tags or description; empty for any
     * @param tags all of which the torrent has
     * @param licence as it was given, in whatever case
     */
    record Wanted(String text, List<String> tags, Optional<String> licence, Moderation state, OptionalLong owner) {
        Wanted {
            tags = List.copyOf(tags);
        }

        /** As somebody sent it; refuses what is out of bounds. */
        static Wanted of(String text, Collection<String> tags, String licence, Moderation state, OptionalLong owner) {
            if (text.length() > MOST_TEXT || text.indexOf('\0') >= 0 || licence.indexOf('\0') >= 0) {
                throw new Refusal(400, "invalid-query", "q has at most %d characters, none NUL".formatted(MOST_TEXT));
            }
            return new Wanted(
                    text.strip(),
                    TorrentDetails.tags(tags),
                    Optional.of(licence.strip()).filter(name -> !name.isEmpty()),
                    state,
                    owner);
        }
    }

    /**
     * A page of them, the newest first. Stable: what is registered meanwhile is before the first page.
     *
     * @param after the cursor of the page before; empty for the first
     * @param limit from 1 to 100 on a page
     */
    Feed<Torrent> page(Wanted wanted, String after, int limit) {
        int size = Math.clamp(limit, 1, MOST_PER_PAGE);
        List<String> conditions = new ArrayList<>(List.of("moderation = :state"));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("state", wanted.state.name());
        if (!after.isEmpty()) {
            conditions.add("torrent_seq < :before");
            parameters.put("before", position(after));
        }
        if (!wanted.text.isEmpty()) {
            conditions.add("words @@ to_tsquery('pg_catalog.simple', :query)");
            parameters.put("query", query(wanted.text));
        }
        if (!wanted.tags.isEmpty()) {
            conditions.add("tags @> cast(:tags as text[])");
            parameters.put("tags", wanted.tags.toArray(String[]::new));
        }
        wanted.licence.ifPresent(licence -> {
            conditions.add("lower(licence) = lower(:licence)");
            parameters.put("licence", licence);
        });
        wanted.owner.ifPresent(owner -> {
            conditions.add("owner_account_id = :owner");
            parameters.put("owner", owner);
        });
        List<Torrent> found = torrents.newest(conditions, parameters, size + 1);
        List<Torrent> page = found.subList(0, Math.min(size, found.size()));
        String cursor = page.isEmpty() ? after : String.valueOf(page.getLast().sequence());
        return new Feed<>(cursor, page, found.size() > size);
    }

    /** Every word the beginning of one. Words are letters and digits only, so nothing in them is an operator. */
    private static String query(String text) {
        List<String> words = Arrays.stream(BETWEEN_WORDS.split(text))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw new Refusal(400, "invalid-query", "q has from 1 to %d words".formatted(MOST_WORDS));
        }
        return words.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
    }

    private static long position(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw new Refusal(400, "invalid-cursor", "cursor is not one that this list handed out");
        }
        return Long.parseLong(cursor);
    }
}
