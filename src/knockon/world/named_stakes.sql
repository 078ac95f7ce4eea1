-- Of which assets has a stake the name of a party? Such a stake may be the one that the party itself is told to hold.
select distinct stakes.object from stakes join entities on entities.id = stakes.stake where stakes.stake is not null and stakes.seq <= $at;
