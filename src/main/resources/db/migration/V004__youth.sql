create table youth (
    id             bigint generated always as identity primary key,
    ine            text,
    siei_number    text,
    last_name      text not null,
    first_name     text not null,
    name_key       text not null,
    pair_keys      bigint[] not null default '{}',
    birth_date     date not null,
    sex            text check (sex in ('F', 'M')),
    address        text,
    postal_code    text,
    commune_name   text,
    commune_insee  text references commune,
    email          text,
    school_uai     text,
    last_training  text,
    created_at     timestamptz not null default now()
);
create unique index youth_by_ine on youth (ine) where ine is not null;
create unique index youth_by_siei on youth (siei_number) where siei_number is not null;
create index youth_by_identity on youth (birth_date, name_key);
create index youth_by_commune on youth (commune_insee);

create table legal_guardian (
    youth_id      bigint   not null references youth,
    rank          smallint not null check (rank in (1, 2)),
    last_name     text,
    first_name    text,
    commune_insee text references commune,
    primary key (youth_id, rank)
);
create index legal_guardian_by_commune on legal_guardian (commune_insee);

-- A youth is not a number: one number may belong to several youths (siblings), a youth has several.
create table phone_number (
    id       bigint generated always as identity primary key,
    youth_id bigint      not null references youth,
    e164     text        not null check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
    owner    text        not null check (owner in ('YOUTH', 'GUARDIAN1', 'GUARDIAN2', 'OTHER')),
    rank     smallint    not null,
    mobile   boolean     not null,
    state    text        not null default 'UNTRIED'
        check (state in ('UNTRIED', 'VALID', 'WRONG', 'NOT_IN_SERVICE')),
    source   text        not null,
    since    timestamptz not null default now(),
    unique (youth_id, e164)
);
create index phone_number_by_e164 on phone_number (e164);

-- Final: covers every number and channel of the youth; only a supervisor lifts it, with a reason.
create table objection (
    id          bigint generated always as identity primary key,
    youth_id    bigint      not null references youth,
    channel     text        not null check (channel in ('CALL', 'SMS', 'OTHER')),
    at          timestamptz not null,
    lifted_at   timestamptz,
    lifted_by   bigint references account,
    lift_reason text,
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create unique index objection_standing on objection (youth_id) where lifted_at is null;
create index objection_by_youth on objection (youth_id);
create index objection_by_lifter on objection (lifted_by);
