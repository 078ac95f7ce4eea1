-- What stands beside the world: claims that are planned, expected, possible, asked or denied (R14). For large ledgers.
-- Found by number first: they are few, and reading the text of every claim only to pass over it would take longer than all the rest.
with wanted as materialized (
    select seq from claims
    where predicate in (select unnest($predicates))
      and seq <= $at
      and (kind = 'name' or said_latest <= $known)
      and (mode <> 'stated' or polarity <> 'affirmed')
)
select id, body from claims where seq in (from wanted) order by id;
