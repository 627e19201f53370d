package io.pbts.announce.torrent;

import io.pbts.support.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What its uploader says about a torrent beside the file.
 *
 * @param description up to 10,000 characters
 * @param tags up to 16, each once, ascending; lower case, of letters, digits and {@code . _ + -}
 * @param licence an SPDX identifier such as {@code CC-BY-4.0}, or text of up to 100 characters
 */
record TorrentDetails(String description, List<String> tags, Optional<String> licence) {
    static final TorrentDetails NONE = new TorrentDetails("", List.of(), Optional.empty());

    private static final int MOST_DESCRIPTION = 10_000;
    private static final int MOST_TAGS = 16;
    private static final int MOST_LICENCE = 100;
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._+-]{0,31}");
    private static final Pattern BLANKS = Pattern.compile("[\\s_]+");

    TorrentDetails {
        tags = List.copyOf(tags);
    }

    /** As somebody sent them; what is null was not sent. Refuses what is out of bounds. */
    static TorrentDetails of(
            @Nullable String description, @Nullable Collection<String> tags, @Nullable String licence) {
        return NONE.changed(description, tags, licence);
    }

    /** These with what was sent in place of what was; null changes nothing, an empty text or list removes. */
    TorrentDetails changed(
            @Nullable String newDescription, @Nullable Collection<String> newTags, @Nullable String newLicence) {
        return new TorrentDetails(
                newDescription == null ? description : description(newDescription),
                newTags == null ? tags : tags(newTags),
                newLicence == null ? licence : licence(newLicence));
    }

    /**
     * From the query of an upload, whose body is the file: {@code description}, {@code tags} (comma separated or repeated) and
     * {@code licence}. Read here, because a server that is asked for parameters would take the body for a form.
     */
    static TorrentDetails ofQuery(@Nullable String query) {
        String description = null;
        String licence = null;
        List<String> tags = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            switch (name) {
                case "description" -> description = value;
                case "licence" -> licence = value;
                case "tags" -> tags.addAll(Arrays.asList(value.split(",")));
                default -> {
                    // another parameter is nobody's business here
                }
            }
        }
        return of(description, tags, licence);
    }

    /** In the one spelling that is stored and looked for. */
    static List<String> tags(Collection<String> sent) {
        List<String> tags = sent.stream()
                .map(TorrentDetails::tag)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (tags.size() > MOST_TAGS) {
            throw new Refusal(400, "invalid-tags", "A torrent has at most %d tags".formatted(MOST_TAGS));
        }
        return tags;
    }

    private static String tag(String sent) {
        String tag = Normalizer.normalize(sent.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        tag = BLANKS.matcher(tag).replaceAll("-");
        if (!tag.isEmpty() && !TAG.matcher(tag).matches()) {
            throw new Refusal(
                    400,
                    "invalid-tags",
                    "A tag begins with a letter or digit, goes on with letters, digits, '.', '+' or '-', and has at most 32");
        }
        return tag;
    }

    private static String description(String sent) {
        String text = sent.strip();
        if (text.length() > MOST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw new Refusal(
                    400,
                    "invalid-description",
                    "A description has at most %d characters, none of them NUL".formatted(MOST_DESCRIPTION));
        }
        return text;
    }

    private static Optional<String> licence(String sent) {
        String text = sent.strip();
        if (text.length() > MOST_LICENCE || text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(
                    400,
                    "invalid-licence",
                    "A licence is an SPDX identifier or a line of at most %d characters".formatted(MOST_LICENCE));
        }
        return Optional.of(text).filter(line -> !line.isEmpty());
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid-parameter", "The query is not percent-encoded", e);
        }
    }
}
