package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.directory.StructureKind.MISSION_LOCALE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.queue.EndList;
import fr.raccroche.queue.Ends;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.Role;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a campaign, for whatever happened in it. */
@ApplicationTest
class ClosingTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    private static final List<String> STATES = List.of(
            "TO_CALL",
            "TO_CALL",
            "TO_CALL",
            "CALLBACK",
            "UNREACHABLE",
            "WRONG_NUMBER",
            "FOREIGN_NUMBER",
            "IN_SOLUTION",
            "REFUSED",
            "UNDER_16",
            "OBJECTED",
            "WITHDRAWN");

    private static final List<String> RESULTS = List.of(
            "NO_ANSWER",
            "NO_ANSWER",
            "VOICEMAIL",
            "BUSY",
            "LOST",
            "ABANDONED",
            "INTERRUPTED",
            "THIRD_PARTY",
            "CALLBACK",
            "WRONG_NUMBER");

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    UnreachableLists unreachable;

    @Inject
    UnreachableYouths youths;

    @Inject
    Clock clock;

    private Instant now;
    private TestingQueue campaign;
    private long missionLocale;
    private String commune;
    private Person supervisor;

    @BeforeEach
    void campaign() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        missionLocale = campaign.structure(MISSION_LOCALE);
        commune = campaign.commune(missionLocale);
        supervisor = accounts.signedIn(Role.SUPERVISOR);
    }

    /** What one youth's history says, beside the state. */
    private record Life(long youth, boolean reached, boolean promised) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappenedEachYouthHasOneEndAndWhoNeedsSomebodyIsOnExactlyOneList(long seed) {
        var random = new Random(seed);
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            lives.add(live(random));
        }
        Map<YouthState, Long> said = answer(database.inTransaction(sql -> Ends.count(sql, campaign.id(), now)))
                .youths();

        close();

        assertThat(states()).as("closing does what was said, and only that").isEqualTo(said);
        Map<String, List<EndList>> lists = lists();
        for (Life life : lives) {
            YouthState end = YouthState.valueOf(campaign.place(life.youth()));
            boolean objected = campaign.count(
                            "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                            Map.of("youth", life.youth()))
                    > 0;
            assertThat(end.isFinal()).isTrue();
            assertThat(lists.getOrDefault(ine(life.youth()), List.of()))
                    .as("%s", end)
                    .isEqualTo(end.list() == null || objected ? List.of() : List.of(end.list()));
            if (life.reached() || life.promised()) {
                assertThat(passedOn(life.youth()))
                        .as("%s was reached, %s", life, end)
                        .isFalse();
            }
        }
    }

    private Life live(Random random) {
        String state = STATES.get(random.nextInt(STATES.size()));
        long youth = campaign.youth(state, random.nextInt(4) == 0 ? null : commune);
        boolean open = List.of("TO_CALL", "CALLBACK", "UNREACHABLE", "WRONG_NUMBER", "FOREIGN_NUMBER")
                .contains(state);
        boolean reached = false;
        int calls = random.nextInt(4);
        for (int n = 1; n <= calls; n++) {
            String result = RESULTS.get(random.nextInt(RESULTS.size()));
            long attempt = campaign.attempt(youth, n, now.minus(Duration.ofDays(10 - n)));
            campaign.run(
                    "update call_attempt set result = :result where id = :id", Map.of("result", result, "id", attempt));
            reached |= List.of("INTERRUPTED", "THIRD_PARTY", "CALLBACK").contains(result)
                    || (n == calls && result.equals("ABANDONED"));
        }
        campaign.run(
                "update campaign_youth set attempts = :calls where youth_id = :youth",
                Map.of("calls", calls, "youth", youth));
        boolean promised = open && random.nextInt(5) == 0;
        if (promised) {
            campaign.run("""
                    insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                    values (:campaign, :youth, :at, 'ASKED', :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", now));
        }
        switch (random.nextInt(8)) {
            case 0 -> campaign.objection(youth);
            case 1 ->
                campaign.run(
                        "update phone_number set e164 = '+3249900' || lpad(cast(id as text), 6, '0') where youth_id = :youth",
                        Map.of("youth", youth));
            case 2 ->
                campaign.run("update phone_number set state = 'WRONG' where youth_id = :youth", Map.of("youth", youth));
            case 3 ->
                campaign.run("update youth set birth_date = '2013-01-01' where id = :youth", Map.of("youth", youth));
            case 4 -> {
                campaign.run("""
                        insert into self_report (campaign_id, youth_id, kind, call_at, reported_at)
                        values (:campaign, :youth, 'CALL', :at, :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", now));
                reached |= open;
            }
            case 5 -> {
                campaign.run("""
                        insert into telephone (mark, e164, state, reason, since)
                        select decode(md5(p.e164), 'hex'), p.e164, 'OBJECTED', 'NO_ON_THE_PHONE', :at
                        from phone_number p where p.youth_id = :youth limit 1""", Map.of("youth", youth, "at", now));
                reached |= open && calls > 0;
            }
            default -> {
                // nothing else
            }
        }
        return new Life(youth, reached, promised);
    }

    private void close() {
        by(supervisor).post("/campaigns/" + campaign.id() + "/close").then().statusCode(303);
        answer(unreachable.on("{\"campaignId\": %d, \"at\": \"%s\"}".formatted(campaign.id(), now)));
    }

    private Map<YouthState, Long> states() {
        var states = new EnumMap<YouthState, Long>(YouthState.class);
        campaign.list(
                        "select state, count(*) as n from campaign_youth where campaign_id = :id group by state",
                        Map.of("id", campaign.id()),
                        row -> Map.entry(row.constant(YouthState.class, "state"), row.id("n")))
                .forEach(row -> states.put(row.getKey(), row.getValue()));
        return states;
    }

    private Map<String, List<EndList>> lists() {
        var lists = new HashMap<String, List<EndList>>();
        answer(database.inTransaction(sql -> youths.all(
                        sql, campaign.id(), now.atZone(ZoneOffset.UTC).toLocalDate())))
                .forEach(youth -> lists.computeIfAbsent(String.valueOf(youth.ine()), ine -> new ArrayList<>())
                        .add(EndList.UNREACHABLE));
        Arrays.stream(EndList.values())
                .filter(list -> !list.goesToStructures())
                .forEach(list -> answer(database.inTransaction(sql -> LeftYouths.on(sql, campaign.id(), list)))
                        .forEach(left -> lists.computeIfAbsent(String.valueOf(left.ine()), ine -> new ArrayList<>())
                                .add(list)));
        return lists;
    }

    private String ine(long youth) {
        return campaign.ask("select ine from youth where id = :id", Map.of("id", youth), row -> row.text("ine"));
    }

    private boolean passedOn(long youth) {
        return campaign.count("select count(*) as n from unreachable where youth_id = :youth", Map.of("youth", youth))
                > 0;
    }

    /** From an earlier version, or put there in the moment of the end. */
    @Test
    void whoWaitsInACampaignThatIsClosedAlreadyIsFoundAndGivenAnEnd() {
        long youth = campaign.youth("TO_CALL", commune);
        campaign.number(youth, "YOUTH");
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));

        assertThat(answer(database.inTransaction(Ends::unfinished))).contains(campaign.id());
        answer(database.inTransaction(sql -> Ends.settle(sql, campaign.id(), now)));

        assertThat(campaign.place(youth)).isEqualTo("NEVER_CALLED");
        assertThat(answer(database.inTransaction(Ends::unfinished))).doesNotContain(campaign.id());
    }

    @Test
    void theSupervisorSeesBeforeAndAfterWhoIsLeftAndTicksThemOff() {
        long promised = campaign.youth("CALLBACK", commune);
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                values (:campaign, :youth, :at, 'ASKED', :at)""", Map.of("campaign", campaign.id(), "youth", promised, "at", now));
        for (int i = 0; i < 4; i++) {
            campaign.number(campaign.youth("TO_CALL", commune), "YOUTH");
        }
        long silent = campaign.youth("TO_CALL", commune);
        campaign.attempt(silent, 1, now);
        campaign.run("update campaign_youth set attempts = 1 where youth_id = :youth", Map.of("youth", silent));
        var page = browser.page(supervisor);
        page.navigate("/campaigns/" + campaign.id() + "/closing");
        assertThat(page.locator("#left-PROMISED td").first().innerText()).isEqualTo("1");
        assertThat(page.locator("#left-NEVER_CALLED td").first().innerText()).isEqualTo("4");
        assertThat(page.locator("#left-UNREACHABLE td").first().innerText()).isEqualTo("1");
        TestingBrowser.look(page, "closing");

        page.getByText("Terminer la campagne", new Page.GetByTextOptions().setExact(true))
                .click();
        page.navigate("/unreachable?campaign=" + campaign.id());
        TestingBrowser.look(page, "left");

        by(supervisor)
                .get("/unreachable?campaign=" + campaign.id() + "&list=PROMISED")
                .then()
                .statusCode(200)
                .body(containsString("Rappel promis pour"), containsString("<strong>1 à traiter"));
        by(supervisor)
                .formParams(Map.of("list", "PROMISED", "note", "rappelée par nous"))
                .post("/unreachable/%d/%d/seen".formatted(campaign.id(), promised))
                .then()
                .statusCode(303);
        by(supervisor)
                .get("/unreachable?campaign=" + campaign.id() + "&list=PROMISED")
                .then()
                .body(containsString("rappelée par nous"), not(containsString("<strong>1 à traiter")));
        String csv = by(supervisor)
                .get("/unreachable/list.csv?list=NEVER_CALLED&campaign=" + campaign.id())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(5).allMatch(line -> line.startsWith("INE") || line.contains("situation"));
        assertThat(by(supervisor)
                        .get("/unreachable/list.xlsx?list=NEVER_CALLED&campaign=" + campaign.id())
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .startsWith('P', 'K');
    }

    private static RequestSpecification by(Person person) {
        return given().redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, person.session())
                .header("Origin", TestingNode.PRODUCT);
    }
}
