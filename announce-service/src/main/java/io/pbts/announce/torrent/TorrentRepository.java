package io.pbts.announce.torrent;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** Registered torrents by their names. */
interface TorrentRepository extends Repository<Torrent, byte[]> {

    Optional<Torrent> findById(byte[] torrentId);

    long count();

    /** In the order of registration, the newest first. */
    List<Torrent> findByTorrentSeqInOrderByTorrentSeqDesc(Collection<Long> sequences);

    /** By v1 hash, v2 hash, or the first 20 bytes of a v2 hash. */
    @Query(nativeQuery = true, value = """
            select torrent_id, info_hash_v1, info_hash_v2, name, piece_length, piece_count, total_length, is_private, source,
                   moderation, reason, registered_at, torrent_seq, description, tags, licence, file_count,
                   owner_account_id, uploader
            from torrent
            where info_hash_v1 = :hash or info_hash_v2 = :hash or substring(info_hash_v2 from 1 for 20) = :hash
            order by torrent_seq limit 1
            """)
    Optional<Torrent> findByInfoHash(@Param("hash") byte[] hash);
}
