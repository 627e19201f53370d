-- Runs as reputation_owner, in schema reputation. The app role gets each right by name: it never deletes, truncates or
-- makes tables, and moves totals only through functions.

-- Who this tracker is. One row, made once, the same for every replica and for ever.
create table instance (
    only_row boolean primary key default true check (only_row),
    instance_id bytea not null check (octet_length(instance_id) = 32),
    created_at timestamptz not null default clock_timestamp()
);

-- What the gate and the ledger judge by. One row, written at start from the settings.
create table policy (
    only_row boolean primary key default true check (only_row),
    min_ratio numeric(8, 4) not null check (min_ratio >= 0),
    overdraft_bytes bigint not null check (overdraft_bytes >= 0)
);

create table account (
    account_id bigint generated always as identity primary key,
    user_id text collate "C" not null constraint account_user_id_unique unique
        check (user_id ~ '^[A-Za-z0-9._@-]{1,64}$'),
    chain_account bytea not null constraint account_chain_account_unique unique
        check (octet_length(chain_account) = 32),
    registered_at timestamptz not null,
    -- The transaction that last changed what the chain must learn of the account; orders the feed of enrolments.
    enrolment_xid xid8 not null default pg_current_xact_id()
);
create index account_enrolment on account (enrolment_xid, account_id);

create table account_key (
    kind smallint not null check (kind in (1, 2)), -- 1: BLS12-381 public key, 2: secp256k1 address
    public_key bytea not null,
    account_id bigint not null references account,
    possession_proven boolean not null,
    added_at timestamptz not null,
    revoked_at timestamptz,
    constraint account_key_unique primary key (kind, public_key),
    check (octet_length(public_key) = case kind when 1 then 48 else 20 end)
);
create index account_key_account on account_key (account_id);

create table passkey (
    passkey_hash bytea primary key check (octet_length(passkey_hash) = 32),
    account_id bigint not null references account,
    created_at timestamptz not null,
    expires_at timestamptz -- the end of the grace after a rotation
);
create index passkey_account on passkey (account_id);

-- Bytes per account, mapped by no entity: a flush would write back what a concurrent credit has just increased.
create table total (
    account_id bigint primary key references account,
    up bigint not null default 0 check (up >= 0), -- earned with receipts
    down bigint not null default 0 check (down >= 0), -- owed for receipts
    held bigint not null default 0 check (held >= 0), -- received over the overdraft and not yet credited to anybody
    announced bigint not null default 0 check (announced >= 0), -- downloaded as the client itself announces
    credit bigint not null default 0 check (credit >= 0), -- the initial grant
    grant_state text not null check (grant_state in ('granted', 'pending', 'none')),
    imported_up bigint not null default 0 check (imported_up >= 0),
    imported_down bigint not null default 0 check (imported_down >= 0),
    asserted_up bigint not null default 0 check (asserted_up >= 0),
    asserted_down bigint not null default 0 check (asserted_down >= 0),
    last_batch_seq bigint, -- the credit batch that last moved this row
    changed_xid xid8 not null default pg_current_xact_id(), -- orders the feed of standings
    check (grant_state = 'granted' or credit = 0)
);
create index total_changed on total (changed_xid, account_id);

grant select on instance, policy, account, account_key, passkey, total to reputation_app;
grant insert on instance, account, account_key, passkey to reputation_app;
