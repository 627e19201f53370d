package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochReader;
import io.pbts.protocol.epoch.WrongEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Recomputes an epoch from its file: rows, roots of batches, sums of accounts, root. Reads the file twice: first checksums only,
 * which names a damaged byte in a second or two, then everything. Signatures are verified on all cores. Memory grows with
 * accounts, not with receipts.
 */
public final class EpochVerifier {
    private final Anchor anchor;
    private final Optional<SecureRandom> random;

    /**
     * A verifier.
     *
     * @param anchor what the contract has
     * @param random to verify signatures with; without it they are not looked at
     */
    public EpochVerifier(Anchor anchor, Optional<SecureRandom> random) {
        this.anchor = anchor;
        this.random = random;
    }

    /**
     * What a file is found to be.
     *
     * @throws IOException when the file or the anchor cannot be read
     */
    public Verdict verify(Path file) throws IOException {
        try {
            try (EpochReader reader = open(file)) {
                reader.check();
            }
            try (EpochReader reader = open(file)) {
                return contents(reader);
            }
        } catch (WrongEpoch wrong) {
            return new Verdict.Wrong(wrong.finding());
        }
    }

    private Verdict contents(EpochReader reader) throws IOException {
        if (random.isEmpty()) {
            return contents(reader, Optional.empty());
        }
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            return contents(reader, Optional.of(new BlsClaims(random.get(), workers)));
        }
    }

    private Verdict contents(EpochReader reader, Optional<BlsClaims> signatures) throws IOException {
        EpochContents contents = new EpochContents(signatures);
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            contents.take(next.get());
        }
        contents.end(reader.offset());
        contents.requireRoots(anchor);
        return contents.intact(!(anchor instanceof Anchor.None));
    }

    private static EpochReader open(Path file) throws IOException {
        return new EpochReader(Files.newInputStream(file));
    }
}
