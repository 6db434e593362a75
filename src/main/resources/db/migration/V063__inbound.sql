-- Numbers of the account that may be shown to youths, and what the numbering plan says of them.
create table caller_number (
    e164        text primary key check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
    category    text        not null check (category in ('GEOGRAPHIC', 'POLYVALENT', 'GENERAL_INTEREST', 'MOBILE')),
    label       text        not null default '',
    departement text check (departement ~ '^([0-9][0-9AB]|97[1-8])$'),
    active      boolean     not null default true,
    created_at  timestamptz not null default now()
);

-- The pool of a campaign. Where none of it is active, the number that its texts name is shown.
create table campaign_number (
    campaign_id bigint   not null references campaign,
    e164        text     not null references caller_number,
    share       smallint not null default 1 check (share between 1 and 100),
    primary key (campaign_id, e164)
);
create index campaign_number_by_number on campaign_number (e164);

insert into caller_number (e164, category)
select distinct caller_number,
       case when caller_number ~ '^\+33[67]' then 'MOBILE'
            when caller_number ~ '^\+33(162|163|270|271|377|378|424|425|568|569|948|949)' then 'POLYVALENT'
            when caller_number ~ '^\+(262|590|594|596)947[5-9]' then 'POLYVALENT'
            else 'GEOGRAPHIC' end
from campaign;
insert into campaign_number (campaign_id, e164) select id, caller_number from campaign;

-- The number that a youth sees stays the same; an attempt knows which one it was.
alter table campaign_youth add column shown_number text;
alter table call_attempt add column shown text;

-- A call from the youth: it takes none of the ten places.
alter table call_attempt add column inbound boolean not null default false;
alter table call_attempt add check (not inbound or n is null);

-- Calls that come in, one row each; whom one is about stands in its attempt, once somebody knows.
create table inbound_call (
    id            bigint generated always as identity primary key,
    call_sid      text        not null unique,
    e164          text check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
    shown         text        not null,
    campaign_id   bigint references campaign,
    state         text        not null default 'WAITING'
        check (state in ('WAITING', 'CONNECTED', 'OFFERED', 'CALLBACK', 'MESSAGE')),
    agent_id      bigint references account,
    attempt_id    bigint unique references call_attempt,
    recording_sid text unique,
    received_at   timestamptz not null,
    connected_at  timestamptz,
    ended_at      timestamptz,
    released_at   timestamptz,
    handled_at    timestamptz,
    handled_by    bigint references account,
    heard_at      timestamptz not null default now(),
    check ((agent_id is null) = (connected_at is null)),
    check ((state = 'CONNECTED') = (agent_id is not null)),
    check (state <> 'MESSAGE' or recording_sid is not null),
    check ((handled_at is null) = (handled_by is null))
);
-- a caller whom an agent has, and nobody knows yet who it is
create unique index inbound_call_held on inbound_call (agent_id) where attempt_id is null and released_at is null;
create index inbound_call_waiting on inbound_call (campaign_id) where state = 'WAITING' and ended_at is null;
create index inbound_call_silent on inbound_call (heard_at) where ended_at is null;
create index inbound_call_message on inbound_call (received_at) where state = 'MESSAGE' and handled_at is null;
create index inbound_call_by_campaign on inbound_call (campaign_id);
create index inbound_call_by_agent on inbound_call (agent_id);
create index inbound_call_by_handler on inbound_call (handled_by);

-- A callback may be promised by one agent in person; how long it is late, how often it was missed.
alter table callback add column agent_id bigint references account;
alter table callback add column until timestamptz;
alter table callback add column pooled_at timestamptz;
alter table callback add column missed smallint not null default 0;
create index callback_by_agent on callback (agent_id);
create index callback_waiting on callback (campaign_id, due_at) where done_at is null;

-- The queue's own copy: whose turn this youth waits for, until it is pooled.
alter table campaign_youth add column callback_agent bigint references account;
create index campaign_youth_personal on campaign_youth (callback_agent, next_attempt_at)
    where callback_agent is not null and next_attempt_at is not null;
