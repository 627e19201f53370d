-- A challenge to add a key (purpose 3) is the account's that asked for it, and nobody else redeems it. Null for the other
-- purposes; a row of purpose 3 without an account is an older program's and adds nothing.
alter table challenge add column account_id bigint references account;
