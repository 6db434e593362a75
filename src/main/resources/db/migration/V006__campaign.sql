create table campaign (
    id            bigint generated always as identity primary key,
    name          text        not null,
    list_id       bigint      not null references dropout_list,
    state         text        not null default 'DRAFT' check (state in ('DRAFT', 'RUNNING', 'PAUSED', 'CLOSED')),
    mode          text        not null default 'PROGRESSIVE' check (mode in ('PROGRESSIVE', 'PREVIEW')),
    starts_on     date        not null,
    ends_on       date        not null,
    max_attempts  smallint    not null default 10 check (max_attempts between 1 and 10),
    days          text        not null default 'MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY',
    opens_1       time        not null default '10:00',
    closes_1      time        not null default '13:00',
    opens_2       time        not null default '14:00',
    closes_2      time        not null default '20:00',
    caller_number text        not null check (caller_number ~ '^\+[1-9][0-9]{6,14}$'),
    sms_sender    text        not null,
    script        text        not null,
    sms_text      text        not null,
    created_by    bigint references account,
    created_at    timestamptz not null,
    version       integer     not null default 0,
    check (ends_on >= starts_on),
    check (opens_1 < closes_1 and closes_1 <= opens_2 and opens_2 < closes_2)
);
create index campaign_by_list on campaign (list_id);
create index campaign_by_author on campaign (created_by);

-- One row a youth and campaign: where they stand and when they may next be called.
create table campaign_youth (
    campaign_id     bigint      not null references campaign,
    youth_id        bigint      not null references youth,
    state           text        not null default 'TO_CALL' check (state in
        ('TO_CALL', 'IN_CALL', 'CALLBACK', 'IN_SOLUTION', 'REFERRED', 'NO_REFERRAL', 'REFUSED', 'OBJECTED',
         'UNDER_16', 'WRONG_NUMBER', 'UNREACHABLE', 'WITHDRAWN', 'ALREADY_FOLLOWED')),
    next_attempt_at timestamptz,
    priority        smallint    not null default 0,
    attempts        smallint    not null default 0,
    settled_at      timestamptz,
    withdrawn       boolean     not null default false,
    primary key (campaign_id, youth_id),
    check ((state in ('TO_CALL', 'CALLBACK')) = (next_attempt_at is not null)),
    check ((state in ('TO_CALL', 'CALLBACK', 'IN_CALL')) = (settled_at is null))
);
create index campaign_youth_due on campaign_youth (campaign_id, priority desc, next_attempt_at)
    where next_attempt_at is not null;
create index campaign_youth_next on campaign_youth (campaign_id, next_attempt_at) where next_attempt_at is not null;
create index campaign_youth_by_youth on campaign_youth (youth_id);
create index campaign_youth_by_state on campaign_youth (campaign_id, state);
