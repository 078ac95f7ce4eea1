-- Who stood on which list from when to when, as the editions show it? One row a run of days on which nothing shows an absence.
-- A party that an edition shows, and the next complete edition of that list does not, has left in between: there its run ends.
-- $complete_… are the days of complete editions, $voice_… the words that count, $merged_… what is the same as what (its root).
with
edition as (
    select distinct unnest($complete_authority::int[]) as authority, unnest($complete_list::varchar[]) as list,
        unnest($complete_day::date[]) as day
),
voice as (
    select unnest($voice_subject::int[]) as subject, unnest($voice_origin::int[]) as origin, unnest($voice_day::date[]) as day
),
merged as (select unnest($merged_code::int[]) as code, unnest($merged_root::int[]) as root),
seen as materialized (
    select c.seq, c.slot, c.subject, c.object, c.said_latest as day, c.id,
        case when c.start_earliest is null and c.start_latest is null then null
            else json_extract_string(c.body, '$.start') end as starts,
        case when c.end_earliest is null and c.end_latest is null then null
            else json_extract_string(c.body, '$.end') end as ends
    from claims c
    join voice v on v.subject = c.subject and v.origin = c.origin and v.day = c.said_latest
    where c.predicate = 'lists'
      and c.seq <= $at
      and c.mode = 'stated'
      and c.polarity = 'affirmed'
      and ($parties is null or c.object in (select unnest($parties::int[])))
      and c.id not in (select unnest($aside::varchar[]))
),
slot as (  -- one slot is one party, list, measure, programme and directive: its words are read once, not in every edition
    select s.slot, coalesce(a.root, s.subject) as authority, coalesce(p.root, s.object) as party,
        json_extract_string(c.qualifiers, '$.list') as list,
        case when $grain < 1 then null else json_extract_string(c.qualifiers, '$.measure') end as measure,
        case when $grain < 2 then null else json_extract_string(c.qualifiers, '$.programme') end as programme,
        case when $grain < 2 then null else json_extract_string(c.qualifiers, '$.directive') end as directive
    from (select slot, min(subject) as subject, min(object) as object, min(seq) as seq from seen group by slot) s
    join claims c on c.seq = s.seq
    left join merged a on a.code = s.subject
    left join merged p on p.code = s.object
),
key as (
    select slot, authority, list, dense_rank() over (order by authority, party, list, measure, programme, directive) as key
    from slot
),
shown as (
    select k.key, k.authority, k.list, s.day, min(s.id) as id, min(s.seq) as seq,
        max(s.ends) as ends, count(s.ends) = count(*) as ending,
        list({'day': s.day, 'starts': s.starts, 'id': s.id} order by s.starts, s.id) filter (s.starts is not null) as printed
    from seen s
    join key k using (slot)
    group by all
),
line as (  -- the complete editions before and after each day on which a list was seen
    select d.authority, d.list, d.day, count(e.day) filter (e.day < d.day) as before, count(e.day) filter (e.day <= d.day) as upto,
        max(e.day) filter (e.day < d.day) as last_before, min(e.day) filter (e.day > d.day) as next_after
    from (select distinct authority, list, day from shown) d
    left join edition e on e.authority = d.authority and e.list is not distinct from d.list
    group by all
),
step as (
    select s.*, l.last_before, l.next_after,
        l.before > lag(l.upto) over (partition by s.key order by s.day) as returns
    from shown s
    join line l on l.authority = s.authority and l.list is not distinct from s.list and l.day = s.day
),
run as (
    select *, count(*) filter (returns) over (partition by key order by day) as run from step
),
island as (
    select key, run, min(day) as first_day, max(day) as last_day, arg_min(id, day) as first_id, arg_max(id, day) as last_id,
        arg_max(id, day) filter (day <= $on) as by_id, arg_min(id, day) filter (day > $on) as then_id, arg_max(seq, day) as seq,
        max(last_before) filter (day = first) as absent_before, max(next_after) filter (day = last) as absent_after,
        max(ends) filter (day = last and ending) as ends, flatten(list(printed order by day desc) filter (printed is not null)) as printed
    from (select *, min(day) over w as first, max(day) over w as last from run window w as (partition by key, run))
    group by key, run
)
select authority.id, party.id, s.list, s.measure, s.programme, s.directive, json_extract_string(c.qualifiers, '$.list_id'),
    first_day, last_day, first_id, last_id, by_id, then_id, absent_before, absent_after, printed, ends
from island
join (select any_value(slot) as slot, key from key group by key) using (key)
join slot s using (slot)
join claims c on c.seq = island.seq
join entities authority on authority.code = s.authority
join entities party on party.code = s.party
order by authority.id, party.id, s.list, s.measure, s.programme, s.directive, first_day;
