-- A batch of more accounts than one transaction carries is settled in parts, each with a number of its own and each
-- balanced. What follows what is decided here: a part follows the part before it, an epoch follows a complete one, and
-- nothing is followed twice.
alter table settlement
    drop constraint settlement_previous_position_fkey,
    drop constraint settlement_previous_position_key,
    drop constraint settlement_to_position_key,
    drop constraint settlement_check1, -- from_position = previous_position + 1
    drop constraint settlement_receipt_count_check,
    add column part integer not null default 1 check (part > 0),
    add column complete boolean not null default true, -- nothing of the epoch is left after it
    add column account_count integer check (account_count > 0), -- null: planned before it was counted
    add column previous_part integer;

update settlement set previous_part = 1 where previous_position is not null;

alter table settlement
    add column previous_complete boolean generated always as (part = 1) stored,
    add unique (to_position, part, complete),
    add unique (to_position, part),
    add unique nulls not distinct (previous_position, previous_part),
    add foreign key (previous_position, previous_part, previous_complete)
        references settlement (to_position, part, complete),
    add check ((previous_part is null) = (previous_position is null)),
    add check (part > 1 or from_position = coalesce(previous_position, 0) + 1),
    add check (part = 1 or (previous_position = to_position and previous_part = part - 1)),
    add check (receipt_count > 0 or (part > 1 and receipt_count = 0)); -- the first part counts the epoch's receipts

-- What a settlement carries that is not the whole of its epoch.
create table settlement_delta (
    seq bigint not null references settlement,
    chain_account bytea not null check (octet_length(chain_account) = 32),
    up bigint not null check (up >= 0),
    down bigint not null check (down >= 0),
    primary key (seq, chain_account)
);

grant select, insert, delete on settlement_delta to contract_app; -- deleted when a refused part is cut smaller
