-- An agreement given again, a dossier that goes on to another structure, one that comes back, one that is opened again.
alter table handoff add column renewed_at timestamptz;
alter table handoff add column redirected_from bigint references handoff;
create index handoff_by_redirected on handoff (redirected_from);

-- What a structure could not reach comes back to the supervisor, until somebody took care of it.
alter table handoff add column returned_seen_at timestamptz;
create index handoff_returned on handoff (closed_at)
    where result in ('UNREACHABLE', 'WRONG_NUMBER') and returned_seen_at is null;

-- One dossier for each agreement, and those that it led to at other structures.
alter table handoff drop constraint handoff_outcome_id_key;
create unique index handoff_by_agreement on handoff (outcome_id) where redirected_from is null;
create index handoff_by_outcome on handoff (outcome_id);
alter table handoff drop constraint handoff_routed_by_check;
alter table handoff add constraint handoff_routed_by_check check (routed_by in
    ('YOUTH_COMMUNE', 'GUARDIAN_COMMUNE', 'SUPERVISOR', 'PARTNER', 'QUEUE'));

alter table handoff_event drop constraint handoff_event_kind_check;
alter table handoff_event add constraint handoff_event_kind_check check (kind in
    ('SENT', 'ASSIGNED', 'TRIED', 'CONTACTED', 'CLOSED', 'REDIRECTED', 'REOPENED', 'NOTED', 'RETURN_SEEN'));
-- Between which structures it moved.
alter table handoff_event add column from_structure_id bigint references structure;
alter table handoff_event add column to_structure_id bigint references structure;
create index handoff_event_by_from on handoff_event (from_structure_id);
create index handoff_event_by_to on handoff_event (to_structure_id);
