-- Whom do acts list, slot by slot, as far as plain comparison of columns settles it? The rest is open: its claims are resolved one by one.
-- Open is a slot told more than once or by somebody who may speak for the authority, and one that an end, a merger or a review touches.
with said as (
    select
        seq, slot, subject, object, origin,
        json_extract_string(qualifiers, '$.measure') as measure,
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
        origin <> subject
            or subject in (select unnest($codes::int[]))
            or object in (select unnest($codes::int[]))
            or id in (select unnest($claims::varchar[])) as touched
    from claims
    where predicate = 'designates'
      and seq <= $at
      and said_latest <= $known
      and mode = 'stated'
      and polarity = 'affirmed'
      and object is not null
),
ended as materialized (  -- by an act of the authority on the party, or by a word on either of them
    select subject, object from claims where predicate in ('delists', 'ends') and seq <= $at and said_latest <= $known
),
told as (
    select
        slot, max(seq) as seq, min(subject) as authority, min(object) as party, min(measure) as measure, min(holds) as holds,
        list(seq) as claims, count(*) > 1 or bool_or(touched) as hard
    from said
    group by slot
)
select
    told.seq, told.authority, told.party, coalesce(told.measure, 'blocking') as measure, told.holds, told.claims,
    hard or told.party in (select object from ended) or told.party in (select subject from ended) as open
from told;
