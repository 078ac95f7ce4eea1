-- How many claims of each predicate does a world see? For the account of what an export of the world leaves out.
select predicate, count(*) from claims where seq <= $at and (kind = 'name' or said_latest <= $known) group by predicate order by predicate;
