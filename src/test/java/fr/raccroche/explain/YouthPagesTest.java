package fr.raccroche.explain;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.security.Role;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why a youth is not called now, as people and programs are told. */
@ApplicationTest
class YouthPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Clock injected;

    private Instant now;
    private TestingQueue campaign;
    private Person supervisor;

    @BeforeEach
    void aCampaign() {
        now = aTuesdayMorning();
        campaign = new TestingQueue(database, now);
        LocalDate today = now.atZone(PARIS).toLocalDate();
        campaign.run(
                "update campaign set starts_on = :from, ends_on = :to where id = :id",
                Map.of("from", today.minusDays(30), "to", today.plusDays(60), "id", campaign.id()));
        supervisor = accounts.signedIn(Role.SUPERVISOR);
    }

    /** The business clock is everybody's and only goes on: to the next Tuesday, unless it is one. */
    private Instant aTuesdayMorning() {
        var clock = (BusinessClock) injected;
        var local = clock.instant().atZone(PARIS);
        if (local.getDayOfWeek() != DayOfWeek.TUESDAY || local.getHour() != 10) {
            clock.reset(
                    local.with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                            .with(LocalTime.of(10, 0))
                            .toInstant(),
                    1);
        }
        return clock.instant();
    }

    /** Tried twice in the week, the last time yesterday evening; planned for Friday afternoon. */
    private long youth() {
        long youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");
        Instant yesterday = evening(1);
        long first = campaign.attempt(youth, 1, evening(4));
        long second = campaign.attempt(youth, 2, yesterday);
        campaign.run("update call_attempt set result = 'VOICEMAIL' where id = :id", Map.of("id", first));
        campaign.run("update call_attempt set result = 'NO_ANSWER' where id = :id", Map.of("id", second));
        campaign.run("""
                update campaign_youth set attempts = 2, next_attempt_at = :next
                where campaign_id = :campaign and youth_id = :youth""", Map.of("next", planned(), "campaign", campaign.id(), "youth", youth));
        return youth;
    }

    private Instant evening(int daysAgo) {
        return at(daysAgo, LocalTime.of(18, 0));
    }

    /** Three days ahead at least, when calls are made. */
    private Instant planned() {
        int ahead = 3;
        while (!FrenchCalendar.isWorkingDay(
                at(-ahead, LocalTime.NOON).atZone(PARIS).toLocalDate())) {
            ahead++;
        }
        return at(-ahead, LocalTime.of(15, 0));
    }

    private Instant at(int daysAgo, LocalTime time) {
        return now.atZone(PARIS)
                .toLocalDate()
                .minusDays(daysAgo)
                .atTime(time)
                .atZone(PARIS)
                .toInstant();
    }

    private ValidatableResponse ask(Person person, long youth) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, person.session())
                .accept("application/json")
                .get("/youths/" + youth + "/calls.json")
                .then();
    }

    @Test
    void aSupervisorFindsAYouthAndReadsWhyNot() {
        String name = "Zebrowski" + campaign.id();
        long youth = youth();
        campaign.run(
                "update youth set last_name = :name, name_key = lower(:name) || '|lina' where id = :id",
                Map.of("name", name, "id", youth));
        Page page = browser.page(supervisor);

        page.navigate("/youths");
        page.getByLabel("Chercher un jeune").fill("lina " + name);
        page.getByText("Chercher", new Page.GetByTextOptions().setExact(true)).click();
        TestingBrowser.look(page, "youths");
        page.getByText(name + " Lina").click();

        assertThat(page.locator("h1")).containsText("Lina " + name);
        assertThat(page.getByText("Pas maintenant : dès")).isVisible();
        assertThat(page.locator(".rule-no").first()).containsText("Trop tôt après le dernier résultat");
        page.getByText("Les " + CallingRules.Rule.values().length + " règles").click();
        assertThat(page.locator("details .rule-yes").first()).containsText("Aucune opposition");
        TestingBrowser.look(page, "why-not-now");
    }

    @Test
    void whoMayBeCalledNowIsToldSo() {
        long youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");

        ask(supervisor, youth)
                .statusCode(200)
                .body("youthId", equalTo((int) youth))
                .body("campaigns", hasSize(1))
                .body("campaigns[0].now", equalTo(true))
                .body(
                        "campaigns[0].reasons.rule",
                        contains(Arrays.stream(CallingRules.Rule.values())
                                .map(Enum::name)
                                .toArray()))
                .body("campaigns[0].reasons.findAll { !it.passes }", hasSize(0));
    }

    @Test
    void programsGetTheSameAnswerWithoutNamesOrNumbers() {
        long youth = youth();

        String body = ask(supervisor, youth)
                .body("campaigns[0].now", equalTo(false))
                .body("campaigns[0].next.from", equalTo(planned().toString()))
                .body("campaigns[0].next.because", hasSize(0))
                .body("campaigns[0].attempts.result", contains("VOICEMAIL", "NO_ANSWER"))
                .body("campaigns[0].attempts.part", contains("EVENING", "EVENING"))
                .body("campaigns[0].reasons.find { it.rule == 'ATTEMPTS_USED' }.count.used", equalTo(2))
                .body("campaigns[0].reasons.find { it.rule == 'WEEK_CAP' }.count.of", equalTo(4))
                .body("campaigns[0].reasons.find { it.rule == 'PLANNED' }.passes", equalTo(false))
                .extract()
                .asString();

        assertThat(body).doesNotContain("Benali", "Lina", "+336");
    }

    @Test
    void anObjectionIsForGood() {
        long youth = youth();
        campaign.objection(youth);

        ask(supervisor, youth)
                .body("campaigns[0].next.from", nullValue())
                .body("campaigns[0].next.because", contains("OBJECTION"));
    }

    private void objected(long youth, long in) {
        campaign.run("""
                update campaign_youth set state = 'OBJECTED', next_attempt_at = null, settled_at = :at
                where campaign_id = :campaign and youth_id = :youth""", Map.of("at", now, "campaign", in, "youth", youth));
    }

    private String place(long youth, long in) {
        return campaign.ask(
                "select concat_ws(' ', state, next_attempt_at > :now) as place from campaign_youth"
                        + " where campaign_id = :campaign and youth_id = :youth",
                Map.of("now", now, "campaign", in, "youth", youth),
                row -> row.text("place"));
    }

    private int lift(Person person, long youth, String reason) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, person.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .formParam("reason", reason)
                .post("/youths/" + youth + "/objection/lift")
                .statusCode();
    }

    @Test
    void anObjectionThatWasAMistakeIsLiftedWithAReasonAndCallsGoOn() {
        long youth = youth();
        campaign.run(
                "update call_attempt set result = 'OBJECTED' where youth_id = :youth and n = 2",
                Map.of("youth", youth));
        campaign.objection(youth);
        objected(youth, campaign.id());
        Page page = browser.page(supervisor);
        page.onDialog(dialog -> dialog.accept());

        page.navigate("/youths/" + youth + "/calls");
        TestingBrowser.look(page, "objection");
        page.getByLabel("Motif").fill("Erreur de touche de l'agent");
        page.getByText("Lever l'opposition", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByLabel("Motif")).hasCount(0);
        assertThat(place(youth, campaign.id())).as("by the plan, not at once").isEqualTo("TO_CALL t");
        assertThat(campaign.<String>ask(
                        "select lift_reason || ' ' || lifted_by as lifted from objection where youth_id = :youth",
                        Map.of("youth", youth),
                        row -> row.text("lifted")))
                .isEqualTo("Erreur de touche de l'agent " + supervisor.account().id());
        assertThat(lift(supervisor, youth, "encore")).as("lifted before").isEqualTo(303);
        assertThat(campaign.<Long>ask(
                        "select count(*) as n from access_log where action = 'objection-lifted' and subject = :youth",
                        Map.of("youth", "youth:" + youth),
                        row -> row.id("n")))
                .isEqualTo(1);
    }

    @Test
    void whatEndedForAnotherReasonStaysEnded() {
        long youth = youth();
        var closed = new TestingQueue(database, now);
        var settled = new TestingQueue(database, now);
        var used = new TestingQueue(database, now);
        for (var other : List.of(closed, settled, used)) {
            other.run(
                    "insert into campaign_youth (campaign_id, youth_id, next_attempt_at) values (:campaign, :youth, :at)",
                    Map.of("campaign", other.id(), "youth", youth, "at", now));
            objected(youth, other.id());
        }
        closed.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", closed.id()));
        settled.run("update campaign_youth set state = 'REFERRED' where campaign_id = :id", Map.of("id", settled.id()));
        used.run("update campaign set max_attempts = 1 where id = :id", Map.of("id", used.id()));
        used.attempt(youth, 1, now.minus(Duration.ofDays(2)));
        campaign.objection(youth);
        objected(youth, campaign.id());

        assertThat(lift(supervisor, youth, "  ")).isEqualTo(400);
        assertThat(lift(supervisor, youth, "x".repeat(501))).isEqualTo(400);
        assertThat(lift(accounts.signedIn(Role.AGENT), youth, "motif")).isEqualTo(403);
        assertThat(place(youth, campaign.id())).isEqualTo("OBJECTED");
        assertThat(lift(supervisor, youth, "motif")).isEqualTo(303);

        assertThat(place(youth, campaign.id())).isEqualTo("TO_CALL t");
        assertThat(place(youth, closed.id())).isEqualTo("OBJECTED");
        assertThat(place(youth, settled.id())).isEqualTo("REFERRED");
        assertThat(place(youth, used.id())).isEqualTo("UNREACHABLE");
    }

    /** A campaign that calls the same youth at this moment, a text on its way, calls from elsewhere. */
    @Test
    void otherCampaignsAndOtherChannelsAreSeen() {
        long youth = youth();
        var other = new TestingQueue(database, now);
        other.run(
                "insert into campaign_youth (campaign_id, youth_id, next_attempt_at) values (:campaign, :youth, :at)",
                Map.of("campaign", other.id(), "youth", youth, "at", now));
        other.attempt(youth, 1, now.minus(Duration.ofDays(2)));
        long open = other.attempt(youth, 2, now);
        other.run("update call_attempt set closed_at = null, n = null where id = :id", Map.of("id", open));
        campaign.run("""
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, '+33639980000', 'Bonjour', :token, 'TO_SEND', :at)""", Map.of("campaign", campaign.id(), "youth", youth, "token", "t" + youth, "at", now));

        ask(supervisor, youth)
                .body("campaigns", hasSize(2))
                .body("campaigns[1].reasons.find { it.rule == 'IN_HAND' }.event", equalTo(true))
                .body("campaigns[1].reasons.find { it.rule == 'CHANNEL_PENDING' }.passes", equalTo(false))
                .body("campaigns[1].reasons.find { it.rule == 'ATTEMPTS_USED' }.count.used", equalTo(2))
                .body("campaigns[1].reasons.find { it.rule == 'YEAR_CAP' }.count.used", equalTo(3))
                .body("campaigns[0].reasons.find { it.rule == 'ATTEMPTS_USED' }.count.used", equalTo(1));
        campaign.run("delete from call_attempt where id = :id", Map.of("id", open));
    }

    @Test
    void anUnreadReplyHoldsCallsBackUntilItAskedForOne() {
        long youth = youth();
        campaign.run(
                """
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, '+33639980000', 'Bonjour', :token, 'DELIVERED', :before)""",
                Map.of(
                        "campaign",
                        campaign.id(),
                        "youth",
                        youth,
                        "token",
                        "o" + youth,
                        "before",
                        now.minus(Duration.ofHours(2))));
        campaign.run("""
                insert into sms_message (direction, youth_id, e164, body, kind, sid, state, created_at)
                values ('IN', :youth, (select min(e164) from phone_number where youth_id = :youth), 'oui', 'YES', :sid,
                        'RECEIVED', :at)""", Map.of("youth", youth, "sid", "i" + youth, "at", now));

        ask(supervisor, youth)
                .body("campaigns[0].reasons.find { it.rule == 'REPLY_TO_READ' }.event", equalTo(true))
                .body("campaigns[0].next.because", contains("REPLY_TO_READ"));

        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                values (:campaign, :youth, :at, 'SMS_REPLY', :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", now));
        ask(supervisor, youth).body("campaigns[0].reasons.findAll { !it.passes }.rule", contains("PLANNED"));
    }

    @Test
    void anAgentSeesOnlyTheYouthsOfTheirCampaignAndThoseTheyCalled() {
        long youth = youth();
        Person stranger = accounts.signedIn(Role.AGENT);
        Person colleague = accounts.signedIn(Role.AGENT);
        campaign.run("""
                insert into agent_presence (account_id, campaign_id, state, since) values (:agent, :campaign, 'PAUSED', :at)""", Map.of("agent", colleague.account().id(), "campaign", campaign.id(), "at", now));

        ask(stranger, youth).statusCode(404).body(not(containsString("Lina")));
        ask(colleague, youth).statusCode(200).body("campaigns", hasSize(1));
        ask(supervisor, -1).statusCode(404);
        long noted = campaign.ask(
                "select count(*) as n from access_log where action = 'youth-calls-viewed' and subject = :subject",
                Map.of("subject", "youth:" + youth),
                row -> row.id("n"));
        assertThat(noted).isEqualTo(1);
    }

    @Test
    void aSearchThatMakesNoSenseIsRefusedAndLikeSignsAreLetters() {
        given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .header("Origin", TestingNode.PRODUCT)
                .formParam("text", " a ")
                .post("/youths")
                .then()
                .statusCode(400);
        given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .header("Origin", TestingNode.PRODUCT)
                .formParam("text", "%%")
                .post("/youths")
                .then()
                .statusCode(200)
                .body(containsString("Personne ne correspond"));
    }
}
