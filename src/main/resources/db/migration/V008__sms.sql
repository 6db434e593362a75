create table sms_message (
    id          bigint generated always as identity primary key,
    direction   text        not null check (direction in ('OUT', 'IN')),
    campaign_id bigint references campaign,
    youth_id    bigint references youth,
    e164        text        not null,
    body        text        not null,
    token       text unique,
    sid         text unique,
    state       text        not null check (state in
        ('TO_SEND', 'SENDING', 'UNKNOWN', 'ACCEPTED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'CANCELED', 'RECEIVED')),
    error_code  integer,
    lease_until timestamptz not null default now(),
    created_at  timestamptz not null,
    changed_at  timestamptz not null default now(),
    handled_at  timestamptz,
    check (direction = 'IN' or (campaign_id is not null and youth_id is not null and token is not null))
);
-- the fallback goes out once per youth and campaign, whatever runs concurrently
create unique index sms_message_fallback on sms_message (campaign_id, youth_id) where direction = 'OUT';
create index sms_message_by_youth on sms_message (youth_id);
create index sms_message_by_e164 on sms_message (e164);
create index sms_message_unsettled on sms_message (lease_until) where state in ('TO_SEND', 'SENDING');
