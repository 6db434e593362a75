-- Read views for the wallboard; nothing is stored here.

create view campaign_progress as
select campaign_id, state, count(*) as youths, sum(attempts) as attempts
from campaign_youth
group by campaign_id, state;

-- One row a counted attempt. Reached: a person spoke, and the number was not said to be wrong.
create view counted_attempt as
select campaign_id, youth_id, planned_at,
       closed_at is not null as ended,
       coalesce(result in ('INTERRUPTED', 'THIRD_PARTY', 'CALLBACK', 'IN_SOLUTION', 'REFERRAL', 'NO_REFERRAL', 'REFUSED',
                           'OBJECTED', 'UNDER_16'), false) as reached
from call_attempt
where n is not null;

create view agent_at_work as
select p.campaign_id, a.display_name, p.state, p.since
from agent_presence p
join account a on a.id = p.account_id
where p.state <> 'OFFLINE' and p.campaign_id is not null;

-- Agreements that no structure has followed by a first contact.
create view handoff_waiting as
select campaign_id, due_on, structure_id is null as unrouted
from handoff
where state = 'TO_CALL';

-- The two counts of the wallboard that would otherwise read a whole table.
create index outcome_referral on outcome (campaign_id) where kind = 'REFERRAL';
create index handoff_to_call on handoff (campaign_id, due_on) where state = 'TO_CALL';
