package fr.raccroche.inbound;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.Queue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text from a youth changes: nothing rings after a no, before it is read, or before the hour that it names. */
@ApplicationTest
class RepliesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    Queue queue;

    @Inject
    Campaigns campaigns;

    @Inject
    CallingRules rules;

    @Inject
    Clock clock;

    private TestingQueue campaign;
    private long youth;
    private String number = "";

    @BeforeEach
    void aYouth() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        youth = campaign.youth("TO_CALL");
        number = campaign.ask(
                "select e164 from phone_number where id = :id",
                Map.of("id", campaign.number(youth, "YOUTH")),
                row -> row.text("e164"));
    }

    private long receive(String body) {
        return receive(body, Map.of());
    }

    private long receive(String body, Map<String, String> more) {
        String sid = "SM" + tokens.next();
        var fields = new HashMap<>(Map.of("From", number, "To", "+33639989900", "Body", body, "MessageSid", sid));
        fields.putAll(more);
        assertThat(TestingWebhook.genuine("/webhooks/twilio/sms", fields).statusCode())
                .isEqualTo(200);
        long id = campaign.ask("select id from sms_message where sid = :sid", Map.of("sid", sid), row -> row.id("id"));
        await().atMost(PATIENCE)
                .until(() -> campaign.count("select count(*) as n from outbox where channel = 'sms-received'", Map.of())
                        == 0);
        return id;
    }

    private List<Rule> refusals() {
        Instant now = clock.instant();
        return refusals(now);
    }

    private List<Rule> refusals(Instant now) {
        return database.inTransaction(sql ->
                        campaigns.byId(sql, campaign.id()).chain(found -> queue.peekFacts(sql, found, youth, now)))
                .map(facts -> rules.refusals(facts, now)
                        .map(CallingRules.Verdict.Refused::rule)
                        .toList())
                .await()
                .atMost(PATIENCE);
    }

    private void decide(long text, String decision) {
        assertThat(given().baseUri(TestingNode.PRODUCT)
                        .redirects()
                        .follow(false)
                        .cookie(
                                TestingAccounts.COOKIE,
                                accounts.signedIn(Role.SUPERVISOR).session())
                        .header("Origin", TestingNode.PRODUCT)
                        .formParam("decision", decision)
                        .post("/messages/texts/" + text + "/handled")
                        .statusCode())
                .isEqualTo(303);
    }

    private long promises() {
        return campaign.count("select count(*) as n from callback where youth_id = :youth", Map.of("youth", youth));
    }

    private long objections() {
        return campaign.count(
                "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                Map.of("youth", youth));
    }

    private @Nullable String telephone() {
        return campaign.ask(
                "select max(state) as state from telephone where e164 = :e164",
                Map.of("e164", number),
                row -> row.textOrNull("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ne l'appelez plus",
                "mon fils ne veut plus",
                "Bonjour, qui êtes-vous ?",
                "J'ai arrêté le lycée en mars",
                "Je conduis. Je vous rappelle plus tard. (Réponse automatique)",
                "non merci",
                "oui",
                "😡"
            })
    void whatIsNotClearBooksNothingAndNothingRingsBeforeAPersonHasReadIt(String words) {
        long text = receive(words);

        assertThat(promises()).isZero();
        assertThat(objections()).isZero();
        assertThat(refusals()).contains(Rule.REPLY_TO_READ);
        decide(text, "READ");
        assertThat(refusals()).doesNotContain(Rule.REPLY_TO_READ);
    }

    @Test
    void aTextUnderASharedNumberHoldsEverybodyWhoIsListedUnderIt() {
        long brother = youth;
        youth = campaign.youth("TO_CALL");
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", youth, "e164", number));

        receive("C'est pour qui ?");

        assertThat(refusals()).contains(Rule.REPLY_TO_READ);
        youth = brother;
        assertThat(refusals()).contains(Rule.REPLY_TO_READ);
    }

    @Test
    void aNamedHourHoldsAfterReadingUntilSomebodyDecides() {
        long text = receive("pas avant 17h svp");
        Instant now = clock.instant();
        var five = now.atZone(PARIS).withHour(17).withMinute(0).withSecond(0).withNano(0);
        Instant named = (five.toInstant().isAfter(now) ? five : five.plusDays(1)).toInstant();

        assertThat(promises()).isZero();
        decide(text, "READ");
        assertThat(refusals(named.minusSeconds(1))).contains(Rule.NAMED_TIME);
        assertThat(refusals(named)).doesNotContain(Rule.NAMED_TIME);
        decide(text, "CALL");
        assertThat(refusals()).doesNotContain(Rule.NAMED_TIME);
    }

    @Test
    void aClearRequestIsOneCallAndNotBeforeTheHourThatItNames() {
        receive("rappelez-moi demain à 14h svp");

        Instant due = campaign.ask(
                "select due_at from callback where youth_id = :youth",
                Map.of("youth", youth),
                row -> row.instant("due_at"));
        assertThat(due.atZone(PARIS).getHour()).isEqualTo(14);
        assertThat(due).isAfter(clock.instant());
        assertThat(refusals()).contains(Rule.NAMED_TIME).doesNotContain(Rule.REPLY_TO_READ);
    }

    @Test
    void aRequestUnderASharedNumberIsOneCall() {
        long sister = campaign.youth("TO_CALL");
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", sister, "e164", number));

        receive("rappelez-moi");

        assertThat(campaign.count(
                        "select count(*) as n from callback where youth_id in (:one, :other)",
                        Map.of("one", youth, "other", sister)))
                .isEqualTo(1);
    }

    @Test
    void theNumberOfSomebodyElseRestsUntilSomebodyDecides() {
        long text = receive("Vous vous trompez de numéro, ce n'est pas Lina");

        assertThat(promises()).isZero();
        assertThat(objections()).isZero();
        assertThat(telephone()).isEqualTo("WRONG");
        decide(text, "READ");
        assertThat(refusals()).contains(Rule.NUMBER_RESTS);
    }

    @ParameterizedTest
    @CsvSource({"Arrêter les SMS, STOP, 1", "NO, STOP, 1", "rappelez-moi, HELP, 0", "rappelez-moi, START, 0"})
    void whatTheNetworkMadeOfItDecidesBeforeTheWords(String body, String optOut, long objections) {
        receive(body, Map.of("OptOutType", optOut));

        assertThat(objections()).isEqualTo(objections);
        assertThat(promises()).isZero();
    }

    @Test
    void aPictureIsShownAsOne() {
        long text = receive("", Map.of("NumMedia", "1"));

        assertThat(promises()).isZero();
        assertThat(given().baseUri(TestingNode.PRODUCT)
                        .cookie(
                                TestingAccounts.COOKIE,
                                accounts.signedIn(Role.SUPERVISOR).session())
                        .get("/messages")
                        .asString())
                .contains("/messages/texts/" + text + "/handled")
                .contains("[image reçue]");
    }

    @ParameterizedTest
    @CsvSource({"OBJECTION, 1, OBJECTED", "WRONG_PERSON, 0, WRONG"})
    void whoeverReadsItDecidesWhatItWas(String decision, long objections, String telephone) {
        long text = receive("non mais ça va pas");

        decide(text, decision);

        assertThat(objections()).isEqualTo(objections);
        assertThat(telephone()).isEqualTo(telephone);
    }
}
