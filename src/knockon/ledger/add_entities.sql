-- Which names are new to this ledger? Each gets the next integer, in the order of its letters within the load.
insert into entities
select coalesce((select max(code) from entities), 0) + row_number() over (order by name), name
from (
    select distinct name
    from (
        select subject as name from incoming
        union all
        select object from incoming where object is not null
        union all
        select origin from incoming
    )
) fresh
anti join entities on entities.id = fresh.name;
