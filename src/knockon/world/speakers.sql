-- What are the speakers of a ledger, and what are they called? Their word is weighed by their type (R16).
-- Found by number first: reading the text of every name only to pass over it would take longer than all the rest.
with voices as (
    select distinct origin as code from claims union select distinct object from claims where predicate = 'speaks_for'
),
wanted as materialized (
    select seq from claims
    where predicate in ('is_a', 'named') and seq <= $at and (kind = 'name' or said_latest <= $known) and subject in (from voices)
)
select id, body from claims where seq in (from wanted) order by id;
