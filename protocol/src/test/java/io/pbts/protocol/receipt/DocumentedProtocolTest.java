package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code docs/protocol.md} is what others implement from, so its figures are tested like code. */
class DocumentedProtocolTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final Pattern FIELD = Pattern.compile("^\\| (\\d+) \\| (\\d+) \\|", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({"'## Receipt v2', 225", "'## The row a receipt leaves', 214"})
    void everyFieldStartsWhereTheLastOneEnds(String heading, int size) throws IOException {
        String section = document().split(Pattern.quote(heading), 2)[1].split("\n## ", 2)[0];
        List<MatchResult> fields = FIELD.matcher(section).results().toList();
        int end = 0;
        for (MatchResult field : fields) {
            assertThat(Integer.parseInt(field.group(1))).isEqualTo(end);
            end += Integer.parseInt(field.group(2));
        }
        assertThat(end).isEqualTo(size);
    }

    static Stream<String> figures() {
        JsonNode ledger = Vectors.read("ledger.json");
        return Stream.of(
                        Vectors.cases("receipts-v2.json", "cases").stream()
                                .limit(2)
                                .flatMap(DocumentedProtocolTest::receipt),
                        Vectors.cases("receipts-http-v1.json", "cases").stream()
                                .limit(1)
                                .flatMap(vector -> values(vector, "signed_bytes", "signature")),
                        Vectors.list(ledger.required("rows")).stream()
                                .limit(1)
                                .flatMap(row -> values(row, "instance_id", "torrent_id", "sender", "receiver", "hash")),
                        values(ledger.required("log_trees").get(3), "root"),
                        values(ledger.required("sums_trees").get(1), "root"),
                        values(ledger.required("epochs").get(0), "root"),
                        values(
                                Vectors.read("accounts.json")
                                        .required("registrations")
                                        .get(0),
                                "signature"),
                        values(
                                Vectors.read("accounts.json")
                                        .required("possessions")
                                        .get(1),
                                "proof_of_possession"))
                .flatMap(values -> values);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void printsTheFiguresThatTheVectorsHave(String figure) throws IOException {
        assertThat(document().replaceAll("\\s", "")).contains(figure);
    }

    @Test
    void printsTheReportObjectOfTheWorkedExample() throws IOException {
        JsonNode vector = ReceiptVectors.v2(ReceiptKind.V2_BLS).findFirst().orElseThrow();
        assertThat(document())
                .contains(
                        "\"signature\": \"" + Vectors.bytes(vector, "signature").toBase64String() + "\"")
                .contains("\"receiver_public_key\": \""
                        + Vectors.bytes(vector.required("receiver"), "bytes").toBase64String() + "\"")
                .contains("\"sender_pk\": \""
                        + Vectors.bytes(vector.required("sender"), "bytes").toBase64String() + "\"");
    }

    private static Stream<String> receipt(JsonNode vector) {
        return values(vector, "domain", "info_hash", "piece_hash", "signed_bytes", "signature");
    }

    private static Stream<String> values(JsonNode vector, String... fields) {
        return Stream.of(fields).map(field -> Vectors.text(vector, field));
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }
}
