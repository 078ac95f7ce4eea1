-- What are the stakes of some kinds on a day, slot by slot, as far as plain comparison settles it?
-- A slot is settled when its bounds mean what they say (not "about", no open end), nothing touches it (no event that ends or changes it, no merged name, no claim set aside or taken
-- back, none laid over the ledger) and one claim tells it, or all its claims surely hold for one holder and
--   agree in their bounds, or
--   are two or three that tell exact numbers, equal or too far apart for rounding, each by a voice of its own: the bounds are
--   the least and the greatest (of the fresh ones, where others are stale).
-- The rest is "open": the World resolves it claim by claim. Shares are whole billionths of a percent; -1 where no bound was said.
with kinds as (
    select unnest($predicates::varchar[]) as name, unnest($stale::int[]) as stale
),
shares as materialized (  -- few numbers are told very often: each is turned into billionths once
    select number, (number * 1000000000)::bigint as share
    from (select low as number from claims where predicate in (select name from kinds)
          union
          select high from claims where predicate in (select name from kinds))
    where number is not null
),
seen as (
    select
        seq, slot, subject, object, origin, coalesce(least_share.share, -1) as low, coalesce(most_share.share, -1) as high,
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
        stale = 0 or $on::date - said_latest <= stale as fresh,
        coalesce(contains(qualifiers, '"sum_of":') or contains(qualifiers, '"look_through":"yes"'), false) as aside,
        not plain
            or subject in (select unnest($subjects::int[]))
            or (subject::bigint << 32 | object) in (select unnest($pairs::bigint[]))
            or object in (select unnest($objects::int[]))
            or id in (select unnest($claims::varchar[])) as touched,
        origin in (select unnest($voices::int[])) as shared
    from claims
    join kinds on kinds.name = claims.predicate
    left join shares least_share on least_share.number = claims.low
    left join shares most_share on most_share.number = claims.high
    where seq <= $at
      and said_latest <= $known
      and mode = 'stated'
      and polarity = 'affirmed'
      and object is not null
),
told as (
    select
        slot, count(*) as n, max(seq) as seq, min(object) as asset, min(subject) as holder, min(holds) as holds, bool_or(aside) as aside,
        min(low) as low_1, max(low) as low_2, min(high) as high_1, max(high) as high_2,
        min(low) filter (fresh) as low_fresh, max(high) filter (fresh) as high_fresh,
        bool_or(touched) or (count(*) > 1 and (min(subject) <> max(subject) or min(holds) < 2 or bool_or(aside))) as hard,
        min(low) = max(low) and min(high) = max(high) as same,
        -- of two or three, the one in the middle is what is left of the sum
        sum(low) - min(low) - max(low) as middle, sum(origin) - min(origin) - max(origin) as second,
        min(low) >= 0 and bool_and(low = high) and max(low) - min(low) > 2000000000 and not bool_or(shared) and min(origin) <> max(origin)
            and (count(*) = 2
                 or (count(*) = 3
                     and second not in (min(origin), max(origin))
                     and (middle = min(low) or middle - min(low) > 2000000000)
                     and (middle = max(low) or max(low) - middle > 2000000000))) as apart
    from seen
    group by slot
)
select
    case when hard or not (same or apart) then slot end as slot, seq, asset, holder, holds, aside,
    case when same then low_1 else coalesce(low_fresh, low_1) end as low,
    case when same then high_1 else coalesce(high_fresh, high_2) end as high,
    hard or not (same or apart) as open
from told;
