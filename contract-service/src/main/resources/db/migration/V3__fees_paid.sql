-- What transactions cost, for the daily budget: known once they are mined, and promised at most until then.
alter table chain_transaction
    add column paid_wei numeric(39) check (paid_wei >= 0), -- null: not mined, or mined before it was kept
    add column mined_at timestamptz,
    add check (paid_wei is null or mined_hash is not null);

create index chain_transaction_paid on chain_transaction (sender, mined_at) where mined_at is not null;
