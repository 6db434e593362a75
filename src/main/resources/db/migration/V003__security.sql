create table account (
    id            bigint generated always as identity primary key,
    email         text        not null check (email = lower(email)),
    display_name  text        not null,
    password_hash text        not null,
    password_temporary boolean not null default false,
    role          text        not null check (role in ('AGENT', 'SUPERVISOR', 'PARTNER', 'ADMIN')),
    structure_id  bigint references structure,
    active        boolean     not null default true,
    version       integer     not null default 0,
    created_at    timestamptz not null default now(),
    unique (email),
    check ((role = 'PARTNER') = (structure_id is not null))
);
create index account_by_structure on account (structure_id);

create table session (
    token_hash   bytea primary key,
    account_id   bigint      not null references account,
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    ended_at     timestamptz,
    address      text
);
create index session_by_account on session (account_id);

-- A row exists before the password is checked, so that guesses made at the same time count as well.
create table sign_in_failure (
    id         bigint generated always as identity primary key,
    email_hash bytea       not null,
    address    text        not null,
    failed     boolean     not null default false,
    at         timestamptz not null default now()
);
create index sign_in_failure_by_email on sign_in_failure (email_hash, at);
create index sign_in_failure_by_address on sign_in_failure (address, at);

-- Who looked at or changed what; ids only, never names or numbers.
create table access_log (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    account_id bigint references account,
    action     text        not null,
    subject    text,
    address    text
);
create index access_log_by_account on access_log (account_id, at);
