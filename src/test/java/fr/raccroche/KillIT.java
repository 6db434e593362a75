package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment of a campaign, and again: nothing that was acknowledged is lost, no phone rings once too often. */
class KillIT {

    private static final int YOUTHS = 40;
    private static final int SPEED = 300;
    private static final int KILLS = 6;
    private static final int RINGS_BETWEEN = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void aCampaignComesToItsEndWhateverMomentTheApplicationIsKilledAt() throws Exception {
        long seed = Long.getLong("raccroche.test.seed", System.nanoTime());
        System.out.println("KillIT: -Draccroche.test.seed=" + seed);
        var random = new Random(seed);
        try (var installation = new TestingInstallation(data, SPEED);
                var campaign = new TestingCampaign(installation, YOUTHS, 1)) {
            installation.start();
            installation.awaitReady();
            campaign.begin();
            int kills = 0;
            while (kills < KILLS) {
                campaign.awaitRings(1 + random.nextInt(RINGS_BETWEEN));
                Thread.sleep(random.nextInt(100));
                if (campaign.isOver()) {
                    break;
                }
                killAndStart(installation, random, kills % 3 == 1);
                kills++;
            }
            var result = campaign.awaitEnd();
            System.out.println("KillIT: " + kills + " kills, " + result.json());
            campaign.check(result, installation.jdbc());
            campaign.checkSilenceOf(installation.log());
            assertThat(kills).isGreaterThanOrEqualTo(KILLS / 2);
        }
    }

    /** The database of a killed node stays behind; the next start ends it and goes on with its data. */
    private static void killAndStart(TestingInstallation installation, Random random, boolean whileStarting)
            throws Exception {
        installation.kill();
        ProcessHandle orphan = installation.postgres().orElseThrow();
        assertThat(orphan).matches(ProcessHandle::isAlive, "outlives the kill");
        if (whileStarting) {
            installation.start();
            Thread.sleep(200 + random.nextInt(4000));
            installation.kill();
        }
        installation.start();
        installation.awaitReady();
        installation.awaitEndOf(orphan);
        assertThat(installation.postgres().orElseThrow()).isNotEqualTo(orphan);
    }
}
