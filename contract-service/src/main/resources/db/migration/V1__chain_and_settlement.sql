-- Runs as contract_owner, in schema contract. What was asked of the chain, what was signed for it, and what was settled.

-- The chain this database belongs to, and our contracts on it.
create table chain_identity (
    only_row boolean primary key default true check (only_row),
    chain_id bigint not null check (chain_id > 0),
    genesis_hash bytea check (octet_length(genesis_hash) = 32), -- null until the node was reached once
    factory bytea check (octet_length(factory) = 20),
    settlement bytea check (octet_length(settlement) = 20),
    legacy bytea check (octet_length(legacy) = 20), -- the ledger of /contract/*, made by /contract/init
    frozen_reason text -- why nothing is settled until somebody looked
);

-- A wish: one contract call (or creation) that shall happen exactly once. It has no nonce yet.
create table submission (
    submission_id bigint generated always as identity primary key,
    purpose text not null check (purpose in ('deploy-factory', 'create-settlement', 'create-legacy', 'enroll', 'settle',
        'add-user', 'update-user', 'migrate-user', 'fill-gap')),
    destination bytea check (octet_length(destination) = 20), -- null: a contract is created
    payload bytea not null,
    state text not null default 'queued' check (state in ('queued', 'submitted', 'mined', 'final', 'failed')),
    failure_code text,
    failure_sentence text,
    created_contract bytea check (octet_length(created_contract) = 20),
    asked_at timestamptz not null,
    check ((state = 'failed') = (failure_code is not null)),
    check ((failure_code is null) = (failure_sentence is null))
);
create index submission_waiting on submission (destination, submission_id) where state in ('queued', 'submitted');

-- A nonce of the settler and the signed bytes that use it. Committed before anybody is shown the bytes; the primary key
-- is why no two payloads ever share a nonce.
create table chain_transaction (
    sender bytea not null check (octet_length(sender) = 20),
    nonce bigint not null check (nonce >= 0),
    submission_id bigint not null references submission,
    purpose text not null,
    payload_hash bytea not null check (octet_length(payload_hash) = 32),
    signed_bytes bytea not null,
    tx_hash bytea not null unique check (octet_length(tx_hash) = 32),
    gas_limit bigint not null check (gas_limit > 0),
    max_fee bigint not null check (max_fee >= 0), -- wei per gas
    max_priority_fee bigint not null check (max_priority_fee between 0 and max_fee),
    signed_at timestamptz not null,
    signed_block bigint not null, -- the chain's height when these bytes were signed, or last had to be sent again
    state text not null default 'submitted' check (state in ('submitted', 'mined', 'final', 'lost')),
    first_broadcast timestamptz,
    last_broadcast timestamptz,
    mined_hash bytea check (octet_length(mined_hash) = 32), -- one of ours, perhaps a replaced one
    block_number bigint,
    block_hash bytea check (octet_length(block_hash) = 32),
    succeeded boolean,
    primary key (sender, nonce),
    check ((state in ('mined', 'final')) = (mined_hash is not null)),
    check ((mined_hash is null) = (block_number is null) and (mined_hash is null) = (block_hash is null)
        and (mined_hash is null) = (succeeded is null))
);
comment on column chain_transaction.state is 'lost: somebody else used the nonce, and the chain has finalized that';
create unique index chain_transaction_once on chain_transaction (submission_id) where state <> 'lost';
create index chain_transaction_open on chain_transaction (sender, nonce) where state in ('submitted', 'mined');

-- Bytes that were signed for a nonce before its fee was raised: any of them may still be the one that is mined.
create table replaced_bytes (
    tx_hash bytea primary key check (octet_length(tx_hash) = 32),
    sender bytea not null,
    nonce bigint not null,
    signed_bytes bytea not null,
    max_fee bigint not null,
    max_priority_fee bigint not null,
    signed_at timestamptz not null,
    foreign key (sender, nonce) references chain_transaction
);
create index replaced_bytes_nonce on replaced_bytes (sender, nonce);

-- How far each feed was read. Written in the transaction that stores what was read.
create table feed_cursor (
    feed text primary key check (feed in ('credits', 'enrolments')),
    cursor text not null
);

-- Credited batches as receipt-service handed them out, in that order.
create table credit_item (
    batch_seq bigint primary key,
    position bigint not null unique check (position > 0), -- without gaps, from 1
    receipt_count integer not null check (receipt_count > 0),
    rows_root bytea not null check (octet_length(rows_root) = 32),
    pulled_at timestamptz not null
);

create table credit_delta (
    batch_seq bigint not null references credit_item,
    chain_account bytea not null check (octet_length(chain_account) = 32),
    up bigint not null check (up >= 0),
    down bigint not null check (down >= 0),
    primary key (batch_seq, chain_account)
);

-- An epoch: the credit items from one position to another. Each begins where the one before it ended.
create table settlement (
    seq bigint primary key check (seq > 0),
    root bytea not null check (octet_length(root) = 32),
    previous_position bigint unique,
    from_position bigint not null,
    to_position bigint not null unique,
    receipt_count bigint not null check (receipt_count > 0),
    byte_count numeric(39) not null check (byte_count >= 0),
    submission_id bigint not null references submission,
    adopted boolean not null default false, -- found on the chain although that submission failed
    state text not null check (state in ('planned', 'submitted', 'mined', 'final')),
    planned_at timestamptz not null,
    foreign key (previous_position) references settlement (to_position),
    check (to_position >= from_position),
    check (from_position = coalesce(previous_position, 0) + 1),
    check ((seq = 1) = (previous_position is null))
);

-- Accounts that the chain has to know: name bound, credit granted.
create table enrolment (
    chain_account bytea primary key check (octet_length(chain_account) = 32),
    name_hash bytea not null check (octet_length(name_hash) = 32),
    user_id text not null,
    credit_mib bigint not null check (credit_mib between 0 and 4294967295),
    state text not null check (state in ('pending', 'submitted', 'enrolled', 'refused')),
    failures integer not null default 0,
    submission_id bigint references submission,
    refusal text,
    received_at timestamptz not null,
    check ((state = 'refused') = (refusal is not null))
);
create index enrolment_open on enrolment (state, received_at) where state in ('pending', 'submitted');

grant select, insert, update on chain_identity, submission, chain_transaction, feed_cursor, settlement, enrolment
    to contract_app;
grant select, insert on replaced_bytes, credit_item, credit_delta to contract_app;
