package io.pbts.protocol.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MetainfoProperties {

    private static final String[] FILES = {"v1-folder", "v2-folder", "hybrid-folder", "hybrid-single"};

    /** Damage may leave a valid file, but then the pieces still add up; else it is refused by name and not by accident. */
    @Property(tries = 5_000)
    void damageIsRefusedOrConsistent(
            @ForAll @IntRange(max = 3) int file, @ForAll int place, @ForAll byte damage, @ForAll int other) {
        byte[] bytes = Vectors.resource("/torrents/" + FILES[file] + ".torrent");
        bytes[Math.floorMod(place, bytes.length)] = damage;
        bytes[Math.floorMod(other, bytes.length)] ^= 1;
        try {
            Metainfo metainfo = Metainfo.parse(bytes);
            metainfo.v1().ifPresent(v1 -> assertPiecesAddUp(v1.pieces()));
            metainfo.v2().ifPresent(v2 -> assertPiecesAddUp(v2.pieces()));
        } catch (MetainfoException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertPiecesAddUp(PieceTable pieces) {
        long sum = 0;
        for (int i = 0; i < pieces.count(); i++) {
            sum += pieces.lengthOf(new PieceIndex(i)).bytes();
        }
        assertThat(sum).isEqualTo(pieces.totalLength());
    }
}
