package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.queue.PlannedTexts;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in step with the calls, on the running application. */
@ApplicationTest
class TextingTest {

    @Inject
    Database database;

    @Inject
    Campaigns campaigns;

    @Inject
    Texting texting;

    @Inject
    TextPlans plans;

    @Inject
    Tokens tokens;

    @Inject
    Clock clock;

    private Instant now = TestingNode.OPENING;
    private TestingQueue campaign;
    private long youth;
    private long phone;
    private String number = "";

    @BeforeEach
    void youthWhoWasNeverReached() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        campaign.run(
                """
                update campaign set sms_sender = '+33639989900', sms_text = 'Bonjour {prenom}, {service} : {lien} STOP',
                       starts_on = :from, ends_on = :to where id = :id""",
                Map.of(
                        "from",
                        now.atZone(PARIS).toLocalDate().minusDays(20),
                        "to",
                        now.atZone(PARIS).toLocalDate().plusDays(60),
                        "id",
                        campaign.id()));
        youth = campaign.youth("TO_CALL");
        phone = campaign.number(youth, "YOUTH");
        number = campaign.e164(phone);
        campaign.run(
                "update campaign_youth set next_attempt_at = :later where youth_id = :youth",
                Map.of("later", now.plus(Duration.ofDays(2)), "youth", youth));
    }

    private void plan(Occasion occasion) {
        answer(database.inTransaction(sql -> plans.add(sql, campaign.id(), youth, occasion, now)));
    }

    private Occasion fallback(Instant due) {
        return new Occasion(TextKind.FALLBACK, "FALLBACK 3", due, now);
    }

    private long texts() {
        return campaign.count(
                "select count(*) as n from sms_message where youth_id = :youth and direction = 'OUT'",
                Map.of("youth", youth));
    }

    private String state(String occasion) {
        return campaign.ask("""
                select coalesce((select state || coalesce(' ' || reason, '') from text_plan
                                  where youth_id = :youth and occasion = :occasion), 'NONE') as state""", Map.of("youth", youth, "occasion", occasion), row -> row.text("state"));
    }

    /** What the network was asked to carry to this number. */
    private List<String> carried() {
        return RestAssured.given()
                .auth()
                .preemptive()
                .basic(TestingWebhook.ACCOUNT, TestingWebhook.TOKEN)
                .baseUri("http://127.0.0.1:" + TestingNode.SIMULATOR_PORT)
                .queryParam("To", number)
                .get("/2010-04-01/Accounts/" + TestingWebhook.ACCOUNT + "/Messages.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("messages.body", String.class);
    }

    @Test
    void aDueTextIsWrittenAndItsLinkIsKnownToThePhoneOnly() {
        plan(fallback(now));

        answer(texting.tick(now));
        await().atMost(PATIENCE).until(() -> !carried().isEmpty());

        String body = carried().getFirst();
        assertThat(body)
                .matches("(?s)Bonjour Lina, la Région Ile-de-France : \\Q" + TestingNode.PRODUCT
                        + "\\E/r/[\\w-]{22} STOP");
        String token = body.replaceFirst("(?s).*/r/", "").replace(" STOP", "");
        assertThat(campaign.<String>ask(
                        "select body from sms_message where youth_id = :youth",
                        Map.of("youth", youth),
                        row -> row.text("body")))
                .contains("{lien}")
                .doesNotContain(token);
        assertThat(campaign.<Boolean>ask(
                        "select token_hash = sha256(convert_to(:token, 'UTF8')) as fits from personal_link where youth_id = :youth",
                        Map.of("token", token, "youth", youth),
                        row -> row.flag("fits")))
                .isTrue();
        assertThat(state("FALLBACK 3")).isEqualTo("WRITTEN");
    }

    @Test
    void manyNodesWriteItOnce() {
        plan(fallback(now));

        CompletableFuture<?>[] ticks = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> answer(texting.tick(now))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ticks).join();
        plan(fallback(now));
        answer(texting.tick(now));

        assertThat(texts()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> carried().size() == 1);
    }

    @Test
    void whatTheRulesRefuseIsDroppedWithItsReasonOrWaits() {
        campaign.objection(youth);
        plan(fallback(now));
        answer(texting.tick(now));
        assertThat(state("FALLBACK 3")).isEqualTo("DROPPED OBJECTION");

        youth = campaign.youth("IN_CALL");
        campaign.number(youth, "YOUTH");
        long open = campaign.attempt(youth, 1, now);
        campaign.run("update call_attempt set closed_at = null, n = null where id = :id", Map.of("id", open));
        plan(fallback(now));
        answer(texting.tick(now));
        assertThat(state("FALLBACK 3")).isEqualTo("PLANNED");
        assertThat(texts()).isZero();
        campaign.run("delete from call_attempt where id = :id", Map.of("id", open));
    }

    @Test
    void aReplyCancelsWhatIsPlanned() {
        plan(fallback(now.plus(Duration.ofDays(1))));

        var response = TestingWebhook.genuine(
                "/webhooks/twilio/sms",
                Map.of(
                        "From",
                        number,
                        "To",
                        "+33639989900",
                        "Body",
                        "C'est qui ?",
                        "MessageSid",
                        "SM" + tokens.next()));

        assertThat(response.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> state("FALLBACK 3"), "DROPPED OPEN_REPLY"::equals);
        assertThat(campaign.place(youth)).isEqualTo("TO_CALL");
    }

    private String body() {
        return campaign.ask(
                "select body from sms_message where youth_id = :youth and direction = 'OUT'",
                Map.of("youth", youth),
                row -> row.text("body"));
    }

    @Test
    void whoWasPromisedACallThatIsLateIsToldOnce() {
        Instant due = now.minus(Duration.ofMinutes(6));
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, until, reason, created_at)
                values (:campaign, :youth, :due, :due, 'ASKED', :due)""", Map.of("campaign", campaign.id(), "youth", youth, "due", due));
        campaign.run(
                "update campaign_youth set state = 'CALLBACK', next_attempt_at = :due where youth_id = :youth",
                Map.of("due", due, "youth", youth));

        answer(texting.tick(now));
        answer(texting.tick(now));

        assertThat(texts()).isEqualTo(1);
        assertThat(body()).contains("devait vous appeler à");
    }

    @Test
    void theTextAfterTheLastAttemptOffersNoCall() {
        campaign.run(
                "update campaign_youth set state = 'UNREACHABLE', next_attempt_at = null, settled_at = :now where youth_id = :youth",
                Map.of("now", now, "youth", youth));
        plan(fallback(now));

        answer(texting.tick(now));

        assertThat(body()).contains("appelez-nous au").doesNotContain("{lien}");
    }

    @Test
    void whoWaitsForAnAnnouncementThatIsSwitchedOffIsCalledWithout() {
        plan(new Occasion(
                TextKind.ANNOUNCEMENT, "ANNOUNCEMENT", now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2))));

        answer(database.inTransaction(sql -> PlannedTexts.releaseAnnounced(sql, campaign.id(), now)));

        assertThat(state("ANNOUNCEMENT")).isEqualTo("DROPPED SWITCHED_OFF");
        assertThat(campaign.<Instant>ask(
                        "select next_attempt_at from campaign_youth where youth_id = :youth",
                        Map.of("youth", youth),
                        row -> row.instant("next_attempt_at")))
                .isBeforeOrEqualTo(now);
    }

    private String sent(String occasion) {
        String token = tokens.next();
        campaign.run(
                """
                insert into sms_message (direction, campaign_id, youth_id, e164, occasion, body, token, state, created_at)
                values ('OUT', :campaign, :youth, :e164, :occasion, 'Bonjour', :token, 'ACCEPTED', :at)""",
                Map.of(
                        "campaign", campaign.id(),
                        "youth", youth,
                        "e164", number,
                        "occasion", occasion,
                        "token", token,
                        "at", now));
        return token;
    }

    private static void report(String token, String status, @Nullable Integer error) {
        var fields = Map.of(
                "MessageSid",
                "SM" + token,
                "MessageStatus",
                status,
                "ErrorCode",
                error == null ? "" : error.toString());
        assertThat(TestingWebhook.genuine("/webhooks/twilio/sms/" + token, fields)
                        .statusCode())
                .isLessThan(300);
    }

    private String number() {
        return campaign.ask(
                "select state || case when textable then ' textable' else '' end as state from phone_number where id = :id",
                Map.of("id", phone),
                row -> row.text("state"));
    }

    private void awaitFollowed(String token) {
        await().atMost(PATIENCE)
                .until(() -> campaign.ask(
                        "select followed_at is not null as followed from sms_message where token = :token",
                        Map.of("token", token),
                        row -> row.flag("followed")));
    }

    @ParameterizedTest
    @CsvSource({
        "undelivered, 30005, UNTRIED, UNTRIED",
        "undelivered, 30006, UNTRIED, UNTRIED",
        "failed, 21614, UNTRIED, UNTRIED",
        "failed, 21211, UNTRIED, NOT_IN_SERVICE",
        "failed, 21211, VALID, VALID",
        "undelivered, 30007, UNTRIED, UNTRIED textable",
        "undelivered, 30008, VALID, VALID textable"
    })
    void aFailedDeliveryTeachesAboutTheNumberAndIsNoAttempt(String status, int code, String before, String after) {
        campaign.run("update phone_number set state = :state where id = :id", Map.of("state", before, "id", phone));
        String token = sent("FALLBACK 3");

        report(token, status, code);
        awaitFollowed(token);

        assertThat(number()).isEqualTo(after);
        assertThat(campaign.<Integer>ask(
                        "select attempts from campaign_youth where youth_id = :youth",
                        Map.of("youth", youth),
                        row -> row.integer("attempts")))
                .isZero();
        assertThat(texts()).isEqualTo(1);
    }

    @Test
    void reportsInAnyOrderAndTwiceTeachOnce() {
        String token = sent("FALLBACK 3");

        report(token, "undelivered", 30005);
        report(token, "sent", null);
        report(token, "delivered", null);
        awaitFollowed(token);
        campaign.run("update phone_number set textable = true where id = :id", Map.of("id", phone));
        report(token, "undelivered", 30005);
        answer(texting.tick(now));
        answer(texting.tick(now));

        assertThat(number()).as("learnt once").isEqualTo("UNTRIED textable");
        assertThat(campaign.<String>ask(
                        "select state from sms_message where token = :token",
                        Map.of("token", token),
                        row -> row.text("state")))
                .isEqualTo("UNDELIVERED");
    }

    @Test
    void aPhoneThatWasOffIsTriedOnceMoreLater() {
        plan(fallback(now));
        campaign.run(
                "update text_plan set state = 'WRITTEN', settled_at = :now where youth_id = :youth",
                Map.of("now", now, "youth", youth));
        String token = sent("FALLBACK 3");

        report(token, "undelivered", 30003);
        awaitFollowed(token);

        assertThat(campaign.<Boolean>ask("""
                        select due_at between cast(:now as timestamptz) + interval '4 hours'
                                          and cast(:now as timestamptz) + interval '5 hours' as later
                        from text_plan where youth_id = :youth and occasion = 'FALLBACK 3 again'""", Map.of("now", now, "youth", youth), row -> row.flag("later")))
                .isTrue();
        String second = sent("FALLBACK 3 again");
        report(second, "undelivered", 30003);
        awaitFollowed(second);
        assertThat(state("FALLBACK 3 again again")).isEqualTo("NONE");
    }

    @Test
    void whoToldTheNetworkToStopObjected() {
        plan(fallback(now.plus(Duration.ofDays(1))));
        String token = sent("ANNOUNCEMENT");

        report(token, "failed", 21610);
        awaitFollowed(token);

        assertThat(campaign.place(youth)).isEqualTo("OBJECTED");
        assertThat(state("FALLBACK 3")).startsWith("DROPPED");
    }

    @Test
    void theFirstCallWaitsForItsAnnouncementButNotForEver() {
        Instant due = now.plus(Duration.ofMinutes(30));
        plan(new Occasion(TextKind.ANNOUNCEMENT, "ANNOUNCEMENT", due, now.plus(Duration.ofHours(3))));
        campaign.run(
                "update campaign_youth set next_attempt_at = :now where youth_id = :youth",
                Map.of("now", now, "youth", youth));

        assertThat(pending()).isEqualTo(due.plus(Duration.ofHours(1)));
        campaign.run(
                "update text_plan set state = 'DROPPED', reason = 'CAP', settled_at = :now where youth_id = :youth",
                Map.of("now", now, "youth", youth));
        assertThat(pending()).isNull();
    }

    @Inject
    Attempts attempts;

    @Inject
    Queue queue;

    private @Nullable Instant pending() {
        var facts = answer(database.inTransaction(sql -> campaigns
                .byId(sql, campaign.id())
                .chain(found -> queue.peekFacts(sql, Objects.requireNonNull(found), youth, now))));
        return new CallingRules(Duration.ofMinutes(2))
                .checks(Objects.requireNonNull(facts), now).stream()
                        .filter(check -> check.rule() == CallingRules.Rule.CHANNEL_PENDING)
                        .findFirst()
                        .orElseThrow()
                        .until();
    }
}
