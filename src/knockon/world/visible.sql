-- Which claims of some predicates does a world see? Those recorded by $at and said by $known; names need only $at (R2).
-- Claims laid over the ledger (supposed, or just read from a report) follow, for this world only.
select c.seq, c.id, c.body
from claims c
where c.predicate in (select unnest($predicates))
  and c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
order by c.id;
