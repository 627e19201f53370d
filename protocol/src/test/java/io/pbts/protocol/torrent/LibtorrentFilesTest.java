package io.pbts.protocol.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Files that libtorrent wrote must mean to us what they mean to libtorrent. */
class LibtorrentFilesTest {

    static Stream<JsonNode> files() {
        JsonNode facts = new ObjectMapper().readTree(Vectors.resource("/torrents/torrents.json"));
        return Vectors.list(facts.required("cases")).stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasTheHashesThatLibtorrentComputes(JsonNode facts) throws MetainfoException {
        Metainfo metainfo = parse(facts);
        assertThat(hash(metainfo.v1())).isEqualTo(optional(facts, "info_hash_v1"));
        assertThat(hash(metainfo.v2())).isEqualTo(optional(facts, "info_hash_v2"));
        metainfo.v2().ifPresent(v2 -> assertThat(metainfo.id().bytes())
                .isEqualTo(v2.infoHash().bytes()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasTheFilesThatLibtorrentSees(JsonNode facts) throws MetainfoException {
        Metainfo metainfo = parse(facts);
        List<String> expected = Vectors.list(facts.required("files")).stream()
                .map(file -> Vectors.text(file, "path") + " " + Vectors.number(file, "length"))
                .toList();
        assertThat(metainfo.files().stream().map(file -> fullPath(metainfo, file) + " " + file.length()))
                .containsExactlyElementsOf(expected);
        assertThat(metainfo.isPrivate()).isTrue();
        assertThat(metainfo.announce()).contains("http://tracker.invalid/announce");
        assertThat(metainfo.pieceLength()).isEqualTo(Vectors.number(facts, "piece_length"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasThePiecesThatLibtorrentSees(JsonNode facts) throws MetainfoException {
        Metainfo metainfo = parse(facts);
        metainfo.v1().ifPresent(v1 -> assertThat(pieces(v1.pieces())).isEqualTo(expectedPieces(facts, "v1")));
        metainfo.v2().ifPresent(v2 -> assertThat(pieces(v2.pieces())).isEqualTo(expectedPieces(facts, "v2")));
    }

    private static Metainfo parse(JsonNode facts) throws MetainfoException {
        return Metainfo.parse(Vectors.resource("/torrents/" + Vectors.text(facts, "name") + ".torrent"));
    }

    private static String fullPath(Metainfo metainfo, Metainfo.FileEntry file) {
        return Stream.concat(Stream.of(metainfo.name()), file.path().stream())
                .reduce((left, right) -> left + "/" + right)
                .orElseThrow();
    }

    private static Optional<String> optional(JsonNode facts, String field) {
        JsonNode value = facts.required(field);
        return value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }

    private static Optional<String> hash(Optional<Metainfo.Hashed> hashed) {
        return hashed.map(found -> found.infoHash().hex());
    }

    private static List<String> expectedPieces(JsonNode facts, String kind) {
        return Vectors.list(facts.required(kind)).stream()
                .map(piece -> Vectors.number(piece, "length") + " " + Vectors.text(piece, "hash"))
                .toList();
    }

    private static List<String> pieces(PieceTable table) {
        return IntStream.range(0, table.count())
                .mapToObj(PieceIndex::new)
                .map(index -> table.lengthOf(index).bytes() + " " + table.hashOf(index))
                .toList();
    }
}
