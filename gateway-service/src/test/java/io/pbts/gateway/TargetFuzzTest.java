package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded targets of every kind over a tracker that answers, refuses, resets and breaks. */
class TargetFuzzTest {
    private static final int TARGETS = 700;
    private static final String[] STARTS = {
        "/announce?",
        "/scrape?",
        "/abc/announce?",
        "/announce/abc?",
        "/",
        "/x/",
        "/announce",
        "http://h/announce?",
        "*",
        "//"
    };
    private static final String[] PIECES = {
        "info_hash=", "%00", "%ff", "%Zz", "%", "%2", "&", "=", "&&", "[", "]", "\"", "\\", "#", "?", "/", "..", ";",
                "%2f",
        "%2e", "\u0000", "\u0001", "\u007f", "\u0080", "\u00ff", "{", "}", "|", "^", "`", "<", ">", "+", "a", "0", "é",
                "://", ":",
        "@", "%25", "announce", "scrape", "internal", "\t"
    };
    /** What a request that is no announce may get; 400 and 414 come from the HTTP parser, before any route. */
    private static final Set<Integer> DOCUMENTED = Set.of(400, 403, 404, 405, 414, 431);

    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production("pbts.gateway.backends.tracker.timeout=300ms");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_120, -7})
    void answersEveryTargetInBencodeOrWithADocumentedStatus(long seed) {
        var random = new Random(seed);
        for (int count = 0; count < TARGETS; count++) {
            stack.tracker.behave(behaviour(random));
            String target = target(random);
            HttpMessage answer = stack.caller().get(target);
            if (answer.status() == 200 && answer.header("content-type").equals("text/plain")) {
                assertThat(isBencode(answer.body()))
                        .as("%s -> %s", target, answer.body())
                        .isTrue();
            } else if (answer.status() != 200) {
                assertThat(answer.status()).as(target).isIn(DOCUMENTED);
            } else {
                assertThat(answer.header("content-type")).as(target).startsWith("text/html");
            }
        }
    }

    private static FakeService.Behaviour behaviour(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> FakeService::reset;
            case 1 -> FakeService.answer(500, "text/html", "<html>");
            case 2 -> FakeService.answer(503, "text/plain", "");
            default -> FakeService.answer(200, "text/plain", "d8:intervali1800ee");
        };
    }

    private static String target(Random random) {
        var target = new StringBuilder(STARTS[random.nextInt(STARTS.length)]);
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            target.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return target.toString();
    }

    private static boolean isBencode(String body) {
        try {
            BencodeDecoder.decode(body.getBytes(ISO_8859_1), BencodeLimits.MESSAGE);
            return true;
        } catch (BencodeException broken) {
            return false;
        }
    }
}
