-- Who ended a freeze of settlement, and by what right: the chain and our records agree, or the operator has taken note of how they
-- differ. A difference that was taken note of is part of every later comparison.
alter table chain_identity add column frozen_account bytea check (octet_length(frozen_account) = 32),
    add check (frozen_account is null or frozen_reason is not null);
comment on column chain_identity.frozen_account is 'whose bytes differ, when that is why';

create table ended_freeze (
    freeze_id bigint generated always as identity primary key,
    ledger bytea not null check (octet_length(ledger) = 20),
    reason text not null, -- why nothing was settled
    ending text not null check (ending in ('agreed', 'acknowledged')),
    note text check (length(note) between 1 and 500),
    difference text, -- as it was found when the freeze was ended
    chain_account bytea check (octet_length(chain_account) = 32), -- null: the difference is one of totals
    up_difference numeric(39) not null default 0, -- the ledger's less ours
    down_difference numeric(39) not null default 0,
    receipts_difference bigint not null default 0,
    ended_at timestamptz not null,
    check ((ending = 'acknowledged') = (note is not null)),
    check (ending = 'acknowledged' or (difference is null and chain_account is null and up_difference = 0
        and down_difference = 0 and receipts_difference = 0))
);
create index ended_freeze_account on ended_freeze (ledger, chain_account);

grant select, insert on ended_freeze to contract_app;
