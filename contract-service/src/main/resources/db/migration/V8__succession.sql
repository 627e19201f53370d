-- The settlement contract changes to one that follows it. Settlements are counted through all ledgers; on each of them the
-- first has number 1.
create table succession (
    succession_id bigint generated always as identity primary key,
    predecessor bytea not null unique check (octet_length(predecessor) = 20), -- the ledger that is left
    successor bytea unique check (octet_length(successor) = 20), -- null until it was created
    submission_id bigint references submission, -- creates it; null when the operator named one
    state text not null check (state in ('creating', 'draining', 'done')),
    asked_at timestamptz not null,
    left_at timestamptz, -- since then everything is settled in the successor
    settlements bigint check (settlements >= 0), -- made until then, in all ledgers before
    check ((state = 'creating') <= (submission_id is not null)),
    check (state = 'creating' or successor is not null),
    check ((state = 'done') = (left_at is not null) and (state = 'done') = (settlements is not null)),
    check (successor <> predecessor)
);
create unique index succession_one_at_a_time on succession ((true)) where state <> 'done';

alter table chain_identity add column settled_before bigint not null default 0 check (settled_before >= 0);
comment on column chain_identity.settled_before is 'settlements in ledgers before this one';

alter table submission drop constraint submission_purpose_check;
alter table submission add constraint submission_purpose_check check (purpose in ('deploy-factory', 'create-settlement',
    'create-legacy', 'create-successor', 'enroll', 'settle', 'add-user', 'update-user', 'migrate-user', 'copy-history',
    'publish-keys', 'rotate-key', 'fill-gap'));

-- A ledger that was left is copied from, account by account, as each is first written in its successor: whatever came to it
-- afterwards would be lost. So nothing more is asked of it, by whoever was slow to notice.
create function refuse_a_ledger_that_was_left() returns trigger
language plpgsql set search_path = contract, pg_temp
as $function$
begin
    if exists (select from succession s where s.state = 'done' and s.predecessor = new.destination) then
        raise exception 'ledger % was left', encode(new.destination, 'hex') using errcode = 'PB410';
    end if;
    return new;
end
$function$;
create trigger submission_to_a_ledger_in_use before insert on submission
    for each row when (new.destination is not null) execute function refuse_a_ledger_that_was_left();

grant select, insert, update, delete on succession to contract_app;
