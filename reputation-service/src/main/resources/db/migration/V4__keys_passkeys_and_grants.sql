-- What an account does with its keys and passkeys after it was opened, and grants that wait for a wallet's balance.
-- Each function locks the account's row first: what is counted cannot change before it is written. The lock lets others go on
-- referring to the account (no key update), as opening a session does.

-- A standing that changed without the ledger: the account goes through the feed again.
create function touch_standing(account bigint) returns void
language sql volatile set search_path = reputation, pg_temp
as $function$
    update total t set changed_xid = pg_current_xact_id() where t.account_id = account;
    select pg_notify('standing_changed', '');
$function$;

-- 'added', or 'too-many'. A key that anybody holds or held, this account too, is a violation of account_key_unique.
create function add_key(account bigint, key_kind smallint, key_bytes bytea, at timestamptz, max_keys int) returns text
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
begin
    perform a.account_id from account a where a.account_id = account for no key update;
    if (select count(*) from account_key k where k.account_id = account) >= max_keys then
        return 'too-many';
    end if;
    insert into account_key (kind, public_key, account_id, possession_proven, added_at)
    values (key_kind, key_bytes, account, true, at);
    return 'added';
end
$function$;
comment on function add_key(bigint, smallint, bytea, timestamptz, int) is 'Gives an account one more proven key.';

-- 'revoked' (again, too: the first time stays), 'unknown', or 'last' when the account would be left without a key.
create function revoke_key(account bigint, key_kind smallint, key_bytes bytea, at timestamptz) returns text
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
declare
    found_key account_key;
begin
    perform a.account_id from account a where a.account_id = account for no key update;
    select k.* into found_key from account_key k
    where k.account_id = account and k.kind = key_kind and k.public_key = key_bytes;
    if not found then
        return 'unknown';
    end if;
    if found_key.revoked_at is not null then
        return 'revoked';
    end if;
    if (select count(*) from account_key k where k.account_id = account and k.revoked_at is null) = 1 then
        return 'last';
    end if;
    update account_key k set revoked_at = at where k.kind = key_kind and k.public_key = key_bytes;
    return 'revoked';
end
$function$;
comment on function revoke_key(bigint, smallint, bytea, timestamptz) is
    'Ends a key for ever. It stays its account''s, so that nobody else can take it.';

-- 'rotated', or 'too-many' when that many passkeys work already. Those in use end at the given time, or when they would have
-- anyway; those that have ended are forgotten.
create function rotate_passkey(account bigint, new_hash bytea, at timestamptz, ends_at timestamptz, max_passkeys int)
returns text
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
begin
    perform a.account_id from account a where a.account_id = account for no key update;
    delete from passkey p where p.account_id = account and p.expires_at <= at;
    update passkey p set expires_at = ends_at
    where p.account_id = account and (p.expires_at is null or p.expires_at > ends_at);
    if (select count(*) from passkey p where p.account_id = account and p.expires_at > at) >= max_passkeys then
        return 'too-many';
    end if;
    insert into passkey (passkey_hash, account_id, created_at) values (new_hash, account, at);
    perform touch_standing(account);
    return 'rotated';
end
$function$;
comment on function rotate_passkey(bigint, bytea, timestamptz, timestamptz, int) is
    'Puts a new passkey in the place of the others. The caller rolls back when it is not rotated.';

-- Wallets whose balance decides over their grant and was not learnt yet. Who takes one to ask moves its time on, so that
-- nobody else does meanwhile.
create table pending_grant (
    account_id bigint primary key references account,
    address bytea not null check (octet_length(address) = 20),
    next_look timestamptz not null
);
create index pending_grant_due on pending_grant (next_look);

-- Ends the waiting; whether it had not ended before. The chain is told of a credit that it has as 0 by enrolling again.
create function decide_grant(account bigint, credit_bytes bigint) returns boolean
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
begin
    perform a.account_id from account a where a.account_id = account for no key update;
    delete from pending_grant g where g.account_id = account;
    if not found then
        return false;
    end if;
    update total t
    set credit = credit_bytes, grant_state = case when credit_bytes > 0 then 'granted' else 'none' end,
        changed_xid = pg_current_xact_id()
    where t.account_id = account and t.grant_state = 'pending';
    if credit_bytes > 0 then
        update account a set enrolment_xid = pg_current_xact_id() where a.account_id = account;
    end if;
    perform pg_notify('standing_changed', '');
    return true;
end
$function$;
comment on function decide_grant(bigint, bigint) is 'Grants a pending credit, or with 0 bytes none.';

revoke all on function touch_standing(bigint) from public;
revoke all on function add_key(bigint, smallint, bytea, timestamptz, int) from public;
revoke all on function revoke_key(bigint, smallint, bytea, timestamptz) from public;
revoke all on function rotate_passkey(bigint, bytea, timestamptz, timestamptz, int) from public;
revoke all on function decide_grant(bigint, bigint) from public;

grant execute on function add_key(bigint, smallint, bytea, timestamptz, int) to reputation_app;
grant execute on function revoke_key(bigint, smallint, bytea, timestamptz) to reputation_app;
grant execute on function rotate_passkey(bigint, bytea, timestamptz, timestamptz, int) to reputation_app;
grant execute on function decide_grant(bigint, bigint) to reputation_app;
grant select, insert, update (next_look) on pending_grant to reputation_app;
