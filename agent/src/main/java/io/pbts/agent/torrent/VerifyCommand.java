package io.pbts.agent.torrent;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.engine.create.FileCheck;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares files with their torrent. */
@Command(
        name = "verify",
        description = "Hashes files and compares them with a torrent: exit code 0 when all of it is there, else 1.")
public final class VerifyCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "TORRENT", description = "The .torrent file.")
    private Path torrent = Path.of("");

    @Option(names = "--folder", paramLabel = "DIR", description = "Where the torrent's file or folder lies; else here.")
    private Path folder = Path.of("");

    public VerifyCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Metainfo metainfo = TorrentFile.read(torrent);
        int pieces = metainfo.v1().orElseThrow().pieces().count();
        BitSet right = FileCheck.rightPieces(metainfo, folder);
        int firstWrong = right.nextClearBit(0);
        boolean all = firstWrong >= pieces;
        output.result(
                world.out(),
                "verified",
                Map.of("complete", all, "pieces", pieces, "right", right.cardinality()),
                all
                        ? "all %d pieces are right".formatted(pieces)
                        : "%d of %d pieces are right; the first that is not: %d"
                                .formatted(right.cardinality(), pieces, firstWrong));
        return all ? ExitCode.OK : ExitCode.FAILED;
    }
}
