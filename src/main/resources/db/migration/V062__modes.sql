-- How the calls of a campaign are conducted; an empty text stands for the product's.
alter table campaign
    add column preview_seconds  smallint not null default 60 check (preview_seconds between 15 and 600),
    add column detects_machines boolean  not null default true,
    add column voicemail_text   text     not null default '',
    add column nobody_text      text     not null default '';

-- By the database's clock: when the youth was let through to the agent, when both were together, and until when a
-- message is being left.
alter table call_attempt
    add column admitted_at   timestamptz,
    add column bridged_at    timestamptz,
    add column message_until timestamptz,
    add column answered_by   text;
create index call_attempt_unbridged on call_attempt (admitted_at)
    where bridged_at is null and ended_at is null and admitted_at is not null;

-- A message left on a youth's voicemail: two at most over all campaigns, whatever runs concurrently.
create table voicemail_message (
    youth_id   bigint      not null references youth,
    n          smallint    not null check (n between 1 and 2),
    attempt_id bigint      not null unique references call_attempt,
    left_at    timestamptz not null,
    primary key (youth_id, n)
);

-- When the account may begin its next call, for all nodes; business time.
create table call_pace (
    only_one   boolean     primary key default true check (only_one),
    next_at    timestamptz not null,
    gap_millis integer     not null
);
insert into call_pace (next_at, gap_millis) values ('2000-01-01', 0);

-- Files in a row that went back because the agent let the time run out.
alter table agent_presence add column ran_out smallint not null default 0;
