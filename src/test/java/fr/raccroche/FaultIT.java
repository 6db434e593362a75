package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.simulator.BadLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The worst of moments, each hit on purpose: F1, F2, F13 and F17 of the table in {@code dialing/FaultsTest}. */
class FaultIT {

    private static final Duration NOTICED = Duration.ofSeconds(60);
    private static final int LOST_COMMITS = 25;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    /** F2 and F1: between Twilio's yes and our note of it, and between our intent and the request. */
    @Test
    void aCallUnderWayWhenTheNodeDiesIsNeitherLostNorPlacedAgain() throws Exception {
        try (var installation = new TestingInstallation(data, 60);
                var campaign = new TestingCampaign(installation, 12, 5)) {
            installation.start();
            installation.awaitReady();
            campaign.begin();
            campaign.awaitRings(2);

            campaign.knobs().dropCallbacks(100);
            campaign.knobs().delayAnswers(Duration.ofSeconds(20));
            campaign.awaitRings(1);
            Doubt ringing = await().atMost(NOTICED).until(() -> unknownToUs(installation, campaign), Doubt::rings);
            installation.kill();
            assertThat(texts(installation, "select state from call_attempt where id = " + ringing.attempt()))
                    .containsExactly("DIALING");
            campaign.knobs().delayAnswers(Duration.ZERO);
            campaign.knobs().dropCallbacks(0);
            installation.start();
            installation.awaitReady();
            await().atMost(NOTICED)
                    .until(() -> texts(installation, """
                            select 1 from call_attempt where call_sid is not null and ended_at is not null and id =
                            """ + ringing.attempt()).size() == 1);
            assertThat(campaign.ledger().rings().stream()
                            .filter(ring -> ring.number().equals(ringing.number())))
                    .as("rings of the number that rang when the node died")
                    .hasSize(ringing.ringsBefore() + 1);

            holdIntents(installation, true);
            Doubt intended = await().atMost(NOTICED).until(() -> intended(installation, campaign), Doubt::exists);
            installation.kill();
            holdIntents(installation, false);
            assertThat(texts(installation, "select state from call_attempt where id = " + intended.attempt()))
                    .containsExactly("INTENT");
            assertThat(campaign.ledger().requestsFor(intended.number())).isEqualTo(intended.ringsBefore());
            installation.start();
            installation.awaitReady();
            await().atMost(NOTICED)
                    .until(() -> texts(installation, """
                            select 1 from call_attempt where call_sid is not null and ended_at is not null and id =
                            """ + intended.attempt()).size() == 1);
            assertThat(campaign.ledger().requestsFor(intended.number())).isEqualTo(intended.ringsBefore() + 1);

            campaign.check(campaign.awaitEnd(), installation.jdbc());
            campaign.checkSilenceOf(installation.log());
        }
    }

    /** An attempt of which the node does not know what Twilio knows; how often its number was rung or asked for. */
    private record Doubt(long attempt, String number, int ringsBefore, boolean rings) {

        static final Doubt NONE = new Doubt(-1, "", 0, false);

        boolean exists() {
            return attempt >= 0;
        }
    }

    private static Doubt unknownToUs(TestingInstallation installation, TestingCampaign campaign) throws Exception {
        for (String row : texts(installation, """
                select id || ' ' || e164 from call_attempt where state = 'DIALING' and call_sid is null order by id""")) {
            String number = row.split(" ")[1];
            var rings = campaign.ledger().rings().stream()
                    .filter(ring -> ring.number().equals(number))
                    .toList();
            if (!rings.isEmpty() && rings.getLast().end().isEmpty()) {
                return new Doubt(Long.parseLong(row.split(" ")[0]), number, rings.size() - 1, true);
            }
        }
        return Doubt.NONE;
    }

    private static Doubt intended(TestingInstallation installation, TestingCampaign campaign) throws Exception {
        for (String row :
                texts(installation, "select id || ' ' || e164 from call_attempt where state = 'INTENT' order by id")) {
            String number = row.split(" ")[1];
            return new Doubt(
                    Long.parseLong(row.split(" ")[0]), number, campaign.ledger().requestsFor(number), false);
        }
        return Doubt.NONE;
    }

