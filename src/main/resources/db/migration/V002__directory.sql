create table structure (
    id           bigint generated always as identity primary key,
    kind         text not null check (kind in ('MISSION_LOCALE', 'CIO', 'PRIJ')),
    code         text not null,
    name         text not null,
    address      text,
    postal_code  text,
    city         text,
    successor_id bigint references structure,
    fictional    boolean not null default false,
    unique (kind, code)
);

create table commune (
    insee             text primary key check (insee ~ '^[0-9][0-9AB][0-9]{3}$'),
    name              text not null,
    departement       text not null,
    academie          text not null,
    population        integer,
    name_key          text not null,
    mission_locale_id bigint references structure
);
create index commune_by_name on commune (name_key);
create index commune_by_mission_locale on commune (mission_locale_id);

create table commune_postal_code (
    insee       text not null references commune,
    postal_code text not null check (postal_code ~ '^[0-9]{5}$'),
    primary key (insee, postal_code)
);
create index commune_by_postal_code on commune_postal_code (postal_code);

-- Codes abolished by mergers: lists from schools still carry them.
create table former_commune (
    former_insee text primary key,
    insee        text not null references commune
);

-- Areas made of communes; a postal code or a departement cannot route.
create table territory (
    structure_id bigint not null references structure,
    insee        text   not null references commune,
    primary key (structure_id, insee)
);
create index territory_by_commune on territory (insee);
