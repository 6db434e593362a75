-- An agent's last call that goes on although its outcome is recorded: few rows at any time, asked for agent by agent. One
-- index only, for the planner takes any small partial index for any other.
drop index call_attempt_left_on_the_line;
create index call_attempt_left_on_the_line on call_attempt (agent_id)
    where closed_at is not null and ended_at is null and call_sid is not null;

-- Whether a caller who waits could be put through to an agent who is free: agents are kept free for these only.
alter table inbound_call add column for_any_agent boolean not null default true;
