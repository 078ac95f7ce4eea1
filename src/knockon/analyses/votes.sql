-- Is any stake of a ledger told as voting rights? One row if so.
select 1 from claims where predicate = 'holds_shares' and contains(qualifiers, '"votes":"yes"') limit 1;
