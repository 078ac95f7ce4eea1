-- Which claims of some predicates touch some entities? As visible.sql, for ledgers too large to read whole.
select c.seq, c.id, c.body
from claims c
where c.predicate in (select unnest($predicates))
  and c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and (c.subject in (select code from entities where id in (select unnest($entities)))
       or c.object in (select code from entities where id in (select unnest($entities))))
order by c.id;
