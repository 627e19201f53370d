-- Registered torrents. Constraints decide who was first; torrent_id is the SHA-256 of the info dictionary.
create table torrent (
    torrent_id       bytea primary key check (octet_length(torrent_id) = 32),
    info_hash_v1     bytea unique check (octet_length(info_hash_v1) = 20),
    info_hash_v2     bytea unique check (octet_length(info_hash_v2) = 32),
    name             text not null check (name <> ''),
    piece_length     bigint not null check (piece_length > 0),
    piece_count      integer not null check (piece_count > 0),
    total_length     bigint not null check (total_length > 0),
    is_private       boolean not null,
    source           text,
    metainfo         bytea not null check (octet_length(metainfo) <= 10485760),
    owner_account_id bigint,
    state            text not null default 'enabled' check (state in ('enabled', 'disabled')),
    registered_at    timestamptz not null,
    torrent_seq      bigint generated always as identity,
    changed_in       xid8 not null default pg_current_xact_id(),
    check (info_hash_v1 is not null or info_hash_v2 is not null)
);
comment on column torrent.metainfo is 'info dictionary and piece layers only: an announce URL may hold a passkey';
comment on column torrent.owner_account_id is 'account in reputation-service; null when uploaded without a passkey (local)';
comment on column torrent.changed_in is 'last writer; orders the feed by which replicas keep their set of hashes';

-- Announces and legacy receipts carry a v2 hash cut to 20 bytes (BEP 52).
create index torrent_truncated_v2 on torrent (substring(info_hash_v2 from 1 for 20));
create index torrent_feed on torrent (changed_in, torrent_seq);

create function torrent_changed() returns trigger language plpgsql as $$
begin
    new.changed_in := pg_current_xact_id();
    return new;
end $$;
create trigger torrent_changed before update on torrent for each row execute function torrent_changed();

grant select, insert, update on torrent to announce_app;
