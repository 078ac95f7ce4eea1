-- Every claim that a world sees, in one scan: for ledgers small enough to read whole. As visible.sql, for all predicates.
select c.predicate, c.id, c.body
from claims c
where c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
order by c.id;
