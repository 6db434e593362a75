package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.awaitility.Awaitility.await;

import fr.raccroche.TestingFloor;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Ring;
import fr.raccroche.simulator.people.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A youth to call. What the phone did is read from the simulator's ledger, what became of the attempts from the database.
 */
final class TestingYouth {

    /** At how many times the usual speed calls are played. */
    static final int SPEED = 20;

    private final TestingFloor floor;
    private final TestingQueue campaign;
    private final long id;
    private final long phone;
    private final String number;

    TestingYouth(TestingFloor floor, TestingQueue campaign) {
        this.floor = floor;
        this.campaign = campaign;
        this.id = campaign.youth("TO_CALL");
        this.phone = campaign.number(id, "YOUTH");
        this.number = campaign.e164(phone);
    }

    long id() {
        return id;
    }

    /** The id of the only number. */
    long phone() {
        return phone;
    }

    /** The only number, in E.164. */
    String number() {
        return number;
    }

    /** The attempts of the youth, oldest first. */
    List<Map<String, String>> attempts() {
        return campaign.list("""
                select id, state, coalesce(result, 'OPEN') as result, n, call_sid is not null as bound, rang_at, answered_at,
                       ended_at, closed_at
                from call_attempt where youth_id = :youth order by id""", Map.of("youth", id), row -> {
            var all = new HashMap<String, String>();
            for (String column :
                    List.of("id", "state", "result", "n", "bound", "rang_at", "answered_at", "ended_at", "closed_at")) {
                all.put(column, String.valueOf(row.get(column)));
            }
            return all;
        });
    }

    /** The oldest attempt; empty when there is none. */
    Map<String, String> first() {
        List<Map<String, String>> all = attempts();
        return all.isEmpty() ? Map.of() : all.getFirst();
    }

    void awaitFirst(String column, String value) {
        await().atMost(PATIENCE).until(() -> first().getOrDefault(column, ""), value::equals);
    }

    /** Attempts used up. */
    long used() {
        return campaign.count(
                "select attempts as n from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", id));
    }

    /** The state of the youth in the campaign. */
    String place() {
        return campaign.place(id);
    }

    List<Ring> rings() {
        return floor.simulator().ledger().rings().stream()
                .filter(ring -> ring.number().equals(number))
                .toList();
    }

    /** Requests for a call to the number. */
    int requests() {
        return floor.simulator().ledger().requestsFor(number);
    }

    /** What the youth heard to its last word. */
    List<String> heard() {
        return floor.heard(number);
    }

    /** As if nothing had been heard for an hour; a lease that ran out is so long ago that even the grace time is over. */
    void anHourOfSilence(Sweeper sweeper) {
        campaign.run("""
                update call_attempt set changed_at = now() - interval '1 hour', lease_until = now() - interval '1 hour'
                where youth_id = :youth and ended_at is null""", Map.of("youth", id));
        answer(sweeper.sweep());
    }

    /** The first attempt, at Twilio's, which knows nothing of it. */
    TestingCall callAtTwilio(Tokens tokens) {
        long agent = campaign.account(Role.AGENT, null).id();
        return TestingCall.open(
                campaign, tokens, id, phone, agent, 1, floor.clock().instant());
    }

    /** The youth answers and talks with a new agent. */
    long talk() {
        floor.knobs().script(number, Scenario.PICKS_UP);
        long agent = floor.agentAtWork(campaign);
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());
        awaitFirst("state", "ANSWERED");
        return agent;
    }

    void awaitBridged() {
        await().atMost(PATIENCE)
                .until(() -> campaign.count(
                                "select count(bridged_at) as n from call_attempt where youth_id = :youth",
                                Map.of("youth", id))
                        == 1);
    }

    /** Until every report of a call that was stored has been applied. */
    void awaitEventsRead() {
        await().atMost(PATIENCE)
                .until(() -> campaign.count("select count(*) as n from outbox where channel = 'call-events'", Map.of())
                        == 0);
    }
}
