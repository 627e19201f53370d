-- Who is in which swarm by its wallet, as POST /announce said. Peers with addresses are elsewhere: these say who, not where.
create table wallet_member (
    info_hash  bytea not null check (octet_length(info_hash) = 20),
    wallet     bytea not null check (octet_length(wallet) = 20),
    account_id bigint not null check (account_id > 0),
    seen_at    timestamptz not null,
    primary key (info_hash, wallet)
);
comment on column wallet_member.info_hash is 'v1 info hash, or a v2 one cut to 20 bytes, as announces carry it';
create index wallet_member_of_account on wallet_member (account_id, seen_at);
create index wallet_member_seen on wallet_member (seen_at);

-- Whose client a peer id is. The primary key decides between two accounts; one that has ended may be taken over.
create table peer_binding (
    peer_id     bytea primary key check (octet_length(peer_id) = 20),
    wallet      bytea not null check (octet_length(wallet) = 20),
    account_id  bigint not null check (account_id > 0),
    bound_at    timestamptz not null,
    expires_at  timestamptz not null check (expires_at >= bound_at),
    binding_seq bigint generated always as identity,
    changed_in  xid8 not null default pg_current_xact_id()
);
comment on column peer_binding.changed_in is 'last writer; orders the feed by which nodes keep the bindings in memory';
create index peer_binding_feed on peer_binding (changed_in, binding_seq);
create index peer_binding_of_account on peer_binding (account_id, expires_at);
create index peer_binding_of_wallet on peer_binding (wallet, bound_at);
create index peer_binding_ends on peer_binding (expires_at);
create trigger peer_binding_changed before update on peer_binding for each row execute function torrent_changed();

grant select, insert, update, delete on wallet_member, peer_binding to announce_app;
