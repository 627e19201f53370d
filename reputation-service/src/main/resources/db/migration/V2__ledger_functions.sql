-- The ledger's rule (DESIGN D5, D6), in one place for every caller. A receiver's bytes are credited iff nothing of it is
-- held before and afterwards min_ratio * down - credit - up <= overdraft; otherwise they are held.
--
-- Rows are locked in ascending account id before anything is judged: unordered locks collapse under mutual traffic, and one
-- "update ... from" over both sides of many pairs loses increments (both measured).

-- Locks and returns the rows of these accounts; PB404 when one does not exist. The ids are sorted and distinct.
create function locked_totals(accounts bigint[]) returns setof total
language plpgsql volatile set search_path = reputation, pg_temp
as $function$
declare
    locked int;
begin
    return query select t.* from total t where t.account_id = any (accounts) order by t.account_id for update;
    get diagnostics locked = row_count;
    if locked <> cardinality(accounts) then
        raise exception 'unknown account'
            using errcode = 'PB404',
                detail = (select string_agg(n.id::text, ', ') from unnest(accounts) as n (id)
                    where not exists (select from total t where t.account_id = n.id));
    end if;
end
$function$;

-- Refuses what cannot be a batch: nulls, unequal lengths, more than 4096 entries, amounts that are not positive,
-- a transfer to oneself.
create function require_entries(batch_seq bigint, senders bigint[], receivers bigint[], amounts bigint[]) returns void
language plpgsql immutable set search_path = reputation, pg_temp
as $function$
declare
    entries int := cardinality(amounts);
begin
    if batch_seq is null or senders is null or receivers is null or amounts is null
        or array_position(senders, null) is not null
        or array_position(receivers, null) is not null
        or array_position(amounts, null) is not null then
        raise exception 'a batch has no nulls' using errcode = 'null_value_not_allowed';
    end if;
    if cardinality(senders) <> entries or cardinality(receivers) <> entries then
        raise exception 'senders, receivers and amounts differ in length' using errcode = 'array_subscript_error';
    end if;
    if entries > 4096 then
        raise exception 'a batch has at most 4096 entries, not %', entries using errcode = 'program_limit_exceeded';
    end if;
    if entries > 0 and (array_ndims(senders) <> 1 or array_ndims(receivers) <> 1 or array_ndims(amounts) <> 1
        or array_lower(senders, 1) <> 1 or array_lower(receivers, 1) <> 1 or array_lower(amounts, 1) <> 1) then
        raise exception 'entries are counted from 1 in one dimension' using errcode = 'array_subscript_error';
    end if;
    if 0 >= any (amounts) then
        raise exception 'an amount is not positive' using errcode = 'invalid_parameter_value';
    end if;
    if exists (select from unnest(senders, receivers) as e (sender, receiver) where e.sender = e.receiver) then
        raise exception 'sender and receiver are the same account' using errcode = 'invalid_parameter_value';
    end if;
end
$function$;

-- The gate's verdict (DESIGN D6), for deciding whom to wake; Verdict.java is the same rule with its numbers for people.
create function may_download(t total, min_ratio numeric) returns boolean
language sql immutable set search_path = reputation, pg_temp
as $function$
    select t.held = 0 and case
        when t.credit = 0 and t.up = 0 and t.down = 0 and t.announced = 0 then min_ratio = 0
        else t.credit::numeric + t.up >= min_ratio * greatest(t.down, t.announced)
    end
$function$;

-- Writes back what a batch moved; the rows are locked by this transaction. Readers of the feed look every second anyway and
-- are woken only when somebody's verdict turned, because transactions that notify commit one after the other: with a NOTIFY
-- in each, sixteen clients committed half as often (measured).
create function write_totals(
    batch_seq bigint, accounts bigint[], ups bigint[], downs bigint[], helds bigint[], min_ratio numeric)
returns void
language plpgsql volatile set search_path = reputation, pg_temp
as $function$
declare
    turned boolean;
begin
    with moved as (
        update total t
        set up = n.up, down = n.down, held = n.held, last_batch_seq = write_totals.batch_seq,
            changed_xid = pg_current_xact_id()
        from unnest(accounts, ups, downs, helds) as n (account_id, up, down, held)
        where t.account_id = n.account_id and (t.up, t.down, t.held) is distinct from (n.up, n.down, n.held)
        returning may_download(old, write_totals.min_ratio) <> may_download(new, write_totals.min_ratio) as turned)
    select coalesce(bool_or(m.turned), false) into turned from moved m;
    if turned then
        perform pg_notify('standing_changed', '');
    end if;
end
$function$;

create function apply_credit(batch_seq bigint, senders bigint[], receivers bigint[], amounts bigint[])
returns table (ordinal int, credited boolean)
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
declare
    accounts bigint[] := array(select distinct n.id from unnest(senders || receivers) as n (id) order by n.id);
    ups bigint[];
    downs bigint[];
    helds bigint[];
    credits bigint[];
    rule policy;
    sender int;
    receiver int;
    amount bigint;
