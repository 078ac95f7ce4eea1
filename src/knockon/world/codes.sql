-- Under which numbers does the ledger keep some entities?
select id, code from entities where id in (select unnest($names::varchar[]));
