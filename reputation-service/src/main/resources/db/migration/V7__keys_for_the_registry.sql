-- Keys that took the place of an account's first one, in the order in which they did: what the chain's key registry must
-- learn. The first key is the one that the account was registered with.
create table key_rotation (
    account_id bigint not null references account,
    place integer not null check (place > 0), -- 1, 2, 3 ... without gaps
    kind smallint not null,
    public_key bytea not null,
    constraint key_rotation_primary primary key (account_id, place),
    constraint key_rotation_once unique (kind, public_key), -- a key that was revoked never comes back
    foreign key (kind, public_key) references account_key
);
comment on table key_rotation is 'A key is in force until it is revoked; then the newest that is not takes its place.';

-- The key in force: the last that took another one's place, or the first.
create function key_in_force(account bigint) returns account_key
language sql stable set search_path = reputation, pg_temp
as $function$
    select k.* from account_key k
        left join key_rotation r on r.kind = k.kind and r.public_key = k.public_key
    where k.account_id = account
    order by r.place desc nulls last, k.added_at, k.kind, k.public_key
    limit 1
$function$;

-- When the key in force was revoked, another takes its place, and the account goes through the feed of enrolments again.
create function replace_key_in_force(account bigint) returns void
language plpgsql volatile set search_path = reputation, pg_temp
as $function$
begin
    if (select f.revoked_at from key_in_force(account) f) is null then
        return;
    end if;
    insert into key_rotation (account_id, place, kind, public_key)
    select k.account_id, coalesce((select max(r.place) from key_rotation r where r.account_id = account), 0) + 1,
        k.kind, k.public_key
    from account_key k
    where k.account_id = account and k.revoked_at is null
    order by k.added_at desc, k.kind, k.public_key
    limit 1;
    update account a set enrolment_xid = pg_current_xact_id() where a.account_id = account;
end
$function$;

-- As before; and the registry learns of it.
create or replace function revoke_key(account bigint, key_kind smallint, key_bytes bytea, at timestamptz) returns text
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
    perform replace_key_in_force(account);
    return 'revoked';
end
$function$;

revoke all on function key_in_force(bigint) from public;
revoke all on function replace_key_in_force(bigint) from public;
grant select on key_rotation to reputation_app;

-- Keys that were revoked before there was a registry. Every account goes through the feed once more, with its keys.
select replace_key_in_force(k.account_id) from account_key k where k.revoked_at is not null group by k.account_id;
update account set enrolment_xid = pg_current_xact_id();
