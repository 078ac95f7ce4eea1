-- What are the stated stakes after position $before as whole numbers, one row a claim? All of it follows from the claims.
-- slot: object and subject as one number, with another bit for votes; below zero, a hash, where a stake has a name of its own. Claims of
--       one slot have one number; two slots might share a hash, so whoever meets one twice asks the claims themselves.
-- low, high: billionths of a percent as said, -1 where no bound was.  form: 1 low end open, 2 high end open, 4 "about", 8 has a value,
--       and the places printed, times 16.  The four days bound when the claim holds: possibly from, surely from, surely until, possibly until.
with said as (
    select
        *, json_extract(body, '$.value') as v, json_extract_string(qualifiers, '$.stake') as own, json_extract_string(qualifiers, '$.votes') as vote
    from claims
    where seq > $before
      and predicate in ('holds_shares', 'holds_interest', 'manages', 'controls', 'entitled_to')
      and mode = 'stated'
      and polarity = 'affirmed'
      and object is not null
),
printed as (
    select
        *,
        coalesce(
            json_extract_string(v, '$.printed'),
            concat_ws(' ', regexp_replace(json_extract_string(v, '$.low'), '(\.\d*?)0+$', '\1'),
                           regexp_replace(json_extract_string(v, '$.high'), '(\.\d*?)0+$', '\1'))) as digits
    from said
)
select
    seq, predicate as kind,
    case
        when own is not null or vote <> 'yes' then -1 - ('0x' || substr(md5(slot), 1, 15))::bigint
        else (object::bigint << 32) + subject + case when vote = 'yes' then 1::bigint << 62 else 0 end
    end as slot,
    own as stake, subject, object, origin,
    coalesce((low * 1000000000)::bigint, -1) as low, coalesce((high * 1000000000)::bigint, -1) as high,
    (case when json_extract_string(v, '$.low_open') = 'true' then 1 else 0 end
     + case when json_extract_string(v, '$.high_open') = 'true' then 2 else 0 end
     + case when json_extract_string(v, '$.about') = 'true' then 4 else 0 end
     + case when low is null and high is null then 0 else 8 end
     + 16 * coalesce(list_max(list_transform(regexp_extract_all(digits, '\d+\.(\d+)', 1), lambda d: length(d))), 0))::usmallint as form,
    said_latest as said,
    coalesce(start_earliest, '-infinity'::date) as maybe_from,
    case
        when start_latest is null and (start_earliest is null or start_earliest <= said_latest) then said_latest
        else coalesce(start_latest, 'infinity'::date)
    end as sure_from,
    case
        when end_earliest is not null then end_earliest
        when end_latest is null then 'infinity'::date
        else '-infinity'::date
    end as sure_until,
    coalesce(end_latest, 'infinity'::date) as maybe_until,
    coalesce(contains(qualifiers, '"sum_of":') or contains(qualifiers, '"look_through":"yes"'), false) as aside,
    coalesce(vote = 'yes', false) as votes
from printed
order by seq
