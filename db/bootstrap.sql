-- Roles, schemas and grants of the suite: one schema, one owner (migrates) and one app role (no DDL) per service.
-- Run once per cluster by a superuser, connected to the database "pbts". Passwords arrive as settings of the session,
-- pbts.<service>_owner_password and pbts.<service>_app_password, so that one file serves psql (PGOPTIONS="-c ...") and JDBC
-- (options=-c ...) alike. Running it again changes nothing but the passwords.
do $bootstrap$
declare
    service text;
    role_name text;
    role_password text;
begin
    foreach service in array array['announce', 'receipt', 'reputation', 'contract'] loop
        foreach role_name in array array[service || '_owner', service || '_app'] loop
            role_password := current_setting('pbts.' || role_name || '_password');
            if role_password = '' then
                raise exception 'setting pbts.%_password is empty', role_name;
            end if;
            if not exists (select from pg_roles where rolname = role_name) then
                execute format('create role %I login', role_name);
            end if;
            execute format('alter role %I with login nosuperuser nocreatedb nocreaterole password %L', role_name, role_password);
            execute format('grant connect on database %I to %I', current_database(), role_name);
            execute format('alter role %I set search_path = %I', role_name, service);
        end loop;
        execute format('create schema if not exists %I authorization %I', service, service || '_owner');
        execute format('grant usage on schema %I to %I', service, service || '_app');
        execute format('alter role %I set statement_timeout = %L', service || '_app', '5s');
        execute format('alter role %I set lock_timeout = %L', service || '_app', '2s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', service || '_app', '5s');
        -- A replica that the network has swallowed would keep its session, and what only one replica does, for two hours.
        execute format('alter role %I set tcp_keepalives_idle = %L', service || '_app', '10s');
        execute format('alter role %I set tcp_keepalives_interval = %L', service || '_app', '5s');
        execute format('alter role %I set tcp_keepalives_count = 3', service || '_app');
    end loop;
    execute format('revoke all on database %I from public', current_database());
    revoke all on schema public from public;
    -- The one crossing: receipt-service executes reputation's ledger functions (granted one by one where they are made).
    grant usage on schema reputation to receipt_app;
end
$bootstrap$;
