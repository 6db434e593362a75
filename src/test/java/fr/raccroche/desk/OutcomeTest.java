package fr.raccroche.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only the holder of an attempt records its outcome, and records it once. */
@ApplicationTest
class OutcomeTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;
    private TestingAccounts.Person agent;
    private TestingCall call;

    @BeforeEach
    void callToRecord() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        agent = accounts.signedIn(Role.AGENT);
        call = call(agent);
        call.talked(campaign, TestingNode.OPENING);
    }

    private TestingCall call(TestingAccounts.Person holder) {
        long youth = campaign.youth("TO_CALL");
        return TestingCall.open(
                campaign,
                tokens,
                youth,
                campaign.number(youth, "YOUTH"),
                holder.account().id(),
                1,
                TestingNode.OPENING);
    }

    private int post(TestingAccounts.Person person, TestingCall about, String more) {
        return post("/desk/outcome", person, about, more);
    }

    private int post(String path, TestingAccounts.Person person, TestingCall about, String more) {
        var request = HttpRequest.newBuilder(URI.create(TestingNode.PRODUCT + path))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", TestingAccounts.COOKIE + "=" + person.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "attemptId=" + about.id() + "&actionId=" + about.actionId() + "&next=PAUSED&" + more))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long recorded(TestingCall about) {
        return campaign.ask(
                "select count(*) as n from outcome where attempt_id = :id",
                Map.of("id", about.id()),
                row -> row.id("n"));
    }

    @Test
    void aYouthGetsTwoMessagesInAllCampaignsHoweverOftenTheKeyIsPressed() {
        assertThat(message(call)).as("nobody is on the line").isEqualTo(409);
        answered(call);
        assertThat(message(call)).isEqualTo(204);
        assertThat(message(call)).as("pressed again").isEqualTo(204);
        assertThat(messages()).isEqualTo(1);
        assertThat(recorded(call)).isEqualTo(1);

        var elsewhere = new TestingQueue(database, TestingNode.OPENING);
        elsewhere.run(
                "insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at) values (:campaign, :youth, 'TO_CALL', :at)",
                Map.of("campaign", elsewhere.id(), "youth", call.youth(), "at", TestingNode.OPENING));
        var second = again(elsewhere, 1);
        assertThat(message(second)).isEqualTo(204);
        assertThat(messages()).isEqualTo(2);

        var third = again(campaign, 2);
        assertThat(message(third)).as("a third message").isEqualTo(409);
        assertThat(messages()).isEqualTo(2);
        assertThat(recorded(third)).as("the agent notes it themselves").isZero();
        assertThat(post(agent, third, "outcome=VOICEMAIL")).isEqualTo(204);
        assertThatThrownBy(() -> campaign.run(
                        "insert into voicemail_message (youth_id, n, attempt_id, left_at) values (:youth, 3, :attempt, :at)",
                        Map.of("youth", call.youth(), "attempt", third.id(), "at", TestingNode.OPENING)))
                .as("the database has the last word")
                .isNotNull();
    }

    /** The desk showed three texts when the call was answered; what it did not show, nobody read. */
    @Test
    void theTextsThatTheAgentSawAreReadAndNoOthers() {
        String number = campaign.ask(
                "select e164 from call_attempt where id = :id", Map.of("id", call.id()), row -> row.text("e164"));
        campaign.run("""
                insert into sms_message (direction, youth_id, e164, body, sid, state, created_at)
                select 'IN', case when hours <> 2 then cast(:youth as bigint) end, :e164, cast(hours as text),
                       concat('SM', cast(:youth as bigint), '-', hours), 'RECEIVED', cast(:at as timestamptz) - hours * interval '1 hour'
                from unnest(array[-1, 1, 2, 3, 4, 24 * 40]) as hours""", Map.of("youth", call.youth(), "e164", number, "at", TestingNode.OPENING));

        assertThat(post(agent, call, "outcome=NO_REFERRAL")).isEqualTo(204);

        assertThat(campaign.<String>ask(
                        "select string_agg(body, ' ' order by id) as unread from sms_message where e164 = :e164 and handled_at is null",
                        Map.of("e164", number),
                        row -> row.text("unread")))
                .isEqualTo("-1 4 960");
    }

    /** The youth is called once more by the same agent, on the same number, and a machine answers. */
    private TestingCall again(TestingQueue where, int n) {
        long phone = campaign.ask(
                "select id from phone_number where youth_id = :youth", Map.of("youth", call.youth()), r -> r.id("id"));
        var next = TestingCall.open(
                where, tokens, call.youth(), phone, agent.account().id(), n, TestingNode.OPENING);
        answered(next);
        return next;
    }

    private void answered(TestingCall about) {
        campaign.run("""
                update call_attempt set state = 'ANSWERED', call_sid = 'CA' || token, rang_at = :at, answered_at = :at,
                       ended_at = null where id = :id""", Map.of("at", TestingNode.OPENING, "id", about.id()));
    }

    private int message(TestingCall about) {
        return post("/desk/message", agent, about, "");
    }

    private long messages() {
        return campaign.ask(
                "select count(*) as n from voicemail_message where youth_id = :youth",
                Map.of("youth", call.youth()),
                row -> row.id("n"));
    }

    @Test
    void anOutcomePostedTenTimesAtOnceIsRecordedOnce() throws InterruptedException, ExecutionException {
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var posts = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 10; i++) {
                posts.add(threads.submit(() -> post(agent, call, "outcome=REFUSED")));
            }
            for (Future<Integer> post : posts) {
                statuses.add(post.get());
            }
        }

        assertThat(statuses).containsOnly(204);
        assertThat(recorded(call)).isEqualTo(1);
    }

    @Test
    void anOutcomePostedAgainLaterIsTheSameOne() {
        assertThat(post(agent, call, "outcome=REFERRAL&structureKind=CIO&agreedBy=YOUTH"))
                .isEqualTo(204);
        assertThat(post(agent, call, "outcome=REFUSED")).isEqualTo(204);

        assertThat(campaign.<String>ask(
                        "select kind from outcome where attempt_id = :id",
                        Map.of("id", call.id()),
                        row -> row.text("kind")))
                .isEqualTo("REFERRAL");
    }

    @Test
    void anotherAgentsCallDoesNotExist() {
        var other = accounts.signedIn(Role.AGENT);

        assertThat(post(other, call, "outcome=REFUSED")).isEqualTo(404);
        assertThat(recorded(call)).isZero();

        assertThat(post(agent, call, "outcome=REFUSED")).isEqualTo(204);
        assertThat(post(other, call, "outcome=REFUSED")).isEqualTo(404);
    }

    @Test
    void whoeverHasNotAnsweredGaveNoAnswer() {
        var other = accounts.signedIn(Role.AGENT);
        var ringing = call(other);

        assertThat(post(other, ringing, "outcome=REFUSED")).isEqualTo(409);
        assertThat(recorded(ringing)).isZero();
    }

    @Test
    void anIncompleteOutcomeIsNotRecorded() {
        assertThat(post(agent, call, "outcome=REFERRAL&structureKind=CIO")).isEqualTo(400);
        assertThat(recorded(call)).isZero();
    }
}
