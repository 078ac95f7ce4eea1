-- What are the stakes of some kinds on a day, slot by slot, as far as plain comparison settles it?
-- A slot is settled when one claim tells it, or when all its claims agree and surely hold, and nothing touches it: no event
-- that ends or changes it, no merged name, no claim set aside or taken back, none laid over the ledger. The rest is "open":
-- the World resolves it claim by claim. Shares are whole billionths of a percent; -1 where no bound was said.
with seen as (
    select
        seq, slot, predicate, subject, object,
        coalesce((low * 1000000000)::bigint, -1) as low,
        coalesce((high * 1000000000)::bigint, -1) as high,
        case
            when coalesce(start_earliest > $on, false) or coalesce(end_latest <= $on, false) then 0
            when coalesce(
                     case
                         when start_latest is null and (start_earliest is null or start_earliest <= said_latest) then said_latest
                         else start_latest
                     end <= $on, false)
                 and (end_earliest > $on or (end_earliest is null and end_latest is null)) is true then 2
            else 1
        end as holds,
        coalesce(contains(qualifiers, '"sum_of":') or contains(qualifiers, '"look_through":"yes"'), false) as aside,
        subject in (select unnest($subjects))
            or (subject::bigint << 32 | object) in (select unnest($pairs::bigint[]))
            or object in (select unnest($objects))
            or id in (select unnest($claims)) as touched
    from claims
    where predicate in (select unnest($predicates))
      and seq <= $at
      and said_latest <= $known
      and mode = 'stated'
      and polarity = 'affirmed'
      and object is not null
)
select
    slot, max(predicate) as predicate, max(seq) as seq, min(object) as asset, min(subject) as holder,
    min(low) as low, min(high) as high, min(holds) as holds, bool_or(aside) as aside,
    bool_or(touched)
        or (count(*) > 1
            and (min(subject) <> max(subject) or min(low) <> max(low) or min(high) <> max(high) or min(holds) < 2 or bool_or(aside)))
        as open
from seen
group by slot
order by slot;
