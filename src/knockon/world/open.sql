-- The claims of the slots that columns.sql leaves open.
select seq, id, body
from claims
where slot in (select unnest($slots))
  and predicate in (select unnest($predicates))
  and seq <= $at
  and said_latest <= $known
order by id;
