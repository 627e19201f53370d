-- Keys that the ledger shall hold for whoever has its address: an account's first key at place 0, and each that took the place
-- of the one before it.
create table key_publication (
    chain_account bytea not null references enrolment,
    place integer not null check (place >= 0),
    public_key bytea not null unique check (octet_length(public_key) in (20, 48)),
    state text not null default 'pending' check (state in ('pending', 'submitted', 'published', 'refused')),
    number bigint check (number >= 0), -- that the ledger gave it
    failures integer not null default 0 check (failures >= 0),
    submission_id bigint references submission,
    refusal text,
    received_at timestamptz not null,
    primary key (chain_account, place),
    check ((state = 'refused') = (refusal is not null)),
    check (place > 0 or number is null or number = 0)
);
create index key_publication_open on key_publication (state, received_at) where state in ('pending', 'submitted');
create index key_publication_carrier on key_publication (submission_id);

alter table submission drop constraint submission_purpose_check;
alter table submission add constraint submission_purpose_check check (purpose in ('deploy-factory', 'create-settlement',
    'create-legacy', 'enroll', 'settle', 'add-user', 'update-user', 'migrate-user', 'copy-history', 'publish-keys',
    'rotate-key', 'fill-gap'));

grant select, insert, update on key_publication to contract_app;
