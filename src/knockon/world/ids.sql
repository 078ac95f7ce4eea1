-- Which claims does a world see at all? Their ids, for its fingerprint: in order of the ids, so that order of recording does not matter (R3).
select c.id from claims c where c.seq <= $at and (c.kind = 'name' or c.said_latest <= $known) order by c.id;
