-- Which editions of a list are recorded: the day, the digest of what was observed, how many rows it had, and whether it was complete?
select
    said_latest,
    json_extract_string(body, '$.value.text') as digest,
    try_cast(json_extract_string(qualifiers, '$.rows') as integer) as rows,
    json_extract_string(qualifiers, '$.complete') = 'yes' as complete
from claims
where predicate = 'edition' and json_extract_string(qualifiers, '$.list') = $list
order by said_latest, digest;
