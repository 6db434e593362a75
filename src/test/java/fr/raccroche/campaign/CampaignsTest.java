package fr.raccroche.campaign;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.TestingStatements;
import fr.raccroche.queue.Priority;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns as the database keeps them. */
@ApplicationTest
class CampaignsTest {

    private static final Instant NOW = TestingNode.OPENING;
    private static final LocalDate TODAY = NOW.atZone(PARIS).toLocalDate();

    @Inject
    Database database;

    @Inject
    Campaigns campaigns;

    private TestingQueue stored;

    @BeforeEach
    void campaign() {
        stored = new TestingQueue(database, NOW);
    }

    private Campaign read() {
        return answer(database.inTransaction(sql -> campaigns.byId(sql, stored.id())));
    }

    @Test
    void aCampaignThatSaysNothingHasTheUsualPlan() {
        assertThat(read().planSettings()).isEqualTo(PlanSettings.DEFAULT);
        assertThat(read().hours().blocked()).isEmpty();
    }

    @Test
    void aChangedPlanComesBackAsItWasKept() {
        Campaign before = read();
        var settings = new PlanSettings(
                Map.of(PlanSetting.PER_MONTH, 4, PlanSetting.AFTER_BUSY, 45),
                LocalTime.of(12, 30),
                LocalTime.of(18, 0),
                null);
        var hours = new CallingHours(
                before.hours().days(), before.hours().spans(), Set.of(TODAY.plusDays(3), TODAY.plusDays(9)));
        Campaign changed = before.with(new AttemptPlan(hours, 7, settings));

        boolean kept = answer(database.inTransaction(sql -> campaigns.replan(sql, changed)));
        assertThat(kept).isTrue();
        assertThat(read()).isEqualTo(changed);
        stored.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", stored.id()));
        boolean keptWhenClosed = answer(database.inTransaction(sql -> campaigns.replan(sql, before)));
        assertThat(keptWhenClosed).as("a closed campaign keeps its plan").isFalse();
    }

    /** The order in SQL is the order in Java. */
    @ParameterizedTest
    @CsvSource({
        "2009-11-24, 0",
        "2009-11-24, 14",
        "2009-11-24, 15",
        "2010-11-24, 42",
        "2010-11-25, 43",
        "2008-11-24, 3",
        "2008-11-25, 100",
        "2008-02-29, 0"
    })
    void everybodyOnTheListIsEnrolledInTheOrderOfPriority(LocalDate born, int listedDaysAgo) {
        LocalDate listed = TODAY.minusDays(listedDaysAgo);
        long youth = stored.youth("TO_CALL");
        stored.run("update youth set birth_date = :born where id = :id", Map.of("born", born, "id", youth));
        stored.run(
                "delete from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", stored.id(), "youth", youth));
        enter(youth, listed);
        Campaign campaign = read();
        Instant first = campaign.plan().first(NOW);

        int enrolled = answer(database.inTransaction(sql -> campaigns.enrol(sql, campaign, first, NOW)));

