-- The claims at some positions: those of the slots that comparing columns leaves open.
select seq, id, body from claims where seq in (select unnest($seqs::bigint[])) order by id;
