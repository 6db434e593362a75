package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each text brings a link of its own; an earlier one stays good until its own date. */
@ApplicationTest
class PersonalLinksTest {

    private static final Instant NOW = TestingNode.OPENING;

    @Inject
    Database database;

    @Inject
    PersonalLinks links;

    private <T extends @Nullable Object> T in(Function<Sql, Uni<T>> work) {
        return database.inTransaction(work).await().atMost(Duration.ofSeconds(20));
    }

    private boolean opens(String address, Instant at) {
        String token = address.replaceFirst(".*/r/", "");
        return this.<PersonalLinks.@Nullable Owner>in(sql -> links.owner(sql, token, at)) != null;
    }

    @Test
    void anEarlierLinkStaysGoodUntilItsOwnDate() {
        var campaign = new TestingQueue(database, NOW);
        long youth = campaign.youth("TO_CALL");
        String first = in(sql -> links.add(sql, campaign.id(), youth, Duration.ofDays(30), NOW));
        Instant later = NOW.plus(Duration.ofDays(20));
        String second = in(sql -> links.add(sql, campaign.id(), youth, Duration.ofDays(30), later));

        assertThat(opens(first, later)).isTrue();
        assertThat(opens(second, later)).isTrue();
        assertThat(opens(first, NOW.plus(Duration.ofDays(31)))).isFalse();
        assertThat(opens(second, NOW.plus(Duration.ofDays(31)))).isTrue();

        in(sql -> links.revoke(sql, youth, later));
        assertThat(opens(first, later)).isFalse();
        assertThat(opens(second, later)).isFalse();
    }
}
