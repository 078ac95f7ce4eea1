-- What are the speakers of a ledger, and what are they called? Their word is weighed by their type (R16).
select c.id, c.body
from claims c
where c.predicate in ('is_a', 'named')
  and c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and c.subject in (select origin from claims union select object from claims where predicate = 'speaks_for')
order by c.id;
