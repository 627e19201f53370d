-- What was accepted in one report, found by its time: rows of an aggregate that lie in another batch. A block range index
-- costs inserts next to nothing, and rows come in the order of that time.
create index receipt_accepted on receipt using brin (accepted_at) with (autosummarize = on);

-- The batches that moved something for an account.
create index batch_delta_account on batch_delta (account_id, batch_seq);
