package io.pbts.benchmarks.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Two processes of libtorrent (Debian's python3-libtorrent) with its usual settings, over loopback and TCP. */
final class Libtorrent implements Way {
    static final String NAME = "libtorrent";

    private static final String PYTHON = "/usr/bin/python3";

    private final Path folder;
    private final Path script;

    /** @param folder for what arrives */
    Libtorrent(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.script = folder.resolve("peer.py");
        try (InputStream source = Objects.requireNonNull(Libtorrent.class.getResourceAsStream("peer.py"))) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome transfer(Sample sample, Course course) throws IOException, InterruptedException {
        if (course.limit() > 0) {
            throw new IllegalArgumentException("compared without a limit only");
        }
        Path torrent = Files.write(folder.resolve("sample.torrent"), sample.torrent(course.pieceLength()));
        Path arrived = Files.createDirectories(folder.resolve("arrived"));
        try {
            Outcome outcome = transfer(torrent, sample.folder(), arrived);
            sample.requireIn(arrived);
            return outcome;
        } finally {
            Sample.remove(arrived);
        }
    }

    private Outcome transfer(Path torrent, Path sent, Path arrived) throws IOException, InterruptedException {
        try (Client seeder = start(sent, torrent);
                Client leecher = start(arrived, torrent)) {
            int port = Integer.parseInt(seeder.answer());
            leecher.answer();
            double before = Double.parseDouble(seeder.ask("processor"));
            String[] took = leecher.ask(Integer.toString(port)).split(" ", -1);
            double seeding = Double.parseDouble(seeder.ask("processor")) - before;
            return new Outcome(
                    Double.parseDouble(took[0]), Double.parseDouble(took[1]) + seeding, Outcome.Receipts.NONE);
        }
    }

    private Client start(Path files, Path torrent) throws IOException {
        Process process = new ProcessBuilder(PYTHON, script.toString(), files.toString(), torrent.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Client(process, process.inputReader(UTF_8));
    }

    /** A process that says a line for each that it is told. */
    private record Client(Process process, BufferedReader lines) implements AutoCloseable {
        String ask(String question) throws IOException {
            var out = process.outputWriter(UTF_8);
            out.write(question + "\n");
            out.flush();
            return answer();
        }

        String answer() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("no libtorrent for " + PYTHON
                        + ", which the bench compares with: install it (apt-get install python3-libtorrent)");
            }
            return line;
        }

        /** Its files are complete and written when it has ended. */
        @Override
        public void close() throws IOException {
            process.outputWriter(UTF_8).close();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