    /** Makes the step from INTENT to DIALING last long enough to die in. */
    private static void holdIntents(TestingInstallation installation, boolean hold) throws Exception {
        try (Connection database = DriverManager.getConnection(installation.jdbc());
                var statement = database.createStatement()) {
            if (hold) {
                var created = statement.execute("""
                        create function hold() returns trigger language plpgsql as
                        $$ begin perform pg_sleep(3); return new; end $$""");
                created |= statement.execute("""
                        create trigger hold before update on call_attempt for each row
                        when (old.state = 'INTENT' and new.state = 'DIALING') execute function hold()""");
                assertThat(created).isFalse();
            } else {
                assertThat(statement.execute("drop function hold cascade")).isFalse();
            }
        }
    }

    private static List<String> texts(TestingInstallation installation, String query) throws Exception {
        try (Connection database = DriverManager.getConnection(installation.jdbc())) {
            return TestingCampaign.texts(database, query);
        }
    }

    /** F13: what was committed is done, although whoever did it heard of a failure and tried again. */
    @Test
    void aCommitWhoseAnswerIsLostIsDoneOnce() throws Exception {
        long seed = Long.getLong("raccroche.test.seed", System.nanoTime());
        System.out.println("FaultIT: -Draccroche.test.seed=" + seed);
        var random = new Random(seed);
        var server = new TestingServer(data.resolve("server"));
        server.start();
        try (var installation = new TestingInstallation(data, 300);
                var line = new TestingLine(server.port(), Duration.ZERO);
                var campaign = new TestingCampaign(installation, 30, 6)) {
            installation
                    .with("RACCROCHE_DATABASE_URL", TestingServer.url(line.port()))
                    .start();
            installation.awaitReady();
            campaign.begin();
            campaign.awaitRings(5);
            while (!campaign.isOver() && line.repliesCut() < LOST_COMMITS) {
                line.cutNextReplyTo("COMMIT");
                Thread.sleep(50 + random.nextInt(400));
            }
            int cut = line.repliesCut();
            var result = campaign.awaitEnd();
            System.out.println("FaultIT: " + cut + " lost commits, " + result.json());
            assertThat(cut).isGreaterThanOrEqualTo(LOST_COMMITS / 2);
            campaign.check(result, server.jdbc());
            campaign.checkSilenceOf(installation.log());
        } finally {
            server.kill();
        }
    }

    /** F17, with callbacks and requests that fail; one of the nodes dies on the way. */
    @Test
    void twoNodesShareACampaignOnABadLine() throws Exception {
        var server = new TestingServer(data.resolve("server"));
        server.start();
        Path second = Files.createDirectories(data.resolve("second"));
        try (var installation = new TestingInstallation(data, 300);
                var campaign = new TestingCampaign(installation, 60, 7)) {
            installation.with("RACCROCHE_DATABASE_URL", server.url()).start();
            installation.awaitReady();
            try (var other = installation.another(second);
                    var line = campaign.lineOf(other)) {
                other.start();
                other.awaitReady();
                campaign.knobs().badLine(new BadLine(5, 5, 5, 5, 5));
                campaign.begin();
                campaign.awaitRings(60);
                assertThat(campaign.line().callsAskedFor()).isPositive();
                while (!campaign.isOver() && line.callsAskedFor() == 0) {
                    Thread.sleep(50);
                }
                assertThat(line.callsAskedFor()).as("placed by the second node").isPositive();
                other.kill();
                campaign.awaitRings(30);
                other.start();
                var result = campaign.awaitEnd();
                System.out.println("FaultIT: two nodes, " + result.json());
                assertThat(campaign.forgeriesBelieved()).isZero();
                assertThat(campaign.knobs().injected())
                        .containsKeys(
                                "dropped_callbacks",
                                "duplicated_callbacks",
                                "overtaken_callbacks",
                                "forged_callbacks",
                                "failed_requests");
                campaign.check(result, server.jdbc());
                campaign.checkSilenceOf(installation.log());
                campaign.checkSilenceOf(other.log());
            }
        } finally {
            server.kill();
        }
    }
}
