-- Which claims of some predicates touch some entities? As visible.sql, for ledgers too large to read whole.
with wanted as (select code from entities where id in (select unnest($entities)))
select c.id, c.body
from claims c
where c.predicate in (select unnest($predicates))
  and c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and (c.subject in (from wanted) or c.object in (from wanted))
order by c.id;
