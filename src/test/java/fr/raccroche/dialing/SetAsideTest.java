package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.dialing.TestingFacts.paris;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ContactRates.Cell;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.queue.Enrolment;
import fr.raccroche.queue.Priority;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Youths who are due and may not be called: where they go, from the facts that the database holds. */
@ApplicationTest
class SetAsideTest {

    /** A Tuesday morning. */
    private static final Instant NOW = paris("2026-11-24T10:05");

    @Inject
    Database database;

    @Inject
    Claims claims;

    @Inject
    Agents agents;

    @Inject
    Queue queue;

    @Inject
    Campaigns campaigns;

    private TestingQueue campaign;
    private long youth;
    private long phone;

    private record Place(String state, @Nullable Instant next, int priority) {}

    @BeforeEach
    void aYouthWhoIsDue() {
        campaign = new TestingQueue(database, NOW.minusSeconds(60));
        youth = campaign.youth("TO_CALL");
        phone = campaign.number(youth, "YOUTH");
    }

    private void run(String statement, Map<String, Object> more) {
        var parameters = new HashMap<String, Object>(more);
        if (statement.contains(":youth")) {
            parameters.put("youth", youth);
        }
        if (statement.contains(":campaign")) {
            parameters.put("campaign", campaign.id());
        }
        campaign.run(statement, parameters);
    }