begin
    perform require_entries(batch_seq, senders, receivers, amounts);
    select array_agg(t.up order by t.account_id), array_agg(t.down order by t.account_id),
        array_agg(t.held order by t.account_id), array_agg(t.credit order by t.account_id)
    into ups, downs, helds, credits
    from locked_totals(accounts) t;
    select p.* into strict rule from policy p;

    for entry in 1 .. cardinality(amounts) loop
        sender := width_bucket(senders[entry], accounts); -- the position in a sorted array
        receiver := width_bucket(receivers[entry], accounts);
        amount := amounts[entry];
        ordinal := entry;
        credited := helds[receiver] = 0
            and rule.min_ratio * (downs[receiver] + amount) - credits[receiver] - ups[receiver] <= rule.overdraft_bytes;
        if credited then
            ups[sender] := ups[sender] + amount;
            downs[receiver] := downs[receiver] + amount;
        else
            helds[receiver] := helds[receiver] + amount;
        end if;
        return next;
    end loop;

    perform write_totals(batch_seq, accounts, ups, downs, helds, rule.min_ratio);
end
$function$;
comment on function apply_credit(bigint, bigint[], bigint[], bigint[]) is
    'Moves the bytes of new receipts, in order; one row per entry. To be called inside the transaction that wrote them.';

create function release_held(batch_seq bigint, receiver bigint, senders bigint[], amounts bigint[])
returns table (ordinal int, credited boolean)
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
declare
    accounts bigint[] := array(select distinct n.id from unnest(senders || receiver) as n (id) order by n.id);
    ups bigint[];
    downs bigint[];
    helds bigint[];
    credits bigint[];
    rule policy;
    owner int;
    sender int;
    amount bigint;
begin
    perform require_entries(batch_seq, senders, array_fill(receiver, array[cardinality(senders)]), amounts);
    select array_agg(t.up order by t.account_id), array_agg(t.down order by t.account_id),
        array_agg(t.held order by t.account_id), array_agg(t.credit order by t.account_id)
    into ups, downs, helds, credits
    from locked_totals(accounts) t;
    select p.* into strict rule from policy p;

    owner := width_bucket(receiver, accounts);
    credited := true;
    for entry in 1 .. cardinality(amounts) loop
        sender := width_bucket(senders[entry], accounts);
        amount := amounts[entry];
        ordinal := entry;
        credited := credited -- what came later waits for what came earlier
            and rule.min_ratio * (downs[owner] + amount) - credits[owner] - ups[owner] <= rule.overdraft_bytes;
        if credited then
            if helds[owner] < amount then
                raise exception 'account % holds less than is released', receiver
                    using errcode = 'invalid_parameter_value';
            end if;
            helds[owner] := helds[owner] - amount;
            ups[sender] := ups[sender] + amount;
            downs[owner] := downs[owner] + amount;
        end if;
        return next;
    end loop;

    perform write_totals(batch_seq, accounts, ups, downs, helds, rule.min_ratio);
end
$function$;
comment on function release_held(bigint, bigint, bigint[], bigint[]) is
    'Credits the longest prefix of one receiver''s held entries, oldest first, that the overdraft allows.';

create function standing_of(accounts bigint[])
returns table (
    account_id bigint, chain_account bytea, up bigint, down bigint, held bigint, announced bigint, credit bigint)
language sql stable security definer set search_path = reputation, pg_temp
as $function$
    select t.account_id, a.chain_account, t.up, t.down, t.held, t.announced, t.credit
    from total t join account a on a.account_id = t.account_id
    where t.account_id = any (accounts)
    order by t.account_id
$function$;
comment on function standing_of(bigint[]) is 'Totals of the named accounts, by ascending id; unknown ones are absent.';

-- Opens an account's totals with its initial grant; in the transaction that makes the account.
create function open_total(account bigint, credit_bytes bigint, grant_state text) returns void
language sql volatile security definer set search_path = reputation, pg_temp
as $function$
    insert into total (account_id, credit, grant_state) values (account, credit_bytes, open_total.grant_state);
    select pg_notify('standing_changed', '');
$function$;

-- Writes the policy. When it differs, every standing may have changed with it and goes through the feed again.
create function set_policy(new_min_ratio numeric, new_overdraft_bytes bigint) returns boolean
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
begin
    insert into policy (min_ratio, overdraft_bytes) values (new_min_ratio, new_overdraft_bytes)
    on conflict (only_row) do update
        set min_ratio = excluded.min_ratio, overdraft_bytes = excluded.overdraft_bytes
        where (policy.min_ratio, policy.overdraft_bytes) is distinct from (excluded.min_ratio, excluded.overdraft_bytes);
    if not found then
        return false;
    end if;
    perform t.account_id from total t order by t.account_id for update;
    update total set changed_xid = pg_current_xact_id();
    perform pg_notify('standing_changed', '');
    return true;
end
$function$;

revoke all on function locked_totals(bigint[]) from public;
revoke all on function require_entries(bigint, bigint[], bigint[], bigint[]) from public;
revoke all on function may_download(total, numeric) from public;
revoke all on function write_totals(bigint, bigint[], bigint[], bigint[], bigint[], numeric) from public;
revoke all on function apply_credit(bigint, bigint[], bigint[], bigint[]) from public;
revoke all on function release_held(bigint, bigint, bigint[], bigint[]) from public;
revoke all on function standing_of(bigint[]) from public;
revoke all on function open_total(bigint, bigint, text) from public;
revoke all on function set_policy(numeric, bigint) from public;

grant execute on function apply_credit(bigint, bigint[], bigint[], bigint[]) to receipt_app;
grant execute on function release_held(bigint, bigint, bigint[], bigint[]) to receipt_app;
grant execute on function standing_of(bigint[]) to receipt_app;
grant execute on function open_total(bigint, bigint, text) to reputation_app;
grant execute on function set_policy(numeric, bigint) to reputation_app;
