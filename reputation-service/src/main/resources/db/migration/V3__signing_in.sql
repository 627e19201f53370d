-- Signing in, sessions and API keys. Secrets are here as SHA-256 only; what has expired is deleted in batches.

-- What somebody was asked to sign and has not signed yet. A ring of slots bounds the table however many ask: when all are
-- taken, the next challenge takes the place of the oldest.
create table challenge (
    slot int primary key,
    nonce bytea not null constraint challenge_nonce_unique unique check (octet_length(nonce) = 16),
    purpose smallint not null check (purpose in (1, 2, 3)), -- 1: sign in, 2: register, 3: add a key
    kind smallint not null check (kind in (1, 2)), -- as in account_key
    public_key bytea not null,
    asked_from text collate "C" not null check (octet_length(asked_from) between 1 and 64),
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    check (octet_length(public_key) = case kind when 1 then 48 else 20 end)
);
create index challenge_asked_from on challenge (asked_from, expires_at);
create index challenge_expires on challenge (expires_at);
create sequence challenge_turn;

create table session (
    session_id bytea primary key check (octet_length(session_id) = 16),
    account_id bigint not null references account,
    kind smallint not null, -- with public_key: the key that opened it; it ends with that key
    public_key bytea not null,
    opened_at timestamptz not null,
    refreshed_at timestamptz not null,
    refreshes int not null default 0 check (refreshes >= 0),
    expires_at timestamptz not null,
    foreign key (kind, public_key) references account_key
);
create index session_account on session (account_id, opened_at);
create index session_key on session (kind, public_key);
create index session_expires on session (expires_at);

-- One live token per session, and the dead ones before it: a dead one that comes again was stolen, or its successor was.
create table refresh_token (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    session_id bytea not null references session on delete cascade,
    used boolean not null default false,
    expires_at timestamptz not null
);
create unique index refresh_token_live on refresh_token (session_id) where not used;
create index refresh_token_session on refresh_token (session_id);
create index refresh_token_expires on refresh_token (expires_at);

create table api_key (
    api_key_id bigint generated always as identity primary key,
    key_hash bytea not null constraint api_key_hash_unique unique check (octet_length(key_hash) = 32),
    account_id bigint not null references account,
    name text collate "C" not null check (char_length(name) between 1 and 64),
    scopes text[] not null check (cardinality(scopes) between 1 and 16),
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_on date,
    constraint api_key_name_unique unique (account_id, name)
);
create index api_key_expires on api_key (expires_at);

-- Whoever changes what an account has locks its row first, then its sessions, then the rest; the app may not lock it itself.
create function lock_account(account bigint) returns void
language sql volatile security definer set search_path = reputation, pg_temp
as $function$
    select a.account_id from account a where a.account_id = account for no key update;
$function$;
revoke all on function lock_account(bigint) from public;

-- Ends every passkey of an account at once and lets the feed of standings say so.
create function expire_passkeys(account bigint, ends_at timestamptz) returns int
language plpgsql volatile security definer set search_path = reputation, pg_temp
as $function$
declare
    ended int;
begin
    update passkey p set expires_at = ends_at
    where p.account_id = account and (p.expires_at is null or p.expires_at > ends_at);
    get diagnostics ended = row_count;
    if ended > 0 then
        update total t set changed_xid = pg_current_xact_id() where t.account_id = account;
        perform pg_notify('standing_changed', '');
    end if;
    return ended;
end
$function$;
revoke all on function expire_passkeys(bigint, timestamptz) from public;

grant select, insert, update, delete on challenge, session, refresh_token, api_key to reputation_app;
grant usage on sequence challenge_turn to reputation_app;
grant update (revoked_at) on account_key to reputation_app; -- also for locking a key's row while it opens a session
grant execute on function lock_account(bigint) to reputation_app;
grant execute on function expire_passkeys(bigint, timestamptz) to reputation_app;
