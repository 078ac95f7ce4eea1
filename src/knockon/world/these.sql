-- Some claims by their whole ids.
select id, body from claims where id in (select unnest($ids::varchar[])) order by id;
