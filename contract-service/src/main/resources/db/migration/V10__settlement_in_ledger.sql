-- Where a settlement stands on the chain: in which ledger, and under which number there. Our own numbers go on through all ledgers.
create view settlement_in_ledger as
    select s.seq, b.destination as contract,
        s.seq - coalesce((select max(p.settlements) from succession p where p.settlements < s.seq), 0) as contract_seq
    from settlement s join submission b on b.submission_id = s.submission_id;

grant select on settlement_in_ledger to contract_app;
