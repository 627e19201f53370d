package io.pbts.announce.torrent;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A registered torrent, without its metainfo file, which is up to 10 MiB and rarely wanted. */
@Entity
@Immutable
@Table(name = "torrent")
class Torrent {
    @Id
    @Column(name = "torrent_id")
    private byte[] torrentId;

    @Column(name = "info_hash_v1")
    private byte @Nullable [] infoHashV1;

    @Column(name = "info_hash_v2")
    private byte @Nullable [] infoHashV2;

    private String name;

    @Column(name = "piece_length")
    private long pieceLength;

    @Column(name = "piece_count")
    private int pieceCount;

    @Column(name = "total_length")
    private long totalLength;

    @Column(name = "is_private")
    private boolean isPrivate;

    private @Nullable String source;

    @Enumerated(EnumType.STRING)
    private Moderation moderation;

    private @Nullable String reason;

    @Column(name = "registered_at")
    private OffsetDateTime registeredAt;

    @Column(name = "torrent_seq")
    private long torrentSeq;

    private String description;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] tags;

    private @Nullable String licence;

    @Column(name = "file_count")
    private @Nullable Integer fileCount;

    @Column(name = "owner_account_id")
    private @Nullable Long ownerAccountId;

    private @Nullable String uploader;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected Torrent() {}

    TorrentId id() {
        return TorrentId.ofBytes(torrentId);
    }

    Optional<InfoHash> v1() {
        return Optional.ofNullable(infoHashV1).map(InfoHash::ofBytes);
    }

    Optional<InfoHash> v2() {
        return Optional.ofNullable(infoHashV2).map(InfoHash::ofBytes);
    }

    /** The hash a torrent goes by: v1 where there is one. */
    InfoHash infoHash() {
        return v1().or(this::v2).orElseThrow();
    }

    String name() {
        return name;
    }

    long pieceLength() {
        return pieceLength;
    }

    int pieceCount() {
        return pieceCount;
    }

    long totalLength() {
        return totalLength;
    }

    boolean isPrivate() {
        return isPrivate;
    }

    Optional<String> source() {
        return Optional.ofNullable(source);
    }

    Moderation moderation() {
        return moderation;
    }

    /** Whether it may be announced and earns credit. */
    boolean isEnabled() {
        return moderation == Moderation.approved;
    }

    /** Why it was rejected. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Its place in the order of registration. */
    long sequence() {
        return torrentSeq;
    }

    TorrentDetails details() {
        return new TorrentDetails(description, List.of(tags), Optional.ofNullable(licence));
    }

    /** Absent for what was registered before files were counted. */
    OptionalInt fileCount() {
        return fileCount == null ? OptionalInt.empty() : OptionalInt.of(fileCount);
    }

    /** Whose it is; nobody's when it was uploaded without an account. */
    OptionalLong owner() {
        return ownerAccountId == null ? OptionalLong.empty() : OptionalLong.of(ownerAccountId);
    }

    /** The owner's user id. */
    Optional<String> uploader() {
        return Optional.ofNullable(uploader);
    }

    OffsetDateTime registeredAt() {
        return registeredAt;
    }
}
