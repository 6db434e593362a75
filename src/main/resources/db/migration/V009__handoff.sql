create table handoff (
    id           bigint generated always as identity primary key,
    campaign_id  bigint      not null references campaign,
    youth_id     bigint      not null references youth,
    outcome_id   bigint      not null unique references outcome,
    kind         text        not null check (kind in ('CIO', 'MISSION_LOCALE')),
    structure_id bigint references structure,
    routed_by    text        not null check (routed_by in ('YOUTH_COMMUNE', 'GUARDIAN_COMMUNE', 'SUPERVISOR', 'QUEUE')),
    agreed_by    text        not null check (agreed_by in ('YOUTH', 'GUARDIAN')),
    agreed_at    timestamptz not null,
    due_on       date        not null,
    state        text        not null default 'TO_CALL' check (state in ('TO_CALL', 'CONTACTED', 'CLOSED')),
    result       text check (result in
        ('APPOINTMENT', 'ALREADY_SUPPORTED', 'IN_SOLUTION', 'DECLINED', 'UNREACHABLE', 'WRONG_NUMBER', 'REDIRECTED', 'OTHER')),
    first_contact_at timestamptz,
    closed_at    timestamptz,
    version      integer     not null default 0,
    check ((structure_id is null) = (routed_by = 'QUEUE')),
    check ((state = 'CLOSED') = (result is not null)),
    check ((state = 'CLOSED') = (closed_at is not null))
);
create unique index handoff_open on handoff (youth_id, kind) where state <> 'CLOSED';
create index handoff_by_structure on handoff (structure_id, state, due_on);
create index handoff_by_campaign on handoff (campaign_id);
create index handoff_by_youth on handoff (youth_id);

create table handoff_event (
    id         bigint generated always as identity primary key,
    handoff_id bigint      not null references handoff,
    at         timestamptz not null,
    account_id bigint references account,
    kind       text        not null check (kind in ('SENT', 'ASSIGNED', 'TRIED', 'CONTACTED', 'CLOSED')),
    outcome_id bigint unique references outcome,
    note       text,
    check ((kind = 'SENT') = (outcome_id is not null))
);
create index handoff_event_by_handoff on handoff_event (handoff_id, at);
create index handoff_event_by_account on handoff_event (account_id);

-- At the campaign's end: who was never reached, once for each kind of structure that goes to find them.
create table unreachable (
    campaign_id    bigint      not null references campaign,
    youth_id       bigint      not null references youth,
    structure_kind text        not null check (structure_kind in ('MISSION_LOCALE', 'PRIJ')),
    structure_id   bigint references structure,
    listed_at      timestamptz not null,
    primary key (campaign_id, youth_id, structure_kind)
);
create index unreachable_by_structure on unreachable (structure_id);
create index unreachable_by_youth on unreachable (youth_id);
