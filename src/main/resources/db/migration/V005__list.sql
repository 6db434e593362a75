create table dropout_list (
    id             bigint generated always as identity primary key,
    name           text        not null,
    reference_date date        not null,
    created_at     timestamptz not null,
    created_by     bigint references account
);
create index dropout_list_by_author on dropout_list (created_by);

create table list_version (
    id          bigint generated always as identity primary key,
    list_id     bigint      not null references dropout_list,
    file_name   text        not null,
    sha256      bytea       not null unique,
    loaded_at   timestamptz not null,
    header_line text        not null default '',
    rows        integer     not null default 0,
    created     integer     not null default 0,
    known       integer     not null default 0,
    rejected    integer     not null default 0,
    warnings    integer     not null default 0
);
create index list_version_by_list on list_version (list_id);

create table list_entry (
    list_id    bigint  not null references dropout_list,
    youth_id   bigint  not null references youth,
    version_id bigint  not null references list_version,
    line       integer not null,
    primary key (list_id, youth_id)
);
create index list_entry_by_youth on list_entry (youth_id);
create index list_entry_by_version on list_entry (version_id);

create table rejected_row (
    id         bigint generated always as identity primary key,
    version_id bigint  not null references list_version,
    line       integer not null,
    field      text    not null,
    reason     text    not null,
    raw        text    not null
);
create index rejected_row_by_version on rejected_row (version_id, line);
