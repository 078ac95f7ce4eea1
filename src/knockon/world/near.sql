-- Which claims of some predicates touch some entities? As visible.sql, for ledgers too large to read whole.
with entity as (select code from entities where id in (select unnest($entities))),
wanted as materialized (
    select seq from claims
    where predicate in (select unnest($predicates))
      and seq <= $at
      and (kind = 'name' or said_latest <= $known)
      and (subject in (from entity) or object in (from entity))
)
select id, body from claims where seq in (from wanted) order by id;
