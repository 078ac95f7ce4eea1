-- Of which of some entities does any claim of a predicate speak as its object?
with entity as (select code, id from entities where id in (select unnest($entities::varchar[])))
select id
from entity
where code in (select object from claims where predicate = $predicate and seq <= $at and said_latest <= $known);
