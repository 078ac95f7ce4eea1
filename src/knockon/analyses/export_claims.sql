-- Which claims does an export of claims hold, with the titles of their sources? Those a world sees, of some predicates, about an
-- entity, of some sources, and without some datasets; null or an empty list asks for all. In the order of ids, so that plain sort keeps it.
with entity as (select code from entities where id in (select unnest($entities::varchar[]))),
titles as (select source, min(title) as title from sources group by source)
select c.id, c.body, t.title
from claims c
left join titles t on t.source = c.source
where c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and (len($predicates::varchar[]) = 0 or c.predicate in (select unnest($predicates::varchar[])))
  and (len($entities::varchar[]) = 0 or c.subject in (from entity))
  and starts_with(c.source, $prefix)
  and (position('@' in c.source) = 0 or split_part(c.source, '@', 1) not in (select unnest($without::varchar[])))
order by c.id;
