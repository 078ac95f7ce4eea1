-- What are the stakes of some kinds on a day, slot by slot, as far as plain comparison settles it?
-- A slot is settled when its bounds mean what they say (not "about", no open end), nothing touches it (no event that ends or changes it, no merged name, no claim set aside or taken
-- back, none laid over the ledger) and one claim tells it, or all its claims surely hold for one holder and
--   agree in their bounds, or
--   are two or three that tell exact numbers, equal or too far apart for rounding, each by a voice of its own: the bounds are
--   the least and the greatest (of the fresh ones, where others are stale).
-- The rest is "open": the World resolves it claim by claim. Shares are whole billionths of a percent; -1 where no bound was said.
-- Merged entities stand under their root ($merged_…): a claim whose slot names one of them is compared by the slot that it has then.
with merged as (
    select unnest($merged_code::int[]) as code, unnest($merged_root::int[]) as root, unnest($merged_name::varchar[]) as name
),
moved as materialized (  -- claims whose slot is another under the roots; of a stake of its own the slot does not name the holder
    select c.seq, to_json([c.predicate, coalesce(o.root, c.object)::varchar, json_extract_string(c.qualifiers, '$.votes'),
            coalesce(json_extract_string(c.qualifiers, '$.stake'), s.name, e.id)])::varchar as slot
    from claims c
    left join merged s on s.code = c.subject
    left join merged o on o.code = c.object
    left join entities e on e.code = c.subject
    where c.predicate in (select unnest($predicates::varchar[]))
      and exists (from merged)
      and (o.root is not null
           or (s.root is not null and not coalesce(contains(c.qualifiers, '"stake":'), false))
           or (contains(c.qualifiers, '"stake":') and json_extract_string(c.qualifiers, '$.stake') in (select unnest($merged_names::varchar[]))))
),
kinds as (
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
        claims.seq, coalesce(moved.slot, claims.slot) as slot, coalesce(s.root, claims.subject) as subject,
        coalesce(o.root, claims.object) as object, origin, coalesce(least_share.share, -1) as low, coalesce(most_share.share, -1) as high,
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
            or coalesce(s.root, claims.subject) in (select unnest($subjects::int[]))
            or (coalesce(s.root, claims.subject)::bigint << 32 | coalesce(o.root, claims.object)) in (select unnest($pairs::bigint[]))
            or coalesce(o.root, claims.object) in (select unnest($objects::int[]))
            or id in (select unnest($claims::varchar[])) as touched,
        origin in (select unnest($voices::int[])) as shared
    from claims
    join kinds on kinds.name = claims.predicate
    left join shares least_share on least_share.number = claims.low
    left join shares most_share on most_share.number = claims.high
    left join moved on moved.seq = claims.seq
    left join merged s on s.code = claims.subject
    left join merged o on o.code = claims.object
    where claims.seq <= $at
      and said_latest <= $known
      and mode = 'stated'
      and polarity = 'affirmed'
      and claims.object is not null
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
