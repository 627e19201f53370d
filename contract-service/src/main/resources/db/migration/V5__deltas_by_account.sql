-- What all batches up to one add to an account: asked when accounts are compared with the ledger.
create index credit_delta_account on credit_delta (chain_account);
