-- Which incoming claims are new? They are numbered from $before on, in the order in which they came; the first of equals stays.
insert into claims
select
    $before + row_number() over (order by i.n) as seq,
    i.id, i.predicate, i.kind, s.code, o.code, w.code, i.low, i.high, i.mode, i.polarity,
    i.said_earliest, i.said_latest, i.start_earliest, i.start_latest, i.end_earliest, i.end_latest,
    i.slot, i.source, i.body
from (select * from incoming qualify row_number() over (partition by id order by n) = 1) i
join entities s on s.id = i.subject
left join entities o on o.id = i.object
join entities w on w.id = i.origin
where i.id not in (select id from claims);
