package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochReader;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Recomputes an epoch from its file: rows, roots of batches, sums of accounts, root. Reads the file twice: first checksums only,
 * which names a damaged byte in a second or two, then everything. Memory grows with accounts, not with receipts.
 */
public final class EpochVerifier {
    private final Optional<EpochRoot> root;
    private final Optional<SecureRandom> random;

    /**
     * A verifier.
     *
     * @param root what the contract has; without it a file is only compared with itself
     * @param random to verify signatures with; without it they are not looked at
     */
    public EpochVerifier(Optional<EpochRoot> root, Optional<SecureRandom> random) {
        this.root = root;
        this.random = random;
    }

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
        EpochContents contents = new EpochContents(random);
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            contents.take(next.get());
        }
        contents.end(reader.offset());
        contents.requireRoot(root);
        return contents.intact(root.isPresent());
    }

    private static EpochReader open(Path file) throws IOException {
        return new EpochReader(Files.newInputStream(file));
    }
}
