-- The last finalized block that our nodes agreed on. A node that shows another block at its height is on a fork, and one
-- that does not have it yet is behind; neither is used. Kept over restarts, and absent on a chain for development, which may
-- begin anew.
alter table chain_identity
    add column agreed_number bigint check (agreed_number >= 0),
    add column agreed_hash bytea check (octet_length(agreed_hash) = 32),
    add check ((agreed_number is null) = (agreed_hash is null));
