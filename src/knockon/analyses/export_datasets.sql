-- How many claims of which dataset does an export of claims hold? The dataset is what stands before the first "@" of a source.
-- The conditions are those of export_claims.sql.
with entity as (select code from entities where id in (select unnest($entities::varchar[])))
select case when position('@' in c.source) > 0 then split_part(c.source, '@', 1) else '' end as dataset, count(*)
from claims c
where c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and (len($predicates::varchar[]) = 0 or c.predicate in (select unnest($predicates::varchar[])))
  and (len($entities::varchar[]) = 0 or c.subject in (from entity))
  and starts_with(c.source, $prefix)
  and (position('@' in c.source) = 0 or split_part(c.source, '@', 1) not in (select unnest($without::varchar[])))
group by 1 order by 1;
