package fr.raccroche.dialing;

import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.platform.Tokens;
import java.time.Instant;
import java.util.Map;

/** An open attempt put there by SQL, with its agent at work on it. */
public record TestingCall(long id, long youth, long agent, String token, String actionId) {

    /** The {@code n}th attempt of the youth, at Twilio's since just now. */
    public static TestingCall open(
            TestingQueue campaign, Tokens tokens, long youth, long phone, long agent, int n, Instant at) {
        String token = tokens.next();
        String actionId = tokens.next();
        campaign.run("""
                insert into agent_presence (account_id, campaign_id, state, since)
                values (:agent, :campaign, 'DIALING', :at)
                on conflict (account_id) do update set state = 'DIALING'""", Map.of("agent", agent, "campaign", campaign.id(), "at", at));
        campaign.run("""
                update campaign_youth set state = 'IN_CALL', next_attempt_at = null, settled_at = null, attempts = :n
                where campaign_id = :campaign and youth_id = :youth""", Map.of("n", n, "campaign", campaign.id(), "youth", youth));
        long id = campaign.ask(
                """
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                                          planned_at, lease_until)
                select :campaign, :youth, :agent, p.id, p.e164, :n, 'DIALING', :token, :action, :at,
                       now() + interval '1 hour'
                from phone_number p where p.id = :phone returning id""",
                Map.of(
                        "campaign", campaign.id(),
                        "youth", youth,
                        "agent", agent,
                        "n", n,
                        "token", token,
                        "action", actionId,
                        "at", at,
                        "phone", phone),
                row -> row.id("id"));
        return new TestingCall(id, youth, agent, token, actionId);
    }

    /** The youth answered and hung up again: an outcome is awaited. */
    public void talked(TestingQueue campaign, Instant at) {
        campaign.run("""
                update call_attempt set state = 'COMPLETED', rang_at = :at, answered_at = :at, ended_at = :at
                where id = :id""", Map.of("at", at, "id", id));
    }

    /** Twilio's report of the call; answers the status of our answer. */
    int report(String status, int sequence) {
        return TestingWebhook.genuine(
                        "/webhooks/twilio/call/" + token,
                        Map.of(
                                "CallSid",
                                "CA" + token,
                                "CallStatus",
                                status,
                                "SequenceNumber",
                                String.valueOf(sequence)))
                .statusCode();
    }

    /** What the gate answers when whoever is called picks up. */
    String gate() {
        return TestingWebhook.genuine("/webhooks/twilio/answer/" + token, Map.of("CallSid", "CA" + token))
                .body();
    }
}