        record Row(int priority, @Nullable LocalDate listedOn, Instant next) {}
        Row row = stored.ask(
                "select priority, listed_on, next_attempt_at from campaign_youth where youth_id = :youth",
                Map.of("youth", youth),
                r -> new Row(r.integer("priority"), r.dateOrNull("listed_on"), r.instant("next_attempt_at")));
        assertThat(enrolled).isEqualTo(1);
        assertThat(row).isEqualTo(new Row(Priority.of(false, born, listed, TODAY), listed, first));
        assertThat(first).isEqualTo(TODAY.atTime(17, 0).atZone(PARIS).toInstant());
    }

    @Test
    void theWayCallsAreConductedIsKeptUntilTheCampaignIsClosed() {
        Campaign before = read();
        assertThat(before.modes()).isEqualTo(ModeSettings.DEFAULT);
        assertThat(before.nobodyText()).contains("01 99 00 12 34").doesNotContain("écroch");
        assertThat(before.voicemailText()).contains("01 99 00 12 34").doesNotContain("écroch");
        Campaign changed = before.with(
                Campaign.Mode.PREVIEW,
                new ModeSettings(Duration.ofSeconds(90), false, "Rappelez-nous.", "Bientôt.", 0.015));

        boolean kept = answer(database.inTransaction(sql -> campaigns.conduct(sql, changed)));
        assertThat(kept).isTrue();
        assertThat(read()).isEqualTo(changed);
        stored.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", stored.id()));
        boolean keptWhenClosed = answer(database.inTransaction(sql -> campaigns.conduct(sql, before)));
        assertThat(keptWhenClosed).isFalse();
    }

    /** 16 CFR 310.4(b)(4): of the calls that a person answered within 30 days, those not with an agent within 2 s. */
    @Test
    void abandonmentIsAShareOfTheCallsThatPeopleAnswered() {
        assertThat(abandonment()).isEqualTo(new Abandonment(0, 0));
        assertThat(abandonment().rate()).isZero();
        answered("ABANDONED", NOW, null);
        answered("REFERRAL", NOW, "1900 milliseconds");
        answered("REFUSED", NOW, "2100 milliseconds");
        answered("IN_SOLUTION", NOW.minus(Duration.ofDays(29)), "0 seconds");
        answered("VOICEMAIL", NOW, "5 seconds");
        answered("ABANDONED", NOW.minus(Duration.ofDays(31)), null);
        stored.run(
                "update call_attempt set answered_at = null where id = :id",
                Map.of("id", answered("NO_ANSWER", NOW, null)));

        stored.run(
                "update call_attempt set inbound = true, n = null where id = :id",
                Map.of("id", answered("ABANDONED", NOW, null)));

        assertThat(abandonment()).isEqualTo(new Abandonment(4, 2));
        assertThat(abandonment().rate()).isEqualTo(0.5);
        assertThat(new Abandonment(230, 1).shown()).isEqualTo("0,4\u00a0%");
    }

    private Abandonment abandonment() {
        return answer(database.inTransaction(sql -> Abandonments.share(sql, stored.id(), NOW)));
    }

    /** @param bridged how long after the gate the agent was there; null for never */
    private long answered(String result, Instant at, @Nullable String bridged) {
        long attempt = stored.attempt(stored.youth("IN_CALL"), 1, at);
        stored.run(
                "update call_attempt set result = :result, admitted_at = :at where id = :id",
                Map.of("result", result, "at", at, "id", attempt));
        if (bridged != null) {
            stored.run(
                    "update call_attempt set bridged_at = admitted_at + cast(cast(:bridged as text) as interval) where id = :id",
                    Map.of("bridged", bridged, "id", attempt));
        }
        return attempt;
    }

    @Test
    void textsComeBackAsTheyWereKept() {
        assertThat(read().texts()).isEqualTo(TextSettings.fallback("Bonjour"));
        var texts = new TextSettings(
                Map.of(
                        TextKind.ANNOUNCEMENT,
                        new TextSettings.Letter(true, new TextTemplate("Bonjour {prenom} « été » \n€ STOP")),
                        TextKind.FALLBACK,
                        new TextSettings.Letter(false, new TextTemplate("Au revoir. STOP"))),
                Map.of(TextSetting.GAP, 48, TextSetting.ANNOUNCE_BEFORE, 6),
                List.of(2, 4),
                TextSettings.hours(Set.of(DayOfWeek.SATURDAY), LocalTime.of(9, 0), LocalTime.of(18, 30)),
                "le CIO");

        assertThat(rewritten(texts)).isTrue();

        assertThat(read().texts()).isEqualTo(texts);
        assertThat(stored.<Integer>ask(
                        "select announce_hours from campaign where id = :id",
                        Map.of("id", stored.id()),
                        row -> row.integer("announce_hours")))
                .isEqualTo(6);
        stored.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", stored.id()));
        assertThat(rewritten(texts)).isFalse();
    }

    @Test
    void whoeverCanBeWrittenToIsAnnouncedOnceAndCalledAfterIt() {
        long mobile = stored.youth("TO_CALL");
        stored.number(mobile, "YOUTH");
        long mother = stored.youth("TO_CALL");
        stored.number(mother, "GUARDIAN1");
        long called = stored.youth("TO_CALL");
        stored.number(called, "YOUTH");
        stored.run("update campaign_youth set attempts = 1 where youth_id = :youth", Map.of("youth", called));
        Instant first = NOW.plus(Duration.ofHours(9));

        for (int i = 0; i < 2; i++) {
            answer(database.inTransaction(
                    sql -> campaigns.announce(sql, stored.id(), NOW.plus(Duration.ofHours(6)), first, NOW)));
        }

        assertThat(planned()).isEqualTo(1);
        assertThat(nextCall(mobile)).isEqualTo(first);
        assertThat(nextCall(mother)).isEqualTo(NOW);
        assertThat(nextCall(called)).isEqualTo(NOW);
        stored.run("delete from campaign_youth where youth_id = :youth", Map.of("youth", mobile));
        assertThat(planned()).as("goes with the place in the queue").isZero();
    }

    /** They refused to talk not long ago: « nous allons vous appeler » comes when it is true, not when the list is loaded. */
    @Test
    void whoeverIsLeftAloneForATimeIsAnnouncedBeforeTheirOwnFirstCall() {
        long resting = stored.youth("TO_CALL");
        stored.number(resting, "YOUTH");
        Instant rested = NOW.plus(Duration.ofDays(50));
        stored.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", rested, "youth", resting));

        answer(database.inTransaction(sql -> campaigns.announce(
                sql, stored.id(), NOW.plus(Duration.ofHours(6)), NOW.plus(Duration.ofHours(9)), NOW)));

        assertThat(nextCall(resting)).isEqualTo(rested);
        assertThat(stored.<Instant>ask(
                        "select due_at from text_plan where youth_id = :youth",
                        Map.of("youth", resting),
                        row -> row.instant("due_at")))
                .isEqualTo(rested.minus(Duration.ofHours(3)));
        assertThat(stored.<Instant>ask(
                        "select about from text_plan where youth_id = :youth",
                        Map.of("youth", resting),
                        row -> row.instant("about")))
                .isEqualTo(rested);
    }

    /** Beyond {@code Sql}'s limit the node would refuse every statement. */
    @Test
    void enteringTheQueueIsOneStatementForAllCampaignsAndMoments() {
        Campaign campaign = read();
        enrol(campaign, NOW);
        int before = TestingStatements.count();

        for (int day = 1; day <= 20; day++) {
            enrol(campaign, NOW.plus(Duration.ofDays(day)));
        }

        assertThat(TestingStatements.count()).isEqualTo(before);
    }

    private void enrol(Campaign campaign, Instant now) {
        answer(database.inTransaction(sql -> campaigns.enrol(sql, campaign, now.plusSeconds(3600), now)));
    }

    private boolean rewritten(TextSettings texts) {
        return answer(database.inTransaction(sql -> campaigns.rewrite(sql, stored.id(), texts)));
    }

    private long planned() {
        return stored.ask(
                "select count(*) as n from text_plan where campaign_id = :campaign and kind = 'ANNOUNCEMENT'",
                Map.of("campaign", stored.id()),
                row -> row.id("n"));
    }

    private Instant nextCall(long youth) {
        return stored.ask(
                "select next_attempt_at from campaign_youth where youth_id = :youth",
                Map.of("youth", youth),
                row -> row.instant("next_attempt_at"));
    }

    private void enter(long youth, LocalDate listed) {
        Campaign campaign = read();
        long version = stored.ask(
                """
                insert into list_version (list_id, file_name, sha256, complete, headers, loaded_at)
                values (:list, 'essai.csv', sha256(convert_to(:hash, 'UTF8')), true, '', :at) returning id""",
                Map.of(
                        "list", campaign.listId(),
                        "hash", "h" + youth,
                        "at", listed.atTime(12, 0).atZone(PARIS).toInstant()),
                row -> row.id("id"));
        stored.run(
                "insert into list_entry (list_id, youth_id, version_id, line, digest, raw_digest)"
                        + " values (:list, :youth, :version, 2, 0, 0)",
                Map.of("list", campaign.listId(), "youth", youth, "version", version));
    }
}