    private boolean isCalled() {
        long agent = campaign.agent().id();
        List<Attempt> taken =
                answer(database.inTransaction(sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, NOW)
                        .chain(() -> agents.connect(sql, agent, "CA" + agent, NOW))
                        .chain(() -> claims.claim(sql, campaign.id(), List.of(agent), NOW))
                        .call(() -> agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, NOW))));
        return !taken.isEmpty();
    }

    private Place place() {
        return campaign.ask(
                "select state, next_attempt_at, priority from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", youth),
                row -> new Place(row.text("state"), row.instantOrNull("next_attempt_at"), row.integer("priority")));
    }

    private CallingRules.Facts facts() {
        return Objects.requireNonNull(answer(database.inTransaction(sql -> campaigns
                .byId(sql, campaign.id())
                .chain(found -> queue.peekFacts(sql, Objects.requireNonNull(found), youth, NOW)))));
    }

    @Test
    void withNothingInTheWayTheYouthIsCalled() {
        assertThat(isCalled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into objection (youth_id, channel, at) values (:youth, 'SMS', now()) | OBJECTED",
                "update youth set birth_date = '2012-01-01' where id = :youth | UNDER_16",
                "update phone_number set state = 'WRONG' where youth_id = :youth | WRONG_NUMBER",
                "update phone_number set e164 = '+882161234567' where youth_id = :youth | FOREIGN_NUMBER",
                "update campaign_youth set withdrawn = true where youth_id = :youth | WITHDRAWN"
            })
    void whoCannotBeCalledAnyMoreLeavesTheQueue(String statement, String state) {
        run(statement, Map.of());

        assertThat(isCalled()).isFalse();
        assertThat(place()).returns(state, Place::state).returns(null, Place::next);
    }

    @Test
    void whoTurnsSixteenDuringTheCampaignWaitsForThatDay() {
        run("update youth set birth_date = '2010-11-30' where id = :youth", Map.of());

        assertThat(isCalled()).isFalse();
        assertThat(place()).returns("TO_CALL", Place::state).returns(paris("2026-11-30T10:00"), Place::next);
    }

    /** Closed as too young by an earlier rule, by hand, or because the campaign was to end before. */
    @ParameterizedTest
    @CsvSource({
        "2010-11-24, 2026-11-20, TO_CALL",
        "2010-11-25, 2026-11-20, UNDER_16",
        "2008-05-01, 2026-11-20, UNDER_16",
        "2010-11-20, 2026-11-20, UNDER_16"
    })
    void whoWasTooYoungAndHasTurnedSixteenIsCalledFromThenOn(LocalDate born, LocalDate closedOn, String state) {
        run(
                "update campaign_youth set state = 'UNDER_16', next_attempt_at = null, settled_at = :at where youth_id = :youth",
                Map.of("at", closedOn.atTime(12, 0).atZone(FrenchCalendar.PARIS).toInstant()));
        run("update youth set birth_date = :born where id = :youth", Map.of("born", born));

        answer(database.inTransaction(sql -> sql.run(Enrolment.sixteen(campaign.id(), NOW))));

        assertThat(place().state()).isEqualTo(state);
        assertThat(isCalled()).isEqualTo(state.equals("TO_CALL"));
    }

    @Test
    void afterAnAttemptTheNextMomentIsTheFirstThatEveryRuleAllows() {
        campaign.attempt(youth, 1, paris("2026-11-23T18:00"));

        assertThat(isCalled()).isFalse();
        assertThat(place())
                .as("the day after tomorrow: two days for each of nine more, and not in the evening")
                .isEqualTo(new Place("TO_CALL", paris("2026-11-25T10:00"), 3));
        assertThat(new CallingRules(Duration.ofMinutes(2)).nextCallable(facts(), NOW))
                .isEqualTo(new CallingRules.Moment.At(paris("2026-11-25T10:00")));
    }

    @Test
    void aTextOnItsWayHoldsTheCallBackForAnHourAtMost() {
        run("""
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, '+33639980000', 'Bonjour', :token, 'TO_SEND', :at)""", Map.of("token", "w" + youth, "at", NOW.minusSeconds(300)));

        assertThat(isCalled()).isFalse();
        assertThat(place()).isEqualTo(new Place("TO_CALL", NOW.plus(Duration.ofMinutes(55)), 3));
    }

    @Test
    void callsOfAnotherCampaignCount() {
        var other = new TestingQueue(database, NOW);
        other.run(
                "insert into campaign_youth (campaign_id, youth_id, state, settled_at) values (:campaign, :youth, 'UNREACHABLE', :at)",
                Map.of("campaign", other.id(), "youth", youth, "at", NOW));
        other.attempt(youth, 1, paris("2026-11-24T10:00"));

        assertThat(isCalled()).isFalse();
        assertThat(place().next()).as("one a day").isEqualTo(paris("2026-11-25T10:00"));
        assertThat(facts().history().elsewhere()).hasSize(1);
    }

    @Test
    void whoAskedForACallStaysAheadOfTheOthers() {
        run(
                "insert into callback (campaign_id, youth_id, due_at, reason, created_at) values (:campaign, :youth, :at, 'ASKED', :at)",
                Map.of("at", NOW));
        run("update campaign set blocked_days = '2026-11-24,2026-11-25' where id = :campaign", Map.of());

        assertThat(isCalled()).isFalse();
        run("update campaign set blocked_days = '' where id = :campaign", Map.of());
        long other = campaign.youth("IN_CALL");
        campaign.number(other, "YOUTH");
        run(
                """
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, state, token, action_id, planned_at)
                select :campaign, :other, :agent, p.id, p.e164, 'RINGING', :token, :token, :at
                from phone_number p where p.youth_id = :other""",
                Map.of(
                        "other",
                        other,
                        "agent",
                        campaign.account(Role.AGENT, null).id(),
                        "token",
                        "r" + youth,
                        "at",
                        NOW));
        run(
                "update phone_number set e164 = (select e164 from phone_number where youth_id = :other) where id = :phone",
                Map.of("other", other, "phone", phone));
        assertThat(isCalled()).as("a sibling's call goes on").isFalse();
        assertThat(place()).isEqualTo(new Place("CALLBACK", NOW.plus(Duration.ofMinutes(10)), Priority.CALLBACK));
        run(
                "update call_attempt set ended_at = :at, closed_at = :at where youth_id = :other",
                Map.of("other", other, "at", NOW));
    }

    @Test
    void freshListsGoFirst() {
        run(
                "update campaign_youth set listed_on = :day where youth_id = :youth",
                Map.of("day", LocalDate.of(2026, 11, 20)));
        campaign.attempt(youth, 1, paris("2026-11-23T18:00"));

        assertThat(isCalled()).isFalse();
        assertThat(place().priority()).isEqualTo(5);
    }

    /** Landlines at eight in the morning, the ninth time: nobody else's test calls like this. */
    @Test
    void theLedgerTeachesHowOftenAPersonSpoke() {
        Instant early = paris("2026-11-20T08:10");
        for (String result : List.of("NO_ANSWER", "IN_SOLUTION", "VOICEMAIL", "WRONG_NUMBER")) {
            long one = campaign.youth("UNREACHABLE");
            long attempt = campaign.attempt(one, 9, early);
            campaign.run("update phone_number set mobile = false where youth_id = :youth", Map.of("youth", one));
            campaign.run(
                    "update call_attempt set result = :result where id = :id", Map.of("result", result, "id", attempt));
        }

        var rates = answer(database.inTransaction(sql -> LearntRates.read(sql, NOW)));

        assertThat(rates.cells()).contains(new Cell(8, 9, false, 4, 1));
    }
}
