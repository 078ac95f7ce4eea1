-- Who is called so, letter case aside?
select distinct e.id
from claims c
join entities e on e.code = c.subject
where c.predicate = 'named' and c.seq <= $at and c.mode = 'stated' and c.polarity = 'affirmed'
  and lower(json_extract_string(c.body, '$.value.text')) = lower($text)
order by e.id;
