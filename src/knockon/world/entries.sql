-- Which of some claims are about a party that a list shows?
select id, body from claims where predicate = 'lists' and id in (select unnest($ids::varchar[])) order by id;
