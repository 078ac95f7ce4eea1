-- Whose word are the shown editions, and of which days? Few rows, however long the lists.
select s.id, o.id, c.subject, c.origin, c.said_earliest, c.said_latest, any_value(c.id)
from (
    select subject, origin, said_earliest, said_latest, min(id) as id
    from claims
    where predicate = 'lists' and seq <= $at and said_latest <= $known and mode = 'stated' and polarity = 'affirmed'
    group by all
) c
join entities s on s.code = c.subject
join entities o on o.code = c.origin
group by all
order by all;
