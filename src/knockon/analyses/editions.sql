-- Was any edition of a list recorded? One row if so.
select 1 from claims where predicate = 'lists' limit 1;
