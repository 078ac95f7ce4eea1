-- Which identifiers of strong schemes do two or more entities carry? An id that is made of one ("ofac:17248") carries it too.
-- $schemes are qualifiers as the ledger keeps them; $laid_… are identifiers of claims laid over it. Check digits are not looked at here.
with
told as (
    select c.subject as code, c.qualifiers[12:-3] as scheme, c.id,
        upper(regexp_replace(json_extract_string(c.body, '$.value.text'), '[\s.]', '', 'g')) as value
    from claims c
    where c.seq in (
        select min(seq) from claims
        where predicate = 'identified_by' and seq <= $at and mode = 'stated' and polarity = 'affirmed'
          and qualifiers in (select unnest($schemes::varchar[]))
          and id not in (select unnest($aside::varchar[]))
        group by slot
    )
),
held as (
    select e.id as entity, t.scheme, case when t.scheme = 'imo' then regexp_replace(t.value, '^IMO', '') else t.value end as value, t.id
    from told t
    join entities e on e.code = t.code
    union all
    select e.id, split_part(e.id, ':', 1), upper(substr(e.id, instr(e.id, ':') + 1)), null
    from entities e
    where '{"scheme":"' || split_part(e.id, ':', 1) || '"}' in (select unnest($schemes::varchar[]))
      and ($at >= (select max(seq) from claims)
           or e.code in (select subject from claims where seq <= $at union all select object from claims where seq <= $at))
    union all
    select unnest($laid_entity::varchar[]), unnest($laid_scheme::varchar[]), unnest($laid_value::varchar[]), unnest($laid_claim::varchar[])
)
select scheme, value, entity, min(id) as claim
from held
where (scheme, value) in (select (scheme, value) from held group by scheme, value having count(distinct entity) > 1)
group by scheme, value, entity
order by scheme, value, entity;
