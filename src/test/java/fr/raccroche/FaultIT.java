package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.simulator.BadLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The worst of moments, each hit on purpose: F13 and F17 of the table above the tests of {@code dialing}. */
class FaultIT {

    private static final int LOST_COMMITS = 25;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

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
                    .expecting("SqlClientConnection")
                    .expecting("StatusEmitterInvoker")
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
