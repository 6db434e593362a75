-- The attempt ledger. A row exists before the network is asked; at most ten count per youth and campaign.
create table call_attempt (
    id           bigint generated always as identity primary key,
    campaign_id  bigint      not null references campaign,
    youth_id     bigint      not null references youth,
    agent_id     bigint      not null references account,
    phone_id     bigint      not null references phone_number,
    e164         text        not null,
    n            smallint    check (n between 1 and 10),
    state        text        not null check (state in
        ('PREVIEW', 'INTENT', 'DIALING', 'UNKNOWN', 'QUEUED', 'RINGING', 'ANSWERED',
         'COMPLETED', 'BUSY', 'NO_ANSWER', 'FAILED', 'CANCELED', 'LOST', 'PASSED')),
    token        text        not null unique,
    action_id    text        not null unique,
    call_sid     text        unique,
    planned_at   timestamptz not null,
    rang_at      timestamptz,
    answered_at  timestamptz,
    ended_at     timestamptz,
    closed_at    timestamptz,
    result       text,
    error_code   integer,
    draft        text,
    lease_until  timestamptz not null default now(),
    changed_at   timestamptz not null default now(),
    created_at   timestamptz not null default now(),
    foreign key (campaign_id, youth_id) references campaign_youth,
    unique (campaign_id, youth_id, n)
);
-- open: not yet closed by a result or an outcome; live: the network may still be ringing or talking
create unique index call_attempt_open_by_youth on call_attempt (youth_id) where closed_at is null;
create unique index call_attempt_open_by_agent on call_attempt (agent_id) where closed_at is null;
create unique index call_attempt_live_by_number on call_attempt (e164)
    where ended_at is null and closed_at is null and state <> 'PREVIEW';
create index call_attempt_by_campaign_youth on call_attempt (campaign_id, youth_id);
create index call_attempt_by_youth on call_attempt (youth_id);
create index call_attempt_by_phone on call_attempt (phone_id);
create index call_attempt_by_agent on call_attempt (agent_id, planned_at);
create index call_attempt_unsettled on call_attempt (changed_at) where ended_at is null and closed_at is null;
create index call_attempt_left_on_the_line on call_attempt (changed_at)
    where closed_at is not null and ended_at is null and call_sid is not null;
create index call_attempt_by_day on call_attempt (campaign_id, planned_at);

-- Every webhook as received; the sequence key makes a repeated delivery harmless.
create table call_event (
    id          bigint generated always as identity primary key,
    token       text        not null,
    call_sid    text        not null,
    sequence    integer     not null,
    status      text        not null,
    fields      jsonb       not null,
    received_at timestamptz not null default now(),
    unique (call_sid, sequence, status)
);
create index call_event_by_token on call_event (token);

create table agent_presence (
    account_id  bigint primary key references account,
    campaign_id bigint references campaign,
    state       text        not null check (state in
        ('OFFLINE', 'READY', 'PAUSED', 'PREVIEW', 'DIALING', 'IN_CALL', 'WRAP_UP')),
    since       timestamptz not null,
    wanted      text        not null default 'READY' check (wanted in ('READY', 'PAUSED', 'OFFLINE')),
    audio_sid   text,
    seen_at     timestamptz not null default now(),
    check (campaign_id is not null or state in ('OFFLINE', 'PAUSED'))
);
create index agent_presence_by_campaign on agent_presence (campaign_id, state);

-- What the agent recorded; the action id makes a second post the same one.
create table outcome (
    id             bigint generated always as identity primary key,
    attempt_id     bigint      not null unique references call_attempt,
    action_id      text        not null unique,
    campaign_id    bigint      not null references campaign,
    youth_id       bigint      not null references youth,
    agent_id       bigint      not null references account,
    kind           text        not null check (kind in
        ('IN_SOLUTION', 'REFERRAL', 'NO_REFERRAL', 'CALLBACK', 'WRONG_NUMBER', 'THIRD_PARTY', 'REFUSED', 'OBJECTED',
         'UNDER_16', 'INTERRUPTED', 'VOICEMAIL')),
    solution       text check (solution in
        ('SCHOOL', 'APPRENTICESHIP', 'TRAINING', 'EMPLOYMENT', 'CIVIC_SERVICE', 'SUPPORTED', 'OTHER')),
    structure_kind text check (structure_kind in ('CIO', 'MISSION_LOCALE')),
    agreed_by      text check (agreed_by in ('YOUTH', 'GUARDIAN')),
    callback_at    timestamptz,
    note           text,
    recorded_at    timestamptz not null,
    check ((kind = 'IN_SOLUTION') = (solution is not null)),
    check ((kind = 'REFERRAL') = (structure_kind is not null)),
    check ((kind = 'REFERRAL') = (agreed_by is not null)),
    check ((kind = 'CALLBACK') = (callback_at is not null))
);
create index outcome_by_campaign on outcome (campaign_id, recorded_at);
create index outcome_by_youth on outcome (youth_id);
create index outcome_by_agent on outcome (agent_id, recorded_at);

-- A call the youth asked for, or a task that an SMS reply opened.
create table callback (
    id          bigint generated always as identity primary key,
    campaign_id bigint      not null references campaign,
    youth_id    bigint      not null references youth,
    due_at      timestamptz not null,
    reason      text        not null check (reason in ('ASKED', 'SMS_REPLY')),
    created_at  timestamptz not null,
    done_at     timestamptz
);
create unique index callback_open on callback (campaign_id, youth_id) where done_at is null;
create index callback_by_youth on callback (youth_id);
