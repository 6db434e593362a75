package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at the worst moments of a campaign, then at any, and again: nothing that was acknowledged is lost, no phone rings once too often. */
class KillIT {

    private static final int YOUTHS = 40;
    /** So that a call lasts long enough to die in. */
    private static final int SLOW = 60;

    private static final int FAST = 300;
    private static final Duration NOTICED = Duration.ofSeconds(60);
    private static final int KILLS = 6;
    private static final int RINGS_BETWEEN = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void aCampaignComesToItsEndWhateverMomentTheApplicationIsKilledAt() throws Exception {
        long seed = Long.getLong("raccroche.test.seed", System.nanoTime());
        System.out.println("KillIT: -Draccroche.test.seed=" + seed);
        var random = new Random(seed);
        try (var installation = new TestingInstallation(data, SLOW);
                var campaign = new TestingCampaign(installation, YOUTHS, 1)) {
            installation.start();
            installation.awaitReady();
            campaign.begin();
            campaign.awaitRings(2);
            killBeforeTheSidIsStored(installation, campaign);
            killBeforeTheRequest(installation, campaign);
            installation.clock().start(installation.clock().instant(), FAST);
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

    /** F2: a call under way when the node dies is neither lost nor placed again. */
    private static void killBeforeTheSidIsStored(TestingInstallation installation, TestingCampaign campaign)
            throws Exception {
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
        awaitEndOf(installation, ringing);
        assertThat(campaign.ledger().rings().stream()
                        .filter(ring -> ring.number().equals(ringing.number())))
                .as("rings of the number that rang when the node died")
                .hasSize(ringing.ringsBefore() + 1);
    }

    /** F1: what was intended when the node dies is asked for once. */
    private static void killBeforeTheRequest(TestingInstallation installation, TestingCampaign campaign)
            throws Exception {
        holdIntents(installation, true);
        Doubt intended = await().atMost(NOTICED).until(() -> intended(installation, campaign), Doubt::exists);
        installation.kill();
        holdIntents(installation, false);
        assertThat(texts(installation, "select state from call_attempt where id = " + intended.attempt()))
                .containsExactly("INTENT");
        assertThat(campaign.ledger().requestsFor(intended.number())).isEqualTo(intended.ringsBefore());
        installation.start();
        installation.awaitReady();
        awaitEndOf(installation, intended);
        assertThat(campaign.ledger().requestsFor(intended.number())).isEqualTo(intended.ringsBefore() + 1);
    }

    private static void awaitEndOf(TestingInstallation installation, Doubt doubt) {
        await().atMost(NOTICED)
                .until(() -> texts(installation, """
                        select 1 from call_attempt where call_sid is not null and ended_at is not null and id =
                        """ + doubt.attempt()).size() == 1);
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
