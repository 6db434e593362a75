package fr.raccroche.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of one node that no other package owns. */
@ConfigMapping(prefix = "raccroche")
public interface PlatformConfig {

    /** @return address under which browsers and Twilio reach this node; signatures are checked against it, never against request headers */
    URI publicUrl();

    /** @return the address under which browsers and Twilio reach {@code path}, which begins with a slash */
    default String at(String path) {
        return publicUrl().toString().replaceAll("/+$", "") + path;
    }

    /** @return true in the demo, which runs on embedded data with fictional people and says so on every page */
    @WithDefault("false")
    boolean demo();

    /** @return file of a {@link BusinessClock}; absent in production, where business time is real time */
    Optional<Path> clockFile();

    /** @return page of a softphone that stands in for the agent's headset, shown in a frame; absent with real telephony */
    Optional<URI> softphoneUrl();

    DatabaseLocation database();

    Delivery outbox();

    /** Where the data are. */
    interface DatabaseLocation {
        /** @return {@code host:port/database} of the PostgreSQL that both pools use */
        String address();
    }

    /** How events leave. */
    interface Delivery {
        /** @return longest wait before new events are noticed without a nudge; shorter costs idle queries */
        @WithDefault("1s")
        Duration poll();

        /** @return events under way at once; more is faster until the database is the limit */
        @WithDefault("64")
        int batch();

        /** @return how long a taken event stays with its node before another may take it; shorter repairs sooner after a crash, too short delivers twice */
        @WithDefault("30s")
        Duration lease();

        /** @return false in a node that leaves the delivery of events to others */
        @WithDefault("true")
        boolean relay();
    }
}
