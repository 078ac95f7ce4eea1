-- What was said of the stakes of one kind, as far as a world sees it, one row a claim, all numbers? See stakes.sql for their meaning.
-- holds: 0 not on the day, 1 possibly, 2 surely.
select
    seq, slot, stake is not null as named, subject, object, origin, low, high, form, said - date '1970-01-01' as said, aside, votes,
    (case
        when maybe_from > $on or maybe_until <= $on then 0
        when sure_from <= $on and sure_until > $on then 2
        else 1
    end)::utinyint as holds,
    $stale::integer = 0 or $on::date - said <= $stale::integer as fresh
from stakes
where kind = $kind and seq <= $at and said <= $known;
