-- How many claims of each predicate does the ledger hold? Decides whether a world reads a predicate whole.
select predicate, count(*) from claims group by predicate;
