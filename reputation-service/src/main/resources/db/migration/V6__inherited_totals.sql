-- An account that the predecessor's contract knows begins with what it had there: both its totals and, for the record, which
-- part of them was inherited. The three-argument form stays for programs of the version before.
create function open_total(account bigint, credit_bytes bigint, grant_state text, inherited_up bigint, inherited_down bigint)
returns void
language sql volatile security definer set search_path = reputation, pg_temp
as $function$
    insert into total (account_id, credit, grant_state, up, down, imported_up, imported_down)
        values (account, credit_bytes, open_total.grant_state, inherited_up, inherited_down, inherited_up, inherited_down);
    select pg_notify('standing_changed', '');
$function$;
revoke all on function open_total(bigint, bigint, text, bigint, bigint) from public;
grant execute on function open_total(bigint, bigint, text, bigint, bigint) to reputation_app;

alter table total add constraint total_holds_what_was_imported check (up >= imported_up and down >= imported_down);
