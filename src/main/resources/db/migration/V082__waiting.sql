-- What waits for a supervisor is counted every two seconds: each count reads a small index.
create index doubtful_row_open on doubtful_row (version_id) where state = 'OPEN';
create index list_load_stuck on list_load (created_at) where state in ('REFUSED', 'MAPPING', 'PREVIEW');
create index callback_by_end on callback (until) where done_at is null;
create index inbound_message_unheard on inbound_call (received_at) where state = 'MESSAGE' and handled_at is null;
create index unreachable_unrouted on unreachable (campaign_id, youth_id) where structure_id is null;
create index handoff_unrouted on handoff (id) where structure_id is null and state <> 'CLOSED';
create index campaign_youth_left on campaign_youth (state, campaign_id, youth_id)
    where state in ('PROMISED', 'INTERRUPTED', 'REACHED', 'FOREIGN_NUMBER', 'NEVER_CALLED', 'UNDER_16');
