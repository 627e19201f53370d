-- What the clients of an account announce (DESIGN D6), in columns of its own: it is never added to what receipts moved.
-- total.announced holds the downloads; the uploads count for an account only where the operator chose to believe clients.
alter table total add column announced_up bigint not null default 0 check (announced_up >= 0);

alter table policy add column basis text not null default 'receipts' check (basis in ('receipts', 'reported'));

-- Batches that were counted, for as long as one of them might come again.
create table announced_batch (
    batch_id uuid primary key,
    received_at timestamptz not null default clock_timestamp()
);
create index announced_batch_received on announced_batch (received_at);
grant select, delete on announced_batch to reputation_app;

-- The gate's verdict on either basis; Basis.java and Verdict.java are the same rule.
create or replace function may_download(t total, min_ratio numeric) returns boolean
language sql stable set search_path = reputation, pg_temp
as $function$
    select case (select p.basis from policy p)
        when 'reported' then case
            when t.credit = 0 and t.announced_up = 0 and t.announced = 0 then min_ratio = 0
            else t.credit::numeric + t.announced_up >= min_ratio * t.announced
        end
        else t.held = 0 and case
            when t.credit = 0 and t.up = 0 and t.down = 0 and t.announced = 0 then min_ratio = 0
            else t.credit::numeric + t.up >= min_ratio * greatest(t.down, t.announced)
        end
    end
$function$;

-- Counts what clients announced, once per batch: whether it was new. Accounts that do not exist are passed over. A sum that
-- bigint cannot hold stays at its end.
create function apply_announced(batch uuid, accounts bigint[], ups bigint[], downs bigint[]) returns boolean
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
declare
    most constant numeric := 9223372036854775807;
    minimum numeric;
    turned boolean;
begin
    if 0 > any (ups) or 0 > any (downs)
        or (select count(distinct n.id) from unnest(accounts) as n (id)) <> cardinality(accounts) then
        raise exception 'an account stands in a batch once, with what it added'
            using errcode = 'invalid_parameter_value';
    end if;
    insert into announced_batch (batch_id) values (batch) on conflict (batch_id) do nothing;
    if not found then
        return false;
    end if;
    select p.min_ratio into strict minimum from policy p;
    perform t.account_id from total t where t.account_id = any (accounts) order by t.account_id for update;
    with moved as (
        update total t
        set announced = least(t.announced::numeric + n.down, most)::bigint,
            announced_up = least(t.announced_up::numeric + n.up, most)::bigint,
            changed_xid = pg_current_xact_id()
        from unnest(accounts, ups, downs) as n (account_id, up, down)
        where t.account_id = n.account_id
        returning may_download(old, minimum) <> may_download(new, minimum) as turned)
    select coalesce(bool_or(m.turned), false) into turned from moved m;
    if turned then
        perform pg_notify('standing_changed', '');
    end if;
    return true;
end
$function$;
comment on function apply_announced(uuid, bigint[], bigint[], bigint[]) is
    'Adds what clients announced to the columns of their word; moves nothing that receipts moved.';

-- As before, and what the gate goes by. The form without a basis stays for programs of the version before.
create function set_policy(new_min_ratio numeric, new_overdraft_bytes bigint, new_basis text) returns boolean
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
begin
    insert into policy (min_ratio, overdraft_bytes, basis) values (new_min_ratio, new_overdraft_bytes, new_basis)
    on conflict (only_row) do update
        set min_ratio = excluded.min_ratio, overdraft_bytes = excluded.overdraft_bytes, basis = excluded.basis
        where (policy.min_ratio, policy.overdraft_bytes, policy.basis)
            is distinct from (excluded.min_ratio, excluded.overdraft_bytes, excluded.basis);
    if not found then
        return false;
    end if;
    perform t.account_id from total t order by t.account_id for update;
    update total set changed_xid = pg_current_xact_id();
    perform pg_notify('standing_changed', '');
    return true;
end
$function$;

revoke all on function apply_announced(uuid, bigint[], bigint[], bigint[]) from public;
revoke all on function set_policy(numeric, bigint, text) from public;
grant execute on function apply_announced(uuid, bigint[], bigint[], bigint[]) to reputation_app;
grant execute on function set_policy(numeric, bigint, text) to reputation_app;
