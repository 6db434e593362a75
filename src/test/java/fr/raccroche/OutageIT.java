package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the application stands on goes away and comes back. */
class OutageIT {

    private static final int YOUTHS = 20;
    private static final int SPEED = 300;
    private static final int ATTEMPTS = 4;
    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final Duration NOTICED = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    /** One campaign, to which all of this happens in turn. */
    @Test
    void aNodeOutlastsTwilioRefusesASecondOneAndEndsAtASignalWithItsDatabase() throws Exception {
        try (var installation = new TestingInstallation(data, SPEED);
                var campaign = new TestingCampaign(installation, YOUTHS, 2, ATTEMPTS)) {
            installation.start();
            installation.awaitReady();
            installation.signIn();
            campaign.begin();
            campaign.awaitRings(10);
            String last = whileTwilioIsAwayNobodyIsCalled(installation, campaign);
            aDirectoryHasOneNode(installation);
            aSignalEndsTheNodeWithItsDatabase(installation);

            installation.start();
            installation.awaitReady();
            campaign.check(campaign.awaitEnd(), installation.jdbc());
            assertThat(count(installation, """
                            select count(*) from call_attempt where n is not null and call_sid is null and result <> 'LOST'"""))
                    .as("counted although Twilio never had them")
                    .isEqualTo("0");
            assertThat(Integer.parseInt(count(
                            installation, "select count(*) from call_attempt where result = 'LOST' and id <= " + last)))
                    .as("only what was under way when the line broke may count without having rung")
                    .isLessThanOrEqualTo(installation.agents().size());
            campaign.checkSilenceOf(installation.log());
        }
    }

    /** Answers the last attempt that there was when the line broke. */
    private static String whileTwilioIsAwayNobodyIsCalled(TestingInstallation installation, TestingCampaign campaign)
            throws Exception {
        campaign.line().cut();
        await().atMost(NOTICED).until(() -> state(installation).contains("\"telephony\":\"DOWN\""));
        String attempts = count(installation, "select count(*) from call_attempt");
        String last = count(installation, "select max(id) from call_attempt");
        int rings = campaign.ledger().ringCount();
        await("as long as Twilio is away")
                .during(AWAY)
                .atMost(NOTICED)
                .until(() ->
                        count(installation, "select count(*) from call_attempt").equals(attempts)
                                && campaign.ledger().ringCount() == rings);
        campaign.line().restore();
        await().atMost(NOTICED).until(() -> state(installation).contains("\"telephony\":\"UP\""));
        campaign.awaitRings(1);
        assertThat(campaign.ledger().ringCount()).isGreaterThan(rings);
        return last;
    }

    private void aDirectoryHasOneNode(TestingInstallation installation) throws Exception {
        Path output = data.resolve("second.log");
        Process second = installation.startAgain(output);
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        assertThat(Files.readString(output)).contains("in use");
    }

    private void aSignalEndsTheNodeWithItsDatabase(TestingInstallation installation) throws Exception {
        ProcessHandle postgres = installation.postgres().orElseThrow();
        assertThat(postgres).matches(ProcessHandle::isAlive);
        // 143 is what the system reports for a process that SIGTERM ended
        assertThat(installation.terminate(Duration.ofSeconds(20))).isIn(0, 143);
        installation.awaitEndOf(postgres);
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(Files.readAllLines(installation.log()))
                .filteredOn(line -> line.contains("ERROR") && !line.contains("[Error Occurred After Shutdown]"))
                .isEmpty();
    }

    private static String state(TestingInstallation installation) throws IOException {
        return installation.json("/supervision/state?campaign=1");
    }

    private static String count(TestingInstallation installation, String query) throws IOException, SQLException {
        try (var database = DriverManager.getConnection(installation.jdbc())) {
            return TestingCampaign.texts(database, query).getFirst();
        }
    }

    @Test
    void whileTheDatabaseIsAwayEverythingAnswers503AndGoesOnByItself() throws Exception {
        var server = new TestingServer(data.resolve("server"));
        server.start();
        try (var installation = new TestingInstallation(data, SPEED);
                var campaign = new TestingCampaign(installation, YOUTHS, 3, ATTEMPTS)) {
            installation
                    .with("RACCROCHE_DATABASE_URL", server.url())
                    .expecting("SqlClientConnection")
                    .expecting("StatusEmitterInvoker")
                    .expecting("LoadWorker")
                    .expecting("Result is already complete")
                    .start();
            installation.awaitReady();
            installation.signIn();
            campaign.begin();
            campaign.awaitRings(10);
            server.kill();
            await().atMost(NOTICED).until(() -> installation.readiness() == 503);
            for (String page : List.of("/supervision/state?campaign=1", "/lists.json", "/supervision")) {
                assertThat(installation.page(page)).as(page).isEqualTo(503);
            }
            await().atMost(TestingServer.RECOVERY.multipliedBy(2))
                    .ignoreExceptions()
                    .until(() -> {
                        server.start();
                        return true;
                    });
            await().atMost(NOTICED).until(() -> installation.readiness() == 200);
            await().atMost(NOTICED).until(() -> installation.page("/supervision/state?campaign=1") == 200);
            var result = campaign.awaitEnd();
            campaign.check(result, server.jdbc());
            campaign.checkSilenceOf(installation.log());
        } finally {
            server.kill();
        }
    }
}
