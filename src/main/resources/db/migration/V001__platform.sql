create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Events leave through here, in the transaction that caused them; the relay deletes what was delivered.
create table outbox (
    id           bigint generated always as identity primary key,
    channel      text        not null check (channel ~ '^[a-z-]+$'),
    payload      jsonb       not null,
    created_at   timestamptz not null default now(),
    leased_until timestamptz not null default '-infinity',
    tries        smallint    not null default 0,
    parked_at    timestamptz,
    last_error   text
);
create index outbox_due on outbox (channel, id) where parked_at is null;

-- Small facts of the installation itself (demo clock, one-time code): one row a name.
create table setting (
    name       text primary key,
    value      text        not null,
    changed_at timestamptz not null default now()
);
