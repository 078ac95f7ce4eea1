-- The claims of the slots that columns.sql leaves open; a slot that begins with "[" is one under the roots of merged entities.
with merged as (
    select unnest($merged_code::int[]) as code, unnest($merged_root::int[]) as root, unnest($merged_name::varchar[]) as name
),
wanted as (select unnest($slots::varchar[]) as slot),
found as materialized (
    select c.seq
    from claims c
    left join merged s on s.code = c.subject
    left join merged o on o.code = c.object
    left join entities e on e.code = c.subject
    where c.predicate in (select unnest($predicates::varchar[]))
      and c.seq <= $at
      and c.said_latest <= $known
      and (c.slot in (select slot from wanted where slot not like '[%')
           or (exists (from wanted where slot like '[%')
               and to_json([c.predicate, coalesce(o.root, c.object)::varchar, json_extract_string(c.qualifiers, '$.votes'),
                   coalesce(json_extract_string(c.qualifiers, '$.stake'), s.name, e.id)])::varchar in (select slot from wanted where slot like '[%')))
)
select seq, id, body from claims where seq in (from found) order by id;
