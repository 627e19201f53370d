package io.pbts.announce.torrent;

import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** Registered torrents by their names. */
interface TorrentRepository extends Repository<Torrent, byte[]> {

    Optional<Torrent> findById(byte[] torrentId);

    long count();

    /** By v1 hash, v2 hash, or the first 20 bytes of a v2 hash. */
    @Query(nativeQuery = true, value = """
            select torrent_id, info_hash_v1, info_hash_v2, name, piece_length, piece_count, total_length, is_private, source,
                   state, registered_at
            from torrent
            where info_hash_v1 = :hash or info_hash_v2 = :hash or substring(info_hash_v2 from 1 for 20) = :hash
            order by torrent_seq limit 1
            """)
    Optional<Torrent> findByInfoHash(@Param("hash") byte[] hash);
}
