package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.dialing.TestingFacts.paris;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.NoOf;
import fr.raccroche.queue.Noes;
import fr.raccroche.queue.Promises;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A no is a no: in every campaign, on every telephone that heard it, whatever name is listed under it later. */
@ApplicationTest
class NoesTest {

    /** A Tuesday morning. */
    private static final Instant NOW = paris("2026-11-24T10:05");

    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

    @Inject
    Database database;

    @Inject
    Claims claims;

    @Inject
    Agents agents;

    @Inject
    Settlement settlement;

    @Inject
    Queue queue;

    private TestingQueue one;
    private TestingQueue other;

    @BeforeEach
    void twoCampaigns() {
        one = new TestingQueue(database, NOW.minusSeconds(60));
        other = new TestingQueue(database, NOW.minusSeconds(60));
        other.run("update campaign set ends_on = '2027-06-30' where id = :id", Map.of("id", other.id()));
    }

    private <T> T in(Function<Sql, Uni<T>> work) {
        return answer(database.inTransaction(work));
    }

    private void done(Function<Sql, ? extends Uni<?>> work) {
        answer(database.inTransaction(sql -> work.apply(sql).replaceWithVoid()));
    }

    private static void enrol(TestingQueue campaign, long youth) {
        campaign.run("""
                insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at)
                values (:campaign, :youth, 'TO_CALL', :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", NOW.minusSeconds(60)));
    }

    private long number(long youth, String e164, String owner) {
        return one.ask("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, :owner, 2, true, 'essai') returning id""", Map.of("youth", youth, "e164", e164, "owner", owner), row -> row.id("id"));
    }

    /** The agent is ready for this one moment: otherwise the dialer would come in between. */
    private @Nullable Attempt call(TestingQueue campaign, Instant now) {
        long agent = campaign.agent().id();
        return in(sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, now)
                        .chain(() -> agents.connect(sql, agent, "CA" + agent, now))
                        .chain(() -> claims.claim(sql, campaign.id(), List.of(agent), now))
                        .call(found -> found.isEmpty() ? leave(sql, agent, campaign.id(), now) : Nothing.happens()))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private Attempt called(TestingQueue campaign, Instant now) {
        return Objects.requireNonNull(call(campaign, now));
    }

    private Uni<Void> leave(Sql sql, long agent, long campaign, Instant now) {
        return agents.set(sql, agent, campaign, Agents.State.OFFLINE, now);
    }

    private void settle(Attempt attempt, AttemptResult result, Instant now) {
        done(sql -> settlement
                .settle(sql, attempt, Ending.of(result), now)
                .call(() -> leave(sql, attempt.agentId(), attempt.campaignId(), now)));
    }

    private void object(Attempt attempt, NoOf of, Instant now) {
        done(sql -> Noes.onThePhone(sql, of, attempt.youthId(), attempt.e164(), attempt.agentId(), now)
                .chain(() -> settlement.settle(
                        sql,
                        attempt,
                        Ending.of(of == NoOf.NUMBER ? AttemptResult.THIRD_PARTY : AttemptResult.OBJECTED),
                        now))
                .call(() -> leave(sql, attempt.agentId(), attempt.campaignId(), now)));
    }

    /** As a supervisor's decision does. */
    private void release(String e164, String why, Instant now) {
        done(sql ->
                Telephones.release(sql, e164, one.agent().id(), why, now).chain(() -> queue.comeBack(sql, e164, now)));
    }

