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
}
