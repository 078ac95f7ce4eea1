-- Who is called what? Each name of an entity once, with the first claim that tells it.
select e.id, json_extract_string(c.body, '$.value.text'), c.id
from claims c
join entities e on e.code = c.subject
where c.seq in (
    select min(seq) from claims
    where predicate = 'named' and seq <= $at and mode = 'stated' and polarity = 'affirmed' and id not in (select unnest($aside::varchar[]))
    group by slot
)
order by e.id, c.id;
