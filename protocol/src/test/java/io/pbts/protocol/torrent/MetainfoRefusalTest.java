package io.pbts.protocol.torrent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetainfoRefusalTest {

    private static final BencodeValue ONE_HASH = new BString(Bytes.repeat((byte) 7, 20));

    private final Map<String, BencodeValue> info = new LinkedHashMap<>(Map.of(
            "name",
            BString.of("film"),
            "piece length",
            new BInteger(16),
            "length",
            new BInteger(16),
            "pieces",
            ONE_HASH));

    @Test
    void takesTheSmallestTorrentThereIs() throws MetainfoException {
        Metainfo metainfo = parse();
        assertThat(metainfo.totalLength()).isEqualTo(16);
        assertThat(metainfo.isPrivate()).isFalse();
        assertThat(metainfo.source()).isEmpty();
        assertThat(metainfo.announce()).isEmpty();
        assertThat(metainfo.v2()).isEmpty();
    }

    @Test
    void hashesTheBytesAsTheyCameWithFieldsNobodyKnows() throws MetainfoException {
        String before = parse().id().hex();
        info.put("source", BString.of("PBTS"));
        info.put("x-unknown", BList.of());
        assertThat(parse().id().hex()).isNotEqualTo(before);
        assertThat(parse().source()).contains("PBTS");
    }

    @Test
    void doesNotPrintTheAnnounceUrl() throws MetainfoException {
        byte[] file = BencodeWriter.encodeToArray(Map.of(
                "announce", BString.of("http://t.invalid/abcdefghijklmnopqrstuvwxyz234567/announce"),
                "info", BDictionary.of(info)));
        assertThat(Metainfo.parse(file).toString()).doesNotContain("abcdefghijklmnopqrstuvwxyz234567");
    }

    @Test
    void refusesWhatIsNoMetainfoAtAll() {
        refused("not bencode", "hello".getBytes(UTF_8));
        refused("not bencode", new byte[0]);
        refused("not a dictionary", "le".getBytes(UTF_8));
        refused("info: missing", "de".getBytes(UTF_8));
        refused("info: missing", "d4:info3:abce".getBytes(UTF_8));
        refused("not bencode", "d4:infode4:infodee".getBytes(UTF_8));
    }

    @Test
    void refusesMoreThanTenMebibytes() {
        refused("not bencode: more than", new byte[(10 << 20) + 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "piece length", "pieces", "length"})
    void refusesAMissingField(String field) {
        info.remove(field);
        refused("info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "piece length", "pieces", "length"})
    void refusesAFieldOfAnotherType(String field) {
        info.put(field, BList.of());
        assertThatExceptionOfType(MetainfoException.class).isThrownBy(this::parse);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, (64L << 20) + 1, Long.MAX_VALUE})
    void refusesAPieceLengthOutOfBounds(long length) {
        info.put("piece length", new BInteger(length));
        refused("info.piece length");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 17, 32, Long.MAX_VALUE})
    void refusesHashesThatDoNotFitTheLength(long length) {
        info.put("length", new BInteger(length));
        refused("info.pieces");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refusesANegativeLength(long length) {
        info.put("length", new BInteger(length));
        refused("length: out of bounds");
    }

    @Test
    void refusesLengthsThatOverflow() {
        info.remove("length");
        info.put("files", BList.of(file(Long.MAX_VALUE, "a"), file(2, "b")));
        refused("length: out of bounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b"})
    void refusesANameThatLeavesItsFolder(String name) throws MetainfoException {
        info.put("name", BString.of(name));
        refused("path");
        info.put("name", BString.of("film"));
        info.remove("length");
        info.put("files", BList.of(file(16, "folder", name)));
        refused("path");
        info.put("files", BList.of(file(16, "folder", "...")));
        assertThat(parse().files().getFirst().path()).containsExactly("folder", "...");
    }

    @Test
    void refusesAPathThatIsEmptyOrTwiceThere() {
        info.remove("length");
        info.put("files", BList.of(file(16)));
        refused("path: empty");
        info.put("files", BList.of(file(8, "a"), file(8, "a")));
        refused("the same path twice");
    }

    @Test
    void refusesAFileAndAFolderAtOnce() {
        info.put("files", BList.of(file(16, "a")));
        refused("either length or files");
    }

    @Test
    void refusesNamesThatAreNoText() {
        info.put("name", new BString(Bytes.of(0xff)));
        refused("info.name");
    }

    @Test
    void refusesAPrivateFlagThatIsNeitherYesNorNo() throws MetainfoException {
        info.put("private", new BInteger(1));
        assertThat(parse().isPrivate()).isTrue();
        info.put("private", new BInteger(0));
        assertThat(parse().isPrivate()).isFalse();
        info.put("private", new BInteger(2));
        refused("info.private");
        info.put("private", BString.of("1"));
        refused("info.private");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16, 16383, 16385, 3 * 16384, 128L << 20})
    void refusesAV2PieceLengthThatIsNoPowerOfTwoFrom16KiB(long length) throws BencodeException {
        Map<String, BencodeValue> v2 = infoOf("v2-small");
        v2.put("piece length", new BInteger(length));
        refused("info.piece length", torrent(v2, Map.of()));
    }

    @Test
    void refusesAnUnknownMetaVersion() {
        info.put("meta version", new BInteger(3));
        refused("info.meta version");
    }

    @Test
    void refusesAPieceLayerThatDoesNotLeadToItsRoot() throws BencodeException {
        BDictionary root = decode("v2-single");
        BDictionary.Entry layer =
                root.dictionary("piece layers").orElseThrow().entries().getFirst();
        Bytes hashes = ((BString) layer.value()).bytes();
        Map<String, BencodeValue> unchanged = infoOf("v2-single");
        for (int at = 0; at < hashes.size(); at += 31) {
            byte[] damaged = hashes.toArray();
            damaged[at] ^= 1;
            refused("do not lead to", torrent(unchanged, Map.of(layer.key(), new BString(Bytes.wrap(damaged)))));
        }
        refused("96 bytes for 4", torrent(unchanged, Map.of(layer.key(), new BString(hashes.slice(32)))));
        refused("missing for", torrent(unchanged, Map.of()));
        refused("not a string", torrent(unchanged, Map.of(layer.key(), new BInteger(1))));
    }

    @Test
    void refusesManyFilesThatAllNameOneLargeLayer() throws BencodeException {
        BDictionary layers = decode("v2-single").dictionary("piece layers").orElseThrow();
        BDictionary.Entry layer = layers.entries().getFirst();
        BencodeValue file = leaf(100_000, new BString(layer.key()));
        Map<String, BencodeValue> files = new LinkedHashMap<>();
        for (int i = 0; i < (10 << 20) / 128; i++) {
            files.put("file " + i, file);
        }
        Map<String, BencodeValue> v2 = infoOf("v2-single");
        v2.put("file tree", BDictionary.of(files));
        assertThatNoException().isThrownBy(() -> Metainfo.parse(torrent(v2, Map.of(layer.key(), layer.value()))));
        files.put("one more", file);
        v2.put("file tree", BDictionary.of(files));
        refused("more piece hashes than fit", torrent(v2, Map.of(layer.key(), layer.value())));
        v2.put("file tree", BDictionary.of(Map.of("huge", leaf(Long.MAX_VALUE, new BString(layer.key())))));
        refused("more piece hashes than fit", torrent(v2, Map.of(layer.key(), layer.value())));
    }

    @Test
    void refusesAHybridWhoseHalvesDiffer() throws BencodeException {
        BDictionary layers = decode("hybrid-single").dictionary("piece layers").orElseThrow();
        Map<Bytes, BencodeValue> sameLayers = new LinkedHashMap<>();
        layers.entries().forEach(entry -> sameLayers.put(entry.key(), entry.value()));
        Map<String, BencodeValue> halves = infoOf("hybrid-single");
        halves.put("length", new BInteger(69_999));
        refused("the files of v1 and v2 differ", torrent(halves, sameLayers));
    }

    /** Else one index would mean other bytes under the other hash, and a piece could be paid twice. */
    @Test
    void refusesAHybridWhoseFilesAreNotAlignedToPieces() {
        BencodeValue padding = BDictionary.of(
                Map.of("attr", BString.of("p"), "length", new BInteger(16383), "path", BList.of(BString.of(".pad"))));
        hybrid(2, file(1, "a"), file(16384, "b"));
        refused("not aligned to pieces");
        hybrid(2, file(1, "a"), padding, file(16384, "b"));
        assertThatNoException().isThrownBy(this::parse);
        hybrid(3, file(1, "a"), padding, file(16384, "b"), padding);
        refused("not aligned to pieces");
    }

    private void hybrid(int hashes, BencodeValue... files) {
        BencodeValue root = new BString(Bytes.repeat((byte) 1, 32));
        info.clear();
        info.put("name", BString.of("folder"));
        info.put("piece length", new BInteger(16384));
        info.put("pieces", new BString(Bytes.repeat((byte) 7, 20 * hashes)));
        info.put("files", BList.of(files));
        info.put("meta version", new BInteger(2));
        info.put("file tree", BDictionary.of(Map.of("a", leaf(1, root), "b", leaf(16384, root))));
    }

    private static BDictionary leaf(long length, BencodeValue root) {
        return BDictionary.of(Map.of("", BDictionary.of(Map.of("length", new BInteger(length), "pieces root", root))));
    }

    @Test
    void refusesAFileTreeThatIsNone() throws BencodeException {
        Map<String, BencodeValue> v2 = infoOf("v2-small");
        v2.remove("file tree");
        refused("info.file tree: missing", torrent(v2, Map.of()));
        v2.put("file tree", BDictionary.of(Map.of("a", BList.of())));
        refused("neither file nor folder", torrent(v2, Map.of()));
        v2.put("file tree", BDictionary.of(Map.of("..", BDictionary.of(Map.of()))));
        refused("path", torrent(v2, Map.of()));
        v2.put("file tree", BDictionary.of(Map.of()));
        refused("without content", torrent(v2, Map.of()));
        v2.put("file tree", treeOf(Map.of("length", new BInteger(5))));
        refused("pieces root missing", torrent(v2, Map.of()));
        v2.put("file tree", treeOf(Map.of("length", new BInteger(5), "pieces root", ONE_HASH)));
        refused("not 32 bytes", torrent(v2, Map.of()));
        v2.put("file tree", treeOf(Map.of("length", new BInteger(-5))));
        refused("length: out of bounds", torrent(v2, Map.of()));
    }

    private static BDictionary treeOf(Map<String, BencodeValue> file) {
        return BDictionary.of(Map.of("a", BDictionary.of(Map.of("", BDictionary.of(file)))));
    }

    private static BDictionary file(long length, String... path) {
        return BDictionary.of(Map.of(
                "length",
                new BInteger(length),
                "path",
                new BList(java.util.Arrays.stream(path)
                        .map(name -> (BencodeValue) BString.of(name))
                        .toList())));
    }

    private static BDictionary decode(String name) throws BencodeException {
        return (BDictionary)
                BencodeDecoder.decode(Vectors.resource("/torrents/" + name + ".torrent"), BencodeLimits.METAINFO);
    }

    private static Map<String, BencodeValue> infoOf(String name) throws BencodeException {
        Map<String, BencodeValue> info = new LinkedHashMap<>();
        for (BDictionary.Entry entry :
                decode(name).dictionary("info").orElseThrow().entries()) {
            info.put(new BString(entry.key()).text().orElseThrow(), entry.value());
        }
        return info;
    }

    private static byte[] torrent(Map<String, BencodeValue> info, Map<Bytes, ? extends BencodeValue> layers) {
        return BencodeWriter.encodeToArray(
                Map.of("info", BDictionary.of(info), "piece layers", BDictionary.ofBytes(layers)));
    }

    private Metainfo parse() throws MetainfoException {
        return Metainfo.parse(BencodeWriter.encodeToArray(Map.of("info", BDictionary.of(info))));
    }

    private void refused(String reason) {
        assertThatExceptionOfType(MetainfoException.class)
                .isThrownBy(this::parse)
                .withMessageContaining(reason);
    }

    private static void refused(String reason, byte[] file) {
        assertThatExceptionOfType(MetainfoException.class)
                .isThrownBy(() -> Metainfo.parse(file))
                .withMessageContaining(reason);
    }
}