    private void due(TestingQueue campaign, Instant at) {
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where campaign_id = :campaign and next_attempt_at is not null",
                Map.of("campaign", campaign.id(), "at", at));
    }

    // ——— one call settles it everywhere

    @ParameterizedTest
    @EnumSource(
            value = AttemptResult.class,
            names = {"REFUSED", "IN_SOLUTION", "NO_REFERRAL", "REFERRAL"})
    void whatACallSettledHoldsInEveryCampaignAtOnce(AttemptResult result) {
        long youth = one.youth("TO_CALL");
        one.number(youth, "YOUTH");
        enrol(other, youth);
        settle(called(one, NOW), result, NOW);

        for (int day = 0; day < 20; day++) {
            assertThat(call(other, NOW.plus(Duration.ofDays(day)))).isNull();
        }
        assertThat(other.place(youth))
                .isEqualTo(
                        switch (result) {
                            case REFUSED -> "TO_CALL";
                            case REFERRAL -> "ALREADY_FOLLOWED";
                            default -> result.name();
                        });
    }

    @Test
    void whoRefusedIsLeftAloneForSixtyDaysInALongCampaignAndForGoodInAShortOne() {
        long youth = other.youth("TO_CALL");
        other.number(youth, "YOUTH");
        enrol(one, youth);
        var later = new TestingQueue(database, NOW);
        enrol(later, youth);
        later.run("update campaign set ends_on = '2027-06-30' where id = :id", Map.of("id", later.id()));
        settle(called(other, NOW), AttemptResult.REFUSED, NOW);

        assertThat(one.place(youth)).isEqualTo("REFUSED");
        assertThat(later.place(youth)).isEqualTo("TO_CALL");
        assertThat(call(later, paris("2027-01-22T10:05"))).isNull();
        assertThat(call(later, paris("2027-01-25T10:05"))).isNotNull();
    }

    @Test
    void aYouthHasOneCallbackWhicheverCampaignsTheyAreIn() {
        long youth = one.youth("TO_CALL");
        one.number(youth, "YOUTH");
        enrol(other, youth);
        Instant wish = paris("2026-11-26T16:00");
        done(sql -> Promises.book(sql, one.id(), youth, TOMORROW, null, NOW));
        done(sql -> Promises.book(sql, other.id(), youth, wish, null, NOW));

        assertThat(one.count(
                        "select count(*) as n from callback where youth_id = :youth and done_at is null",
                        Map.of("youth", youth)))
                .isEqualTo(1);
        assertThat(this.<Boolean>in(sql -> Promises.bookForText(sql, one.id(), youth, NOW, NOW)))
                .isFalse();
        assertThat(call(one, NOW))
                .as("the other campaign leaves them alone until then")
                .isNull();

        done(sql -> Promises.end(sql, one.id(), youth, wish, wish));
        assertThat(one.count(
                        "select count(*) as n from callback where youth_id = :youth and done_at is null",
                        Map.of("youth", youth)))
                .isZero();
    }

    // ——— a telephone that heard a no

    @Test
    void aNoOnTheFamilysLandlineKeepsItQuietForTheOtherChildren() {
        long issa = one.youth("TO_CALL");
        long koffi = one.youth("TO_CALL");
        String landline = one.e164(one.number(issa, "GUARDIAN1"));
        number(koffi, landline, "GUARDIAN1");
        Attempt first = called(one, NOW);
        object(first, NoOf.YOUTH, NOW);

        assertThat(call(one, NOW.plusSeconds(3600))).isNull();
        due(one, TOMORROW);
        assertThat(called(one, paris("2026-11-25T10:30")).youthId())
                .as("a day later the others are called again")
                .isEqualTo(first.youthId() == issa ? koffi : issa);
    }

    @ParameterizedTest
    @EnumSource(NoOf.class)
    void whoeverIsListedUnderItLaterIsNotCalledThere(NoOf of) {
        long youth = one.youth("TO_CALL");
        String e164 = one.e164(one.number(youth, "YOUTH"));
        object(called(one, NOW), of, NOW);

        long again = other.youth("TO_CALL");
        number(again, e164, "YOUTH");

        assertThat(call(other, TOMORROW)).isNull();
        assertThat(other.place(again)).as("a supervisor decides").isEqualTo("TO_CALL");
    }

    /** Under the name as another programme wrote it, with another birth date, or of a sibling. */
    @Test
    void aStopByTextHoldsForEveryNameUnderItsNumber() {
        long youth = one.youth("TO_CALL");
        String e164 = one.e164(one.number(youth, "YOUTH"));
        List<Long> objecting = in(sql -> Noes.byText(sql, e164, RestReason.STOP_BY_TEXT, "STOP", NOW));
        assertThat(objecting).containsExactly(youth);

        long again = other.youth("TO_CALL");
        number(again, e164, "YOUTH");
        assertThat(call(other, TOMORROW)).isNull();

        release(e164, "C'est un autre jeune, au même foyer", TOMORROW);
        assertThat(called(other, TOMORROW).youthId()).isEqualTo(again);
    }

    @Test
    void aNumberThatNobodyIsListedUnderAnyMoreStillRests() {
        String e164 = "+33261910999";
        done(sql -> Noes.byText(sql, e164, RestReason.STOP_BY_TEXT, "STOP", NOW));
        long later = one.youth("TO_CALL");
        number(later, e164, "YOUTH");

        assertThat(call(one, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GUARDIAN1", "OTHER"})
    void aStopFromSomebodyElsesNumberStopsThatNumberOnly(String owner) {
        long youth = one.youth("TO_CALL");
        String theirs = one.e164(one.number(youth, "YOUTH"));
        String mothers = "+33261918%03d".formatted(youth % 1000);
        number(youth, mothers, owner);

        assertThat(this.<List<Long>>in(sql -> Noes.byText(sql, mothers, RestReason.STOP_BY_TEXT, "STOP", NOW)))
                .isEmpty();
        assertThat(called(one, NOW).e164()).isEqualTo(theirs);
    }

    @Test
    void aStopFromASharedNumberAsksASupervisorAboutTheYouths() {
        long lina = one.youth("TO_CALL");
        long sami = one.youth("TO_CALL");
        String shared = one.e164(one.number(lina, "YOUTH"));
        number(sami, shared, "YOUTH");

        assertThat(this.<List<Long>>in(sql -> Noes.byText(sql, shared, RestReason.STOP_BY_TEXT, "STOP", NOW)))
                .isEmpty();
        assertThat(call(one, NOW)).isNull();
        assertThat(one.place(lina)).isEqualTo("TO_CALL");
        assertThat(one.place(sami)).isEqualTo("TO_CALL");
    }

    @Test
    void aWrongNumberIsWrongForAllItsHoldersUntilSomebodyHasLooked() {
        long lina = one.youth("TO_CALL");
        long sami = one.youth("TO_CALL");
        String shared = one.e164(one.number(lina, "YOUTH"));
        number(sami, shared, "YOUTH");
        Attempt first = called(one, NOW);
        settle(first, AttemptResult.WRONG_NUMBER, NOW);

        assertThat(call(one, NOW)).isNull();
        assertThat(call(one, TOMORROW)).isNull();
        release(shared, "Vérifié auprès du lycée", TOMORROW);
        assertThat(called(one, TOMORROW).youthId()).isNotEqualTo(first.youthId());
    }

    @Test
    void aNoTakenBackAsAMistakeLetsCallsGoOn() {
        long youth = one.youth("TO_CALL");
        one.number(youth, "YOUTH");
        object(called(one, NOW), NoOf.YOUTH, NOW);
        done(sql -> Noes.lift(sql, youth, one.agent().id(), "Erreur de saisie", TOMORROW)
                .chain(() -> settlement.reopen(sql, youth, TOMORROW)));
        assertThat(call(one, paris("2026-12-03T18:05"))).isNotNull();
    }

    @Test
    void aFamilysLandlineRingsOnceForThreeChildrenAndAgainHoursLater() {
        long issa = one.youth("TO_CALL");
        String landline = one.e164(one.number(issa, "GUARDIAN1"));
        for (int i = 0; i < 2; i++) {
            number(one.youth("TO_CALL"), landline, "GUARDIAN1");
        }
        settle(called(one, NOW), AttemptResult.NO_ANSWER, NOW);

        assertThat(call(one, NOW.plusSeconds(30))).isNull();
        assertThat(call(one, paris("2026-11-24T13:55"))).isNull();
        settle(called(one, paris("2026-11-24T14:10")), AttemptResult.NO_ANSWER, paris("2026-11-24T14:10"));
        assertThat(call(one, paris("2026-11-24T18:30")))
                .as("twice a day, for the whole family")
                .isNull();
        assertThat(call(one, paris("2026-11-25T10:30"))).isNotNull();
    }

    // ——— whatever happens

    /** What the world remembers of the noes, beside the product. */
    private static final class Memory {
        private final Map<Long, Instant> people = new HashMap<>();
        private final Map<String, Instant> numbers = new HashMap<>();

        void person(long youth, Instant until) {
            people.merge(youth, until, (a, b) -> a.isAfter(b) ? a : b);
        }

        void number(String e164, Instant until) {
            numbers.merge(e164, until, (a, b) -> a.isAfter(b) ? a : b);
        }

        boolean allows(Attempt attempt, Instant now) {
            return !now.isBefore(people.getOrDefault(attempt.youthId(), Instant.MIN))
                    && !now.isBefore(numbers.getOrDefault(attempt.e164(), Instant.MIN));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nobodyIsCalledAfterANoWhateverHappensInBothCampaigns(int seed) {
        var random = new Random(seed);
        var memory = new Memory();
        var numbers = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            long youth = one.youth("TO_CALL");
            enrol(other, youth);
            numbers.add(one.e164(one.number(youth, "YOUTH")));
            if (i > 0) {
                number(youth, numbers.get(random.nextInt(i)), "GUARDIAN1");
            }
        }
        Instant now = NOW;
        int calls = 0;
        for (int step = 0; step < 60; step++) {
            TestingQueue campaign = random.nextBoolean() ? one : other;
            if (random.nextInt(6) == 0) {
                Instant at = now;
                String e164 = numbers.get(random.nextInt(numbers.size()));
                List<Long> objecting = in(sql -> Noes.byText(sql, e164, RestReason.STOP_BY_TEXT, "STOP", at));
                memory.number(e164, Instant.MAX);
                objecting.forEach(youth -> memory.person(youth, Instant.MAX));
            }
            Attempt attempt = call(campaign, now);
            if (attempt != null) {
                calls++;
                assertThat(memory.allows(attempt, now))
                        .as("step %d at %s: %s", step, now, attempt)
                        .isTrue();
                end(attempt, memory, random, now);
            }
            now = now.plus(Duration.ofMinutes(random.nextInt(20 * 60)));
        }
        assertThat(calls).isGreaterThan(3);
    }

    private void end(Attempt attempt, Memory memory, Random random, Instant now) {
        Instant never = Instant.MAX;
        switch (random.nextInt(8)) {
            case 0 -> {
                settle(attempt, AttemptResult.REFUSED, now);
                memory.person(attempt.youthId(), now.plus(Duration.ofDays(60)));
            }
            case 1 -> {
                object(attempt, NoOf.YOUTH, now);
                memory.person(attempt.youthId(), never);
                memory.number(attempt.e164(), now.plus(Duration.ofDays(1)));
            }
            case 2 -> {
                object(attempt, NoOf.NUMBER, now);
                memory.number(attempt.e164(), never);
            }
            case 3 -> {
                settle(attempt, AttemptResult.WRONG_NUMBER, now);
                memory.number(attempt.e164(), never);
            }
            case 4 -> {
                settle(attempt, AttemptResult.REFERRAL, now);
                memory.person(attempt.youthId(), never);
            }
            case 5 -> settle(attempt, AttemptResult.VOICEMAIL, now);
            default -> settle(attempt, AttemptResult.NO_ANSWER, now);
        }
    }
}
