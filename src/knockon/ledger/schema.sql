-- The layout of a ledger: what was recorded, in the order in which it was recorded. Rows are only ever added.
create table if not exists meta (key varchar primary key, value varchar not null);

create table if not exists loads (
    load integer not null,
    recorded timestamptz not null,
    origin varchar not null,
    first bigint not null,
    last bigint not null,
    chain varchar not null
);

create table if not exists entities (code integer not null, id varchar not null);

create table if not exists claims (
    seq bigint not null,
    id varchar not null,
    predicate varchar not null,
    kind varchar not null,
    subject integer not null,
    object integer,
    origin integer not null,
    low decimal(38, 9),
    high decimal(38, 9),
    plain boolean not null,
    mode varchar not null,
    polarity varchar not null,
    said_earliest date,
    said_latest date not null,
    start_earliest date,
    start_latest date,
    end_earliest date,
    end_latest date,
    slot varchar not null,
    qualifiers varchar,
    source varchar not null,
    body varchar not null
);

create table if not exists sources (source varchar not null, title varchar not null);

create table if not exists documents (
    id varchar not null,
    address varchar not null,
    title varchar not null,
    language varchar not null,
    dateline date,
    text varchar not null
);

create table if not exists readings (claim varchar not null, document varchar not null, reader varchar not null, sure double, trace varchar);

-- Stated stakes as whole numbers, for worlds of a million of them. All of it follows from the claims; stakes.sql says how.
create table if not exists stakes (
    seq bigint not null,
    kind varchar not null,
    slot bigint not null,
    stake varchar,
    subject integer not null,
    object integer not null,
    origin integer not null,
    low bigint not null,
    high bigint not null,
    form usmallint not null,
    said date not null,
    maybe_from date not null,
    sure_from date not null,
    sure_until date not null,
    maybe_until date not null,
    aside boolean not null,
    votes boolean not null
);
