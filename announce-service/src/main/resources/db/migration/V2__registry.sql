-- What a community says about a torrent beside its .torrent file, and its way through moderation.
alter table torrent
    add column description text not null default '' check (char_length(description) <= 10000),
    add column tags        text[] not null default '{}'
        check (cardinality(tags) = 0 or array_to_string(tags, ' ', '*') ~ '^[^\s*]{1,32}( [^\s*]{1,32}){0,15}$'),
    add column licence     text check (char_length(licence) between 1 and 100),
    add column file_count  integer check (file_count > 0),
    add column uploader    text check (char_length(uploader) between 1 and 64),
    add column moderation  text not null default 'approved'
        check (moderation in ('pending', 'approved', 'rejected', 'withdrawn')),
    add column reason      text check (reason ~ '^[ -~]{1,200}$');

update torrent set moderation = 'rejected', reason = 'disabled by the operator' where state = 'disabled';

alter table torrent
    add constraint torrent_reason_of_rejection check ((moderation = 'rejected') = (reason is not null)),
    add constraint torrent_served_when_approved check ((moderation = 'approved') = (state = 'enabled'));

comment on column torrent.tags is 'lower case, without blanks, each once, ascending';
comment on column torrent.licence is 'an SPDX identifier, or text';
comment on column torrent.file_count is 'null for what was registered before files were counted';
comment on column torrent.uploader is 'user_id of owner_account_id; null for what was registered before it was kept, or by nobody (local)';
comment on column torrent.reason is 'why it was rejected, as clients show it: printable ASCII';

-- Signs between words are blanks: "Linux.6.18-x86_64.iso" is found by "linux" too. "simple": names are of any language.
create function torrent_words(name text, tags text[], description text) returns tsvector
    language sql immutable parallel safe as $$
    select setweight(to_tsvector('pg_catalog.simple', regexp_replace(left(name, 255), '[!-/:-@[-`{-~]+', ' ', 'g')), 'A')
        || setweight(to_tsvector('pg_catalog.simple',
               regexp_replace(array_to_string(tags, ' '), '[!-/:-@[-`{-~]+', ' ', 'g')), 'B')
        || setweight(to_tsvector('pg_catalog.simple', regexp_replace(description, '[!-/:-@[-`{-~]+', ' ', 'g')), 'C')
$$;
grant execute on function torrent_words(text, text[], text) to announce_app;

alter table torrent
    add column words tsvector not null generated always as (torrent_words(name, tags, description)) stored;

create index torrent_words_found on torrent using gin (words);
create index torrent_tagged on torrent using gin (tags);
create unique index torrent_in_order on torrent (torrent_seq);
create index torrent_owned on torrent (owner_account_id, torrent_seq);

-- How the swarms of registered torrents fared. Not in torrent: a row that is added to every few seconds must be small, and
-- no news to those who follow the states of torrents. A hybrid torrent has two swarms.
create table swarm_tally (
    info_hash      bytea primary key check (octet_length(info_hash) = 20),
    torrent_id     bytea not null references torrent,
    completed      bigint not null check (completed >= 0),
    seeder_seen_at timestamptz,
    tally_seq      bigint generated always as identity,
    changed_in     xid8 not null default pg_current_xact_id()
);
comment on column swarm_tally.info_hash is 'v1 info hash, or a v2 one cut to 20 bytes, as announces carry it';
comment on column swarm_tally.completed is 'only ever added to, by each node what it counted';

create index swarm_tally_feed on swarm_tally (changed_in, tally_seq);
create trigger swarm_tally_changed before update on swarm_tally for each row execute function torrent_changed();

grant select, insert, update on swarm_tally to announce_app;
