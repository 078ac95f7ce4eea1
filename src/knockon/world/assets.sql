-- Of which of some entities does any claim of a predicate speak as its object? The few entities are looked for, not all claims kept.
with entity as materialized (select code, id from entities where id in (select unnest($entities::varchar[])))
select distinct entity.id
from claims
join entity on entity.code = claims.object
where predicate = $predicate and seq <= $at and said_latest <= $known;
