-- What a campaign writes to its youths and when: by name, what is missing has the product's default. The fallback's
-- template stays where it always was, in sms_text.
alter table campaign add column texts text not null default '{}';
-- Hours from the announcement to the first call; null without announcement.
alter table campaign add column announce_hours smallint generated always as (
    case when cast(texts as jsonb) -> 'ANNOUNCEMENT' ->> 'on' = 'true'
         then cast(cast(texts as jsonb) ->> 'ANNOUNCE_BEFORE' as smallint) end) stored;

-- A text that is due some day. One a youth, campaign and occasion: whatever fails or runs twice, nobody gets it twice.
create table text_plan (
    id          bigint generated always as identity primary key,
    campaign_id bigint      not null,
    youth_id    bigint      not null,
    kind        text        not null check (kind in ('ANNOUNCEMENT', 'FALLBACK', 'VOICEMAIL', 'REMINDER')),
    occasion    text        not null,
    due_at      timestamptz not null,
    -- the call that it announces or recalls, or the attempt that it follows; later on it makes no sense
    about       timestamptz not null,
    state       text        not null default 'PLANNED' check (state in ('PLANNED', 'WRITTEN', 'DROPPED')),
    reason      text,
    created_at  timestamptz not null,
    settled_at  timestamptz,
    check ((state = 'PLANNED') = (settled_at is null)),
    check ((state = 'DROPPED') = (reason is not null)),
    foreign key (campaign_id, youth_id) references campaign_youth on delete cascade,
    unique (youth_id, campaign_id, occasion)
);
create index text_plan_by_place on text_plan (campaign_id, youth_id);
create index text_plan_due on text_plan (campaign_id, due_at, id) where state = 'PLANNED';

alter table sms_message add column occasion text;
drop index sms_message_fallback;
create unique index sms_message_occasion on sms_message (youth_id, campaign_id, occasion) where direction = 'OUT';
-- What a failed delivery teaches is drawn from it once.
alter table sms_message add column followed_at timestamptz;
create index sms_message_to_follow on sms_message (id)
    where state in ('UNDELIVERED', 'FAILED') and followed_at is null;

-- A number that takes calls and no texts.
alter table phone_number add column textable boolean not null default true;

-- The address of a youth's own page; the token is known to their phone only.
create table personal_link (
    campaign_id bigint      not null,
    youth_id    bigint      not null,
    token_hash  bytea       not null unique,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    revoked_at  timestamptz,
    posts       integer     not null default 0,
    posts_since timestamptz not null default now(),
    primary key (campaign_id, youth_id),
    foreign key (campaign_id, youth_id) references campaign_youth on delete cascade
);

-- What a youth said on their page; the last word of each kind.
create table self_report (
    campaign_id bigint      not null,
    youth_id    bigint      not null,
    kind        text        not null check (kind in ('CALL', 'SOLUTION', 'NUMBER', 'OBJECTION')),
    solution    text check (solution in
        ('SCHOOL', 'APPRENTICESHIP', 'TRAINING', 'EMPLOYMENT', 'CIVIC_SERVICE', 'OTHER')),
    call_at     timestamptz,
    reported_at timestamptz not null,
    primary key (campaign_id, youth_id, kind),
    foreign key (campaign_id, youth_id) references campaign_youth on delete cascade,
    check ((kind = 'SOLUTION') = (solution is not null)),
    check ((kind = 'CALL') = (call_at is not null))
);
create index self_report_by_youth on self_report (youth_id);
