-- How much each sender was credited for by each receiver on a day in UTC, so that two who sign for each other have a limit.
-- A report locks the rows of its pairs, in ascending (sender, receiver), before it inserts a receipt.

create table pair_day (
    day date not null,
    sender_id bigint not null,
    receiver_id bigint not null,
    bytes bigint not null check (bytes >= 0),
    primary key (day, sender_id, receiver_id),
    check (sender_id <> receiver_id)
) with (fillfactor = 70); -- each report of a pair updates its row
comment on table pair_day is
    'Bytes of the receipts accepted on a day, credited or held, per ordered pair of accounts. Rows of past days are pruned.';

grant select, insert, update, delete on pair_day to receipt_app;
