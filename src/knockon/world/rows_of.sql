-- In which editions of which lists does each of some entities have a row?
select distinct e.id, s.id, json_extract_string(c.qualifiers, '$.list'), c.said_latest
from claims c
join entities e on e.code = c.object
join entities s on s.code = c.subject
where c.predicate = 'lists' and c.seq <= $at and c.mode = 'stated' and c.polarity = 'affirmed'
  and e.id in (select unnest($entities::varchar[]));
