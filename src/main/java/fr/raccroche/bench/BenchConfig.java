package fr.raccroche.bench;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of a node that is started to measure, on data of its own. */
@ConfigMapping(prefix = "raccroche.bench")
interface BenchConfig {

    Part part();

    /** @return youths of the large campaign */
    @WithDefault("1000000")
    int due();

    /** @return claims of one round */
    @WithDefault("5000")
    int claims();

    /** @return calls that are reported on, four times each */
    @WithDefault("5000")
    int calls();

    /** @return how long a report stays open while claims go on */
    @WithDefault("130s")
    Duration snapshot();

    /** What is measured. */
    enum Part {
        CLAIMS,
        EVENTS
    }
}
