-- Accounts of the predecessor's ledger, found by its events or asked for, and whether our ledger holds their history.

create table history_scan (
    only_row boolean primary key default true check (only_row),
    predecessor bytea not null check (octet_length(predecessor) = 20),
    next_block bigint not null check (next_block >= 0)
);
comment on column history_scan.next_block is 'the first block whose events were not read';

create table history_account (
    chain_account bytea primary key check (octet_length(chain_account) = 32),
    state text not null default 'found' check (state in ('found', 'submitted', 'copied', 'refused')),
    wanted boolean not null default false,
    failures integer not null default 0 check (failures >= 0),
    submission_id bigint references submission,
    found_at timestamptz not null,
    check ((state = 'submitted') = (submission_id is not null))
);
create index history_account_open on history_account (wanted desc, found_at) where state in ('found', 'submitted');
comment on column history_account.wanted is 'somebody waits for it to register';
comment on column history_account.failures is 'batches with it that the ledger refused; each next one is smaller';

alter table submission drop constraint submission_purpose_check;
alter table submission add constraint submission_purpose_check check (purpose in ('deploy-factory', 'create-settlement',
    'create-legacy', 'enroll', 'settle', 'add-user', 'update-user', 'migrate-user', 'copy-history', 'fill-gap'));

grant select, insert, update on history_scan, history_account to contract_app;
