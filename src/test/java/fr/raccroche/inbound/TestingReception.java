package fr.raccroche.inbound;

import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingQueue;
import fr.raccroche.security.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A campaign whose number people ring. Nobody in it is due: what happens comes from those who ring. */
final class TestingReception {

    private static final AtomicInteger NUMBERS = new AtomicInteger(200);
    private static final Duration FAR = Duration.ofDays(300);

    private final TestingFloor floor;
    private final TestingAccounts accounts;
    private final TestingQueue campaign;
    private final String shown;

    TestingReception(TestingFloor floor, TestingAccounts accounts) {
        this.floor = floor;
        this.accounts = accounts;
        this.campaign = floor.campaign(floor.clock().instant().plus(FAR));
        this.shown = "+3319900%04d".formatted(NUMBERS.incrementAndGet());
        campaign.run(
                "update campaign set caller_number = :shown where id = :id",
                Map.of("shown", shown, "id", campaign.id()));
    }

    TestingQueue campaign() {
        return campaign;
    }

    /** The campaign's number, which no other campaign shows. */
    String shown() {
        return shown;
    }

    /** A new agent with a headset on, waiting, and signed in. */
    Person agentAtWork() {
        Person agent = accounts.signedIn(Role.AGENT);
        floor.putToWork(campaign, agent.account().id());
        return agent;
    }

    /** A number of the youth that nobody else has. */
    String numberOf(long youth) {
        return campaign.e164(campaign.number(youth, "YOUTH"));
    }

    /** How many calls to the number are so. */
    long calls(String where) {
        return campaign.count(
                "select count(*) as n from inbound_call where shown = :shown and " + where, Map.of("shown", shown));
    }

    long attempts(long youth) {
        return campaign.count("select count(*) as n from call_attempt where youth_id = :youth", Map.of("youth", youth));
    }

    /** The state, the attempts used, the next moment and the promises open ({@code asked}) of a youth. */
    Map<String, String> place(long youth) {
        return campaign.ask("""
                select state, attempts, next_attempt_at, (select count(*) from callback b where b.youth_id = y.youth_id
                           and b.done_at is null) as asked
                from campaign_youth y where campaign_id = :campaign and youth_id = :youth""", Map.of("campaign", campaign.id(), "youth", youth), row -> {
            var place = new HashMap<String, String>();
            for (String column : List.of("state", "attempts", "asked")) {
                place.put(column, row.text(column));
            }
            place.put("next", String.valueOf(row.instantOrNull("next_attempt_at")));
            return place;
        });
    }
}
