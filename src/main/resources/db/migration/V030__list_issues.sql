-- What was found in the cell, or the line of the row that came first.
alter table rejected_row add column detail text;

-- Cells that were dropped while their row was kept, counted by kind.
create table list_warning (
    version_id bigint  not null references list_version,
    field      text    not null,
    reason     text    not null,
    rows       integer not null,
    primary key (version_id, field, reason)
);
