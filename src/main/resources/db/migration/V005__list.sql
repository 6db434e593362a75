-- Who sends lists: a rectorat, the schools of agriculture, a training centre.
create table list_source (
    id         bigint generated always as identity primary key,
    name       text        not null unique,
    created_at timestamptz not null,
    created_by bigint references account
);
create index list_source_by_author on list_source (created_by);

-- A key with which one source's own system sends changes; only its hash is kept.
create table source_token (
    id           bigint generated always as identity primary key,
    source_id    bigint      not null references list_source,
    label        text        not null,
    token_hash   bytea       not null unique,
    created_at   timestamptz not null,
    created_by   bigint references account,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index source_token_by_source on source_token (source_id);
create index source_token_by_author on source_token (created_by);

-- How the files of a source were read the last time, by the names of their columns.
create table mapping_profile (
    source_id bigint      not null references list_source,
    signature text        not null,
    mapping   text        not null,
    used_at   timestamptz not null,
    primary key (source_id, signature)
);

create table dropout_list (
    id             bigint generated always as identity primary key,
    source_id      bigint references list_source,
    name           text        not null,
    reference_date date        not null,
    created_at     timestamptz not null,
    created_by     bigint references account
);
create index dropout_list_by_author on dropout_list (created_by);
create index dropout_list_by_source on dropout_list (source_id);

-- What was applied to a list in one piece: a file or rows (numbered), or a supervisor's decision on a doubtful row.
create table list_version (
    id           bigint generated always as identity primary key,
    list_id      bigint      not null references dropout_list,
    number       integer,
    file_name    text        not null,
    sha256       bytea       not null,
    complete     boolean     not null,
    extracted_on date,
    headers      text        not null,
    loaded_at    timestamptz not null,
    loaded_by    bigint references account,
    rows         integer     not null default 0,
    created      integer     not null default 0,
    joined       integer     not null default 0,
    changed      integer     not null default 0,
    unchanged    integer     not null default 0,
    withdrawn    integer     not null default 0,
    rejected     integer     not null default 0,
    doubtful     integer     not null default 0,
    followed     integer     not null default 0,
    warnings     integer     not null default 0,
    undone_at    timestamptz,
    undone_by    bigint references account
);
create unique index list_version_by_number on list_version (list_id, number) where undone_at is null;
create index list_version_by_list on list_version (list_id);
create index list_version_by_file on list_version (sha256);
create index list_version_by_author on list_version (loaded_by);
create index list_version_by_undoer on list_version (undone_by);

-- A file on its way in. The file itself waits in list_load_part, its judged rows in an unlogged table
-- list_row_<id>; both go when the load ends. Nothing of a load is visible elsewhere before it is DONE.
create table list_load (
    id             bigint generated always as identity primary key,
    source_id      bigint references list_source,
    list_id        bigint references dropout_list,
    list_name      text        not null,
    reference_date date        not null,
    complete       boolean     not null,
    file_name      text        not null,
    sha256         bytea       not null,
    request_key    text,
    state          text        not null check (state in
        ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED', 'APPLYING', 'DONE', 'REFUSED', 'CANCELED',
         'UNDOING', 'UNDONE')),
    direct         boolean     not null,
    mapping        text,
    file_bytes     bigint      not null,
    bytes_read     bigint      not null default 0,
    rows_read      integer     not null default 0,
    rows_rejected  integer     not null default 0,
    cancel_asked   boolean     not null default false,
    failures       smallint    not null default 0,
    staged         integer,
    base_version   bigint,
    seen_version   bigint,
    preview        text,
    refusal        text,
    refusal_detail text,
    version_id     bigint references list_version,
    created_at     timestamptz not null,
    created_by     bigint references account,
    ended_at       timestamptz,
    unique (source_id, request_key)
);
create index list_load_by_list on list_load (list_id);
create index list_load_by_version on list_load (version_id);
create index list_load_by_author on list_load (created_by);
create index list_load_waiting on list_load (id)
    where state in ('QUEUED', 'READING', 'CONFIRMED', 'APPLYING', 'UNDOING');

create table list_load_part (
    load_id bigint  not null references list_load,
    n       integer not null,
    bytes   bytea   not null,
    primary key (load_id, n)
);
alter table list_load_part alter column bytes set storage external;

-- digest: of the cleaned values; raw_digest: of the cells as written. Both are compared with the next version.
create table list_entry (
    list_id      bigint  not null references dropout_list,
    youth_id     bigint  not null references youth,
    version_id   bigint  not null references list_version,
    line         integer not null,
    digest       bigint  not null,
    raw_digest   bigint  not null,
    withdrawn_by bigint references list_version,
    primary key (list_id, youth_id)
);
create index list_entry_by_youth on list_entry (youth_id);
create index list_entry_by_version on list_entry (version_id);
create index list_entry_withdrawn on list_entry (withdrawn_by) where withdrawn_by is not null;

create table rejected_row (
    load_id bigint  not null references list_load,
    line    integer not null,
    field   text    not null,
    reason  text    not null,
    detail  text,
    cells   text    not null,
    primary key (load_id, line)
);

-- Cells that were dropped while their row was kept, counted by kind.
create table list_warning (
    load_id bigint  not null references list_load,
    field   text    not null,
    reason  text    not null,
    rows    integer not null,
    primary key (load_id, field, reason)
);

-- What was written, where the value kept differs in substance.
create table list_correction (
    load_id bigint  not null references list_load,
    line    integer not null,
    field   text    not null,
    raw     text    not null,
    value   text    not null,
    kind    text    not null,
    school_uai text,
    primary key (load_id, line, field, kind)
);

-- A row that may or may not be somebody known; nobody is called from it before a supervisor has decided.
create table doubtful_row (
    id           bigint generated always as identity primary key,
    load_id      bigint  not null references list_load,
    version_id   bigint references list_version,
    line         integer not null,
    candidate_id bigint  not null references youth,
    reason       text    not null,
    person       jsonb   not null,
    state        text    not null default 'OPEN' check (state in ('OPEN', 'MERGED', 'KEPT_APART')),
    decision_id  bigint references list_version,
    decided_at   timestamptz,
    decided_by   bigint references account,
    unique (load_id, line),
    check ((state = 'OPEN') = (decision_id is null))
);
create index doubtful_row_by_version on doubtful_row (version_id);
create index doubtful_row_by_candidate on doubtful_row (candidate_id);
create index doubtful_row_by_decision on doubtful_row (decision_id);
create index doubtful_row_by_decider on doubtful_row (decided_by);

-- What a version overwrote, so that it can be undone exactly.
create table list_change (
    id          bigint generated always as identity primary key,
    version_id  bigint not null references list_version,
    kind        text   not null check (kind in ('YOUTH', 'RANKS', 'GUARDIAN', 'ENTRY', 'PLACE', 'JOINED')),
    youth_id    bigint not null references youth,
    before      jsonb  not null
);
create index list_change_by_version on list_change (version_id, kind);
create index list_change_by_youth on list_change (youth_id);

-- Which version brought a person, a number, a guardian.
alter table youth add column version_id bigint references list_version;
alter table phone_number add column version_id bigint references list_version;
alter table legal_guardian add column version_id bigint references list_version;
