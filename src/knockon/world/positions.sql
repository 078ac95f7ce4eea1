-- Which claims stand at some positions of the ledger?
select seq, id from claims where seq in (select unnest($seqs::bigint[]));
