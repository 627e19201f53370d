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
import tools.jackson.databind.ObjectMapper;

/** {@code docs/protocol.md} is what others implement from, so its figures are tested like code. */
class DocumentedProtocolTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final Pattern FIELD = Pattern.compile("^\\| (\\d+) \\| (\\d+) \\|", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({
        "'## Receipt v2', 225",
        "'## The receipt of the BEP 10 extension', 112",
        "'## The AI-agent variant', 200",
        "'## One signature for a batch', 129",
        "'## Sessions', 256",
        "'## The row a receipt leaves', 214",
        "'## Acknowledgements', 85",
    })
    void everyFieldStartsWhereTheLastOneEnds(String heading, int size) throws IOException {
        List<MatchResult> fields = FIELD.matcher(section(heading)).results().toList();
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

    static Stream<String> figuresOfTheFurtherForms() {
        JsonNode typed = Vectors.read("receipts-typed.json");
        JsonNode legacy = Vectors.read("receipts-legacy.json");
        JsonNode aggregate = named("receipts-aggregate.json", "many receivers, one receipt each");
        JsonNode batch = named("receipts-batch.json", "BLS, 3");
        JsonNode session = named("receipts-session.json", "an hour");
        JsonNode acknowledgement = named("acknowledgements.json", "two rows");
        return Stream.of(
                        values(typed, "domain_type_hash", "receipt_type_hash", "address"),
                        values(typed.at("/cases/0"), "domain_separator", "struct_hash", "digest", "signature"),
                        values(legacy.at("/bep10_v1/0"), "piece_hash", "last_second", "signed_bytes", "signature"),
                        values(legacy.at("/eip191_v1/0"), "signed_bytes", "hash", "digest", "signature"),
                        Vectors.list(legacy.required("rows")).stream().flatMap(row -> values(row, "hash")),
                        values(aggregate, "aggregate_signature"),
                        Vectors.list(aggregate.required("members")).stream().flatMap(item -> values(item, "receiver")),
                        values(batch, "root", "statement", "signature"),
                        values(batch.at("/members/1"), "evidence", "evidence_hash"),
                        values(named("receipts-batch.json", "wallet, 3"), "root", "digest", "signature"),
                        values(session, "session_id", "session_secret", "session_key", "certificate", "signature"),
                        values(session.at("/pieces/0"), "digest", "signature", "evidence", "evidence_hash"),
                        values(Vectors.read("acknowledgements.json"), "seed", "public_key"),
                        values(acknowledgement, "root", "signed_bytes", "signature"),
                        Vectors.list(acknowledgement.required("results")).stream()
                                .flatMap(row -> values(row, "row_hash")),
                        values(named("reports-binary.json", "single, wallet"), "body"),
                        values(named("reports-binary.json", "session"), "body"))
                .flatMap(values -> values);
    }

    @ParameterizedTest
    @MethodSource({"figures", "figuresOfTheFurtherForms"})
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

    @ParameterizedTest
    @CsvSource({
        "'## The receipt of the BEP 10 extension', receipts-legacy.json, /bep10_v1/0/report_object",
        "'## The AI-agent variant', receipts-legacy.json, /eip191_v1/0/report_object",
        "'## Reports in JSON', reports-binary.json, /cases/1/report",
    })
    void printsTheObjectThatTheVectorsHave(String heading, String file, String pointer) throws IOException {
        String printed = section(heading).split("```json", 2)[1].split("```", 2)[0];
        assertThat(new ObjectMapper().readTree(printed))
                .isEqualTo(Vectors.read(file).requiredAt(pointer));
    }

    private static JsonNode named(String file, String name) {
        return Vectors.cases(file, "cases").stream()
                .filter(vector -> Vectors.text(vector, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> receipt(JsonNode vector) {
        return values(vector, "domain", "info_hash", "piece_hash", "signed_bytes", "signature");
    }

    private static Stream<String> values(JsonNode vector, String... fields) {
        return Stream.of(fields).map(field -> Vectors.text(vector, field));
    }

    private static String section(String heading) throws IOException {
        return document().split(Pattern.quote(heading), 2)[1].split("\n## ", 2)[0];
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }
}
