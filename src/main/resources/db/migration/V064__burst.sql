-- A campaign may let more lines ring than agents wait, within a share of answered calls without an agent that it accepts.
alter table campaign
    drop constraint campaign_mode_check,
    add constraint campaign_mode_check check (mode in ('PROGRESSIVE', 'PREVIEW', 'BURST')),
    add column abandonment_permille smallint not null default 0 check (abandonment_permille between 0 and 30);

-- Such a line is nobody's until somebody answers.
alter table call_attempt
    alter column agent_id drop not null,
    add constraint call_attempt_agent_check check (agent_id is not null or not inbound and state <> 'PREVIEW');
create index call_attempt_shared on call_attempt (campaign_id) where live and agent_id is null;
