-- The queue is entered at a remembered place: priority, moment and youth. Everybody of a new campaign is due at the same
-- moment, so the youth belongs to the place.
drop index campaign_youth_due;
create index campaign_youth_due on campaign_youth (campaign_id, priority desc, next_attempt_at, youth_id)
    where next_attempt_at is not null;
-- It answered the same questions, and the planner took the one for the other.
drop index campaign_youth_next;

-- The pair refers to campaign and youth already: two checks and two row locks less for each attempt.
alter table call_attempt drop constraint call_attempt_campaign_id_fkey, drop constraint call_attempt_youth_id_fkey;
-- The unique (campaign_id, youth_id, n) begins with the same columns.
drop index call_attempt_by_campaign_youth;

-- One word for "the network may still be ringing or talking", so that no other index can pass for this one.
alter table call_attempt add column live boolean not null
    generated always as (ended_at is null and closed_at is null and state <> 'PREVIEW') stored;
drop index call_attempt_live_by_number;
create unique index call_attempt_live_by_number on call_attempt (e164) where live;
