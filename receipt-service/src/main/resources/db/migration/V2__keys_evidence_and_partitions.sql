-- Rows of receipts by month, and one table of keys for ever.
--
-- The promise that a receiver pays once for a piece is a primary key, and Postgres keeps a primary key of a partitioned
-- table only within what it is partitioned by. So the promise moves into a table of its own that is never partitioned and
-- never pruned (receipt_key, some 120 bytes a receipt), and the rows with keys and signatures (some 600 bytes) lie in
-- monthly partitions, which an operator may detach and archive without giving a single key back.

create table download (
    torrent_id bytea not null check (octet_length(torrent_id) = 32),
    receiver_id bigint not null,
    number integer not null check (number > 0),
    counts_from bigint not null check (counts_from > 0),
    opened_at timestamptz not null default clock_timestamp(),
    primary key (torrent_id, receiver_id, number)
);
comment on table download is
    'Paid again: a receiver that lost its copy opens a further download, and receipts signed from then on are of that one.';
comment on column download.counts_from is 'seconds since 1970; receipts signed at or after belong to this download';

create table receipt_key (
    instance_id bytea not null check (octet_length(instance_id) = 32),
    torrent_id bytea not null check (octet_length(torrent_id) = 32),
    receiver_id bigint not null,
    download integer not null default 0 check (download >= 0),
    piece_index bigint not null check (piece_index between 0 and 4294967295),
    receipt_seq bigint generated always as identity unique,
    sender_id bigint not null,
    bytes bigint not null check (bytes > 0 and bytes <= 67108864),
    row_hash bytea not null check (octet_length(row_hash) = 32),
    accepted_at timestamptz not null default transaction_timestamp(),
    primary key (instance_id, torrent_id, receiver_id, download, piece_index),
    check (sender_id <> receiver_id)
);
comment on table receipt_key is
    'The promise: a receiver pays once for a piece of a download, whoever sent it and whenever it is signed. Never partitioned, never pruned.';
comment on column receipt_key.download is '0, or the number of a further download that the receiver opened itself';
comment on column receipt_key.accepted_at is 'the month in which the row of the receipt lies';

alter table receipt rename to receipt_of_old;
alter index receipt_pkey rename to receipt_of_old_pkey;

insert into receipt_key (instance_id, torrent_id, receiver_id, piece_index, receipt_seq, sender_id, bytes, row_hash,
                         accepted_at)
    overriding system value
    select instance_id, torrent_id, receiver_id, piece_index, receipt_seq, sender_id, bytes, row_hash, accepted_at
      from receipt_of_old;
select setval(pg_get_serial_sequence('receipt_key', 'receipt_seq'), coalesce(max(receipt_seq), 0) + 1, false)
    from receipt_of_old;

create table receipt (
    receipt_seq bigint not null,
    accepted_at timestamptz not null,
    kind text not null,
    form text not null,
    info_hash bytea not null check (octet_length(info_hash) in (20, 32)),
    sender_key bytea not null check (octet_length(sender_key) in (20, 48)),
    receiver_key bytea not null check (octet_length(receiver_key) in (20, 48)),
    piece_hash bytea not null check (octet_length(piece_hash) in (20, 32)),
    signed_at bigint not null check (signed_at > 0),
    evidence bytea not null check (octet_length(evidence) > 0),
    signed_digest bytea not null check (octet_length(signed_digest) = 32),
    primary key (receipt_seq, accepted_at)
) partition by range (accepted_at);
comment on table receipt is 'What was signed, by month of acceptance; its key and what it is worth are in receipt_key.';
comment on column receipt.signed_at is 'seconds since 1970, as signed';
comment on column receipt.evidence is 'the signature in the bytes of its form (docs/protocol.md)';
comment on column receipt.signed_digest is 'SHA-256 of the signed bytes';

-- Makes the partitions of this month and the months to come that are missing. The app role, which has no DDL, asks for them
-- at start and each day.
create function prepare_receipt_months(months integer) returns integer
language plpgsql volatile security definer set search_path = receipt, pg_temp
as $function$
declare
    month date;
    made integer := 0;
begin
    if months is null or months not between 1 and 24 then
        raise exception 'between 1 and 24 months, not %', months using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(hashtext('receipt.prepare_receipt_months'));
    for month in
        select generate_series(date_trunc('month', now() at time zone 'UTC'),
            date_trunc('month', now() at time zone 'UTC') + make_interval(months => months), interval '1 month')
    loop
        made := made + make_receipt_month(month);
    end loop;
    return made;
end
$function$;

create function make_receipt_month(month date) returns integer
language plpgsql volatile set search_path = receipt, pg_temp
as $function$
declare
    name text := 'receipt_' || to_char(month, 'YYYY_MM');
begin
    if to_regclass(name) is not null then
        return 0;
    end if;
    execute format(
        'create table %I partition of receipt for values from (%L) to (%L)',
        name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    return 1;
end
$function$;

-- Every month that a receipt was accepted in, so that none is lost; then this one and those to come.
select make_receipt_month(m.month::date)
  from (select distinct date_trunc('month', accepted_at at time zone 'UTC') as month from receipt_of_old) m;
select prepare_receipt_months(3);

insert into receipt (receipt_seq, accepted_at, kind, form, info_hash, sender_key, receiver_key, piece_hash, signed_at,
                     evidence, signed_digest)
    select receipt_seq, accepted_at, kind, 'single', info_hash, sender_key, receiver_key, piece_hash, signed_at,
           signature, signed_digest
      from receipt_of_old;
drop table receipt_of_old;

create table session_certificate (
    fingerprint bytea primary key check (octet_length(fingerprint) = 32),
    certificate bytea not null check (octet_length(certificate) = 256),
    signature bytea not null check (octet_length(signature) = 96),
    kept_at timestamptz not null default clock_timestamp()
);
comment on table session_certificate is 'Whose receipts session keys signed: the receiver''s word, kept once per session.';

create table aggregate_member (
    aggregate_hash bytea not null check (octet_length(aggregate_hash) = 32),
    place integer not null check (place >= 0),
    receiver_key bytea not null check (octet_length(receiver_key) = 48),
    signed_bytes bytea not null check (octet_length(signed_bytes) between 80 and 225),
    primary key (aggregate_hash, place)
);
comment on table aggregate_member is
    'Receipts that were signed into an aggregate and did not become rows: without them nobody could check it again.';
comment on column aggregate_member.aggregate_hash is 'SHA-256 of the aggregate';

create or replace function check_credit_batch() returns trigger language plpgsql as $$
declare
    receipts bigint;
    credited bigint;
    uploaded bigint;
    downloaded bigint;
begin
    select count(*), coalesce(sum(k.bytes), 0) into receipts, credited
        from credit c join receipt_key k on k.receipt_seq = c.receipt_seq where c.batch_seq = new.batch_seq;
    select coalesce(sum(d.up), 0), coalesce(sum(d.down), 0) into uploaded, downloaded
        from batch_delta d where d.batch_seq = new.batch_seq;
    if receipts <> new.receipt_count or uploaded <> credited or downloaded <> credited then
        raise exception 'batch % does not balance: % of % receipts, % bytes, % up, % down',
            new.batch_seq, receipts, new.receipt_count, credited, uploaded, downloaded using errcode = 'check_violation';
    end if;
    return null;
end
$$;

revoke all on function prepare_receipt_months(integer) from public;
revoke all on function make_receipt_month(date) from public;
grant execute on function prepare_receipt_months(integer) to receipt_app;
grant select, insert on download, receipt_key, receipt, session_certificate, aggregate_member to receipt_app;
