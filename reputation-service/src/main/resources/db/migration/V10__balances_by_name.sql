-- locked_totals returns rows of the table "total". Whoever calls it while a migration adds a column there has planned for the rows of
-- before, waits for the migration's lock and fails then. This one names what the ledger reads, so that later columns disturb nobody.
create function locked_balances(accounts bigint[])
    returns table (account_id bigint, up bigint, down bigint, held bigint, credit bigint)
language plpgsql volatile set search_path = reputation, pg_temp
as $function$
declare
    locked int;
begin
    return query
        select t.account_id, t.up, t.down, t.held, t.credit
          from total t where t.account_id = any (accounts) order by t.account_id for update;
    get diagnostics locked = row_count;
    if locked <> cardinality(accounts) then
        raise exception 'unknown account'
            using errcode = 'PB404',
                detail = (select string_agg(n.id::text, ', ') from unnest(accounts) as n (id)
                    where not exists (select from total t where t.account_id = n.id));
    end if;
end
$function$;
revoke all on function locked_balances(bigint[]) from public;

-- apply_credit and release_held stay as they are but for whom they ask; rights stay with a function that is replaced.
do $replace$
declare
    caller regprocedure;
begin
    foreach caller in array array[
        'apply_credit(bigint, bigint[], bigint[], bigint[])', 'release_held(bigint, bigint, bigint[], bigint[])'
    ]::regprocedure[] loop
        execute replace(pg_get_functiondef(caller), 'locked_totals(', 'locked_balances(');
    end loop;
end
$replace$;
