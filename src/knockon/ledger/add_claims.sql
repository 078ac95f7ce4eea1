-- Which incoming claims are new? They are numbered from $before on, in the order in which they came; the first of equals stays.
-- Only numbers and ids are sorted and grouped: the claims themselves are moved once.
insert into claims
with fresh as (
    select id, min(n) as n from incoming where id not in (select id from claims) group by id
),
numbered as (
    select n, $before + row_number() over (order by n) as seq from fresh
)
select
    k.seq, i.id, i.predicate, i.kind, s.code, o.code, w.code, i.low, i.high, i.plain, i.mode, i.polarity,
    i.said_earliest, i.said_latest, i.start_earliest, i.start_latest, i.end_earliest, i.end_latest,
    i.slot, i.qualifiers, i.source, i.body
from incoming i
join numbered k on k.n = i.n
join entities s on s.id = i.subject
left join entities o on o.id = i.object
join entities w on w.id = i.origin;
