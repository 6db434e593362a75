package fr.raccroche.list;

/** Campaigns on a list, as SQL: this package's tests stand below those that make them properly. */
final class TestingCampaigns {

    private TestingCampaigns() {}

    /** A running campaign in which everybody on the list waits for a call. */
    static String running(long list) {
        return """
                with made as (
                    insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script,
                           sms_text, created_at)
                    values ('Essai', %1$d, 'RUNNING', '2026-11-20', '2027-01-20', '+33199000100', 'REGION', 'Bonjour',
                            'Bonjour', '2026-11-20T09:00:00Z')
                    returning id)
                insert into campaign_youth (campaign_id, youth_id, next_attempt_at)
                select made.id, e.youth_id, '2026-11-20T09:00:00Z' from made, list_entry e
                 where e.list_id = %1$d and e.withdrawn_by is null""".formatted(list);
    }

    /** A structure has yet to call somebody who agreed to it in the only campaign there is. */
    static String openHandoff(String lastName) {
        return """
                insert into account (email, display_name, password_hash, role)
                values ('agent@essai.example', 'Alex', '', 'AGENT') on conflict do nothing;
                with attempt as (
                    insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token,
                           action_id, planned_at, ended_at, closed_at, result)
                    select c.campaign_id, y.id, a.id, p.id, p.e164, 1, 'COMPLETED', 't' || y.id, 'a' || y.id,
                           '2026-11-20T09:00:00Z', now(), now(), 'REFERRAL'
                      from youth y join campaign_youth c on c.youth_id = y.id
                      join phone_number p on p.youth_id = y.id, account a
                     where y.last_name = '%1$s' and a.email = 'agent@essai.example'
                    returning *),
                agreed as (
                    insert into outcome (attempt_id, action_id, campaign_id, youth_id, agent_id, kind, structure_kind,
                           agreed_by, recorded_at)
                    select id, 'o' || id, campaign_id, youth_id, agent_id, 'REFERRAL', 'MISSION_LOCALE', 'YOUTH', now()
                      from attempt returning *)
                insert into handoff (campaign_id, youth_id, outcome_id, kind, routed_by, agreed_by, agreed_at, due_on)
                select campaign_id, youth_id, id, 'MISSION_LOCALE', 'QUEUE', 'YOUTH', now(), '2026-12-05' from agreed""".formatted(lastName);
    }
}
