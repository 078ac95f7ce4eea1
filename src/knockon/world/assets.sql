-- Of which of some entities does any claim of a predicate speak as its object?
select distinct e.id
from claims c
join entities e on e.code = c.object
where c.predicate = $predicate
  and c.seq <= $at
  and c.said_latest <= $known
  and e.id in (select unnest($entities::varchar[]));
