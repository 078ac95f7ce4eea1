-- What stands beside the world: claims that are planned, expected, possible, asked or denied (R14). For large ledgers.
select c.id, c.body
from claims c
where c.predicate in (select unnest($predicates))
  and c.seq <= $at
  and (c.kind = 'name' or c.said_latest <= $known)
  and (c.mode <> 'stated' or c.polarity <> 'affirmed')
order by c.id;
