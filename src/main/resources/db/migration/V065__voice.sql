-- An agent's last call that goes on although its outcome is recorded: few rows at any time.
create index call_attempt_last_call on call_attempt (agent_id)
    where closed_at is not null and ended_at is null and call_sid is not null;
